package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Properties of one object at the source. What the server does not tell, or tells in another type
 * than asked for, is null.
 *
 * @param values by their paths
 * @param denied paths that the user may not read
 */
record Props(ManagedObjectReference ref, Map<String, Object> values, Set<String> denied) {

  /** {@code vm-42}. */
  String id() {
    return ref.val;
  }

  <T> @Nullable T get(String path, Class<T> type) {
    Object value = values.get(path);
    return type.isInstance(value) ? type.cast(value) : null;
  }

  @Nullable String text(String path) {
    String value = get(path, String.class);
    return value == null || value.isBlank() ? null : value;
  }

  @Nullable ManagedObjectReference ref(String path) {
    return get(path, ManagedObjectReference.class);
  }

  /** The members of an array that are of the type; empty where there is no array. */
  <T> List<T> all(String path, Class<T> type) {
    return list(values.get(path), type);
  }

  static <T> List<T> list(@Nullable Object array, Class<T> type) {
    List<T> all = new ArrayList<>();
    if (array != null && array.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(array); i++) {
        Object one = Array.get(array, i);
        if (type.isInstance(one)) {
          all.add(type.cast(one));
        }
      }
    }
    return all;
  }
}
