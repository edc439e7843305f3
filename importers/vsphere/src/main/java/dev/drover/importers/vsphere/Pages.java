package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectContent;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.RetrieveResult;
import java.rmi.RemoteException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of a type through one container view, a page at a time. A view and a token live as
 * long as their session, and a token can be used once: when any of them is lost, the reading begins
 * again and passes over what it gave before. Not thread-safe.
 */
final class Pages implements Iterator<Props>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
  private static final int MOST_BEGINNINGS = 4;

  private final Session session;
  private final String type;
  private final List<String> paths;
  private final Deque<Props> page = new ArrayDeque<>();
  private final Set<String> given = new HashSet<>();
  private @Nullable ManagedObjectReference view;
  private @Nullable String token;
  private int login;
  private int beginnings;
  private boolean ended;

  Pages(Session session, String type, List<String> paths) {
    this.session = session;
    this.type = type;
    this.paths = paths;
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && !ended) {
      fetch();
    }
    return !page.isEmpty();
  }

  @Override
  public Props next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }

  private void fetch() {
    try {
      RetrieveResult result = token == null ? begin() : more(token);
      take(result);
      token =
          result == null || result.token == null || result.token.isEmpty() ? null : result.token;
      ended = token == null;
      if (ended) {
        close();
      }
    } catch (RemoteException e) {
      if (++beginnings >= MOST_BEGINNINGS || !canBeginAgain(e)) {
        throw session.failure(session.address().subject(), "cannot list " + what(), e);
      }
      LOG.info("listing {} begins again: {}", what(), e.getMessage());
      view = null;
      token = null;
    }
  }

  private String what() {
    return type.equals("VirtualMachine") ? "VMs" : "objects of the type " + type;
  }

  private RetrieveResult begin() throws RemoteException {
    login = session.logins();
    ManagedObjectReference made =
        session.raw(
            (vim, content) ->
                vim.createContainerView(
                    content.viewManager, content.rootFolder, new String[] {type}, true));
    view = made;
    return Collector.lenient(
        paths,
        current ->
            session.raw(
                (vim, content) ->
                    vim.retrievePropertiesEx(
                        content.propertyCollector,
                        new PropertyFilterSpec[] {
                          Collector.filter(type, current, Collector.inView(made))
                        },
                        paged())));
  }

  private RetrieveOptions paged() {
    RetrieveOptions options = new RetrieveOptions();
    options.maxObjects = session.transport().limits().page();
    return options;
  }

  private RetrieveResult more(String from) throws RemoteException {
    return session.raw(
        (vim, content) -> vim.continueRetrievePropertiesEx(content.propertyCollector, from));
  }

  private void take(@Nullable RetrieveResult result) throws FaultAnswer {
    if (result == null || result.objects == null) {
      return;
    }
    for (ObjectContent each : result.objects) {
      if (each == null || each.obj == null || each.obj.val == null) {
        continue;
      }
      Props props;
      try {
        props = Collector.props(each);
      } catch (FaultAnswer e) {
        renew();
        throw e;
      }
      if (given.add(props.id())) {
        page.add(props);
      }
    }
  }

  private void renew() throws FaultAnswer {
    try {
      session.renew(login);
    } catch (FaultAnswer e) {
      throw e;
    } catch (RemoteException e) {
      LOG.debug("renewing the session: {}", e.getMessage());
    }
  }

  /**
   * Any loss within a listing: that of the session, and with it of all that it held; of an answer.
   */
  private boolean canBeginAgain(RemoteException e) {
    if (e instanceof FaultAnswer fault) {
      return session.logins() != login
          || token != null && fault.is("InvalidArgument", "InvalidProperty", "InvalidRequest")
          || view != null && fault.is("ManagedObjectNotFound", "NotAuthenticated");
    }
    return token != null && e instanceof CallFailed failed && failed.mayBeDone();
  }

  /** Ends what the server keeps for this listing; it ends by itself with the session. */
  @Override
  public void close() {
    ManagedObjectReference old = view;
    String open = token;
    view = null;
    token = null;
    ended = true;
    if (open != null) {
      session.quietly(
          "ending a listing",
          (vim, content) -> {
            vim.cancelRetrievePropertiesEx(content.propertyCollector, open);
            return open;
          });
    }
    if (old != null) {
      session.quietly(
          "ending a listing",
          (vim, content) -> {
            vim.destroyView(old);
            return old;
          });
    }
  }
}
