package dev.drover.importers.vsphere;

import com.vmware.vim25.DynamicProperty;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.MissingProperty;
import com.vmware.vim25.ObjectContent;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.RetrieveResult;
import com.vmware.vim25.SelectionSpec;
import com.vmware.vim25.TraversalSpec;
import java.rmi.RemoteException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads properties of all objects of a type, page by page, or of one object. */
final class Collector {
  private final Session session;

  Collector(Session session) {
    this.session = session;
  }

  /**
   * Every object of the type below the root, in the server's order. The caller closes the stream.
   *
   * @param type as the API spells it; objects of its subtypes belong to it
   */
  Stream<Props> stream(String type, List<String> paths) {
    Pages pages = new Pages(session, type, paths);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(pages::close);
  }

  /** The same as a list, for what is few. */
  List<Props> all(String type, List<String> paths) {
    try (Stream<Props> stream = stream(type, paths)) {
      return stream.toList();
    }
  }

  /**
   * One object.
   *
   * @param subject what a failure names
   */
  Props one(ManagedObjectReference ref, List<String> paths, String subject, String doing) {
    try {
      return read(ref, paths);
    } catch (RemoteException e) {
      throw session.failure(subject, doing, e);
    }
  }

  /**
   * The same, with the server's faults.
   *
   * @throws FaultAnswer {@code ManagedObjectNotFound} when it is gone
   */
  Props read(ManagedObjectReference ref, List<String> paths) throws RemoteException {
    return lenient(
        paths,
        current -> {
          ObjectSpec object = new ObjectSpec();
          object.obj = ref;
          // Inside the call, since a session that ended may show in the properties alone.
          return session.raw(
              (vim, content) -> {
                RetrieveResult result =
                    vim.retrievePropertiesEx(
                        content.propertyCollector,
                        new PropertyFilterSpec[] {filter(ref.type, current, object)},
                        new RetrieveOptions());
                if (result == null || result.objects == null || result.objects.length == 0) {
                  throw new FaultAnswer("ManagedObjectNotFound", "", null);
                }
                return props(result.objects[0]);
              });
        });
  }

  /** Something that a path unknown to an older server fails as a whole. */
  @FunctionalInterface
  interface Attempt<T> {
    T with(List<String> paths) throws RemoteException;
  }

  /** Leaves out paths that the server does not know. */
  static <T> T lenient(List<String> paths, Attempt<T> attempt) throws RemoteException {
    List<String> current = paths;
    while (true) {
      try {
        return attempt.with(current);
      } catch (FaultAnswer e) {
        List<String> fewer = without(current, e);
        if (fewer.size() == current.size()) {
          throw e;
        }
        current = fewer;
      }
    }
  }

  private static List<String> without(List<String> paths, FaultAnswer e) {
    if (e.fault() instanceof com.vmware.vim25.InvalidProperty invalid) {
      return paths.stream().filter(path -> !path.equals(invalid.name)).toList();
    }
    return paths;
  }

  static PropertyFilterSpec filter(String type, List<String> paths, ObjectSpec object) {
    PropertySpec properties = new PropertySpec();
    properties.type = type;
    properties.all = false;
    properties.pathSet = paths.toArray(String[]::new);
    PropertyFilterSpec filter = new PropertyFilterSpec();
    filter.propSet = new PropertySpec[] {properties};
    filter.objectSet = new ObjectSpec[] {object};
    return filter;
  }

  static ObjectSpec inView(ManagedObjectReference view) {
    TraversalSpec traversal = new TraversalSpec();
    traversal.name = "view";
    traversal.type = "ContainerView";
    traversal.path = "view";
    traversal.skip = false;
    ObjectSpec object = new ObjectSpec();
    object.obj = view;
    object.skip = true;
    object.selectSet = new SelectionSpec[] {traversal};
    return object;
  }

  /**
   * @throws FaultAnswer {@code NotAuthenticated} where the session ended while the server answered:
   *     it then gives the objects without their properties
   */
  static Props props(ObjectContent content) throws FaultAnswer {
    Map<String, Object> values = new HashMap<>();
    if (content.propSet != null) {
      for (DynamicProperty each : content.propSet) {
        if (each != null && each.name != null && each.val != null) {
          values.put(each.name, each.val);
        }
      }
    }
    Set<String> denied = new HashSet<>();
    if (content.missingSet != null) {
      for (MissingProperty each : content.missingSet) {
        String fault = SoapAnswers.typeOf(each.fault);
        if (fault.equals("NotAuthenticated")) {
          throw new FaultAnswer(fault, "the session ended", null);
        } else if (fault.equals("NoPermission")) {
          denied.add(String.valueOf(each.path));
        }
      }
    }
    return new Props(content.obj, values, denied);
  }
}
