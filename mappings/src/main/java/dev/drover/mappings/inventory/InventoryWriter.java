package dev.drover.mappings.inventory;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes an inventory file VM by VM; the file has its name only when it is whole. Holds one VM in
 * memory, and what is not a VM, which the file lists behind them. Not thread-safe.
 */
public final class InventoryWriter implements AutoCloseable {
  private static final Pattern PASSWORD = Pattern.compile("(?s).*://[^/?#]*@.*");

  private final Path file;
  private final OutputPlace place;
  private final OutputStream out;
  private final List<Unreadable> unreadable = new ArrayList<>();
  private final List<EstatePart> estate = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private boolean committed;
  private boolean closed;

  private InventoryWriter(Path file, OutputPlace place, OutputStream out) {
    this.file = file;
    this.place = place;
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  /**
   * Begins the file, under another name beside it; a device or a pipe is written into at once.
   *
   * @throws UsageFailed when a source's location holds a user or password
   * @throws EnvironmentFailed when nothing can be written there
   */
  public static InventoryWriter create(Path file, List<SourceSpec> sources) {
    for (SourceSpec source : sources) {
      if (PASSWORD.matcher(source.location()).matches()) {
        throw new UsageFailed(
            "source " + source.name(),
            "its address holds a user or a password, which no file of Drover's keeps",
            "leave them out of the address and name credentials");
      }
    }
    try {
      OutputPlace place = OutputPlace.of(file);
      InventoryWriter writer = new InventoryWriter(file, place, place.open());
      writer.head(sources);
      return writer;
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private void head(List<SourceSpec> sources) {
    write("{\n  \"apiVersion\": ", InventoryFormat.API_VERSION);
    write(",\n  \"kind\": ", InventoryFormat.KIND);
    write(",\n  \"sources\": ", sources);
    write(",\n  \"vms\": [", null);
  }

  /** Adds a VM. A second one of the same source and id is listed as unreadable. */
  public void vm(SourceVm vm) {
    if (!ids.add(vm.ref().toString())) {
      unreadable(
          vm.ref().toString(),
          Finding.blocker(
              "INV-001",
              "the source lists two VMs under one id, and only the first can be named",
              "give the second one an id of its own at the source"));
      return;
    }
    write(ids.size() == 1 ? "\n    " : ",\n    ", vm);
  }

  /** Adds something that should have been a VM. */
  public void unreadable(String place, Finding problem) {
    unreadable.add(new Unreadable(place, problem));
  }

  /** Adds a host, cluster, datastore or network. */
  public void around(EstatePart part) {
    estate.add(part);
  }

  /** Adds something about a source as a whole. */
  public void notice(String place, Finding finding) {
    notices.add(new Notice(place, finding));
  }

  /** The file is whole: it is on the disk when this returns. */
  public void commit() {
    write(ids.isEmpty() ? "]" : "\n  ]", null);
    list("unreadable", unreadable);
    list("estate", estate);
    list("notices", notices);
    write("\n}\n", null);
    try {
      out.close();
      place.commit();
      committed = true;
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private void list(String name, List<?> items) {
    write(",\n  \"" + name + "\": [", null);
    for (int i = 0; i < items.size(); i++) {
      write(i == 0 ? "\n    " : ",\n    ", items.get(i));
    }
    write(items.isEmpty() ? "]" : "\n  ]", null);
  }

  private void write(String before, @Nullable Object value) {
    try {
      out.write(before.getBytes(StandardCharsets.UTF_8));
      if (value != null) {
        out.write(InventoryFormat.JSON.writeValueAsBytes(value));
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static EnvironmentFailed failed(Path file, IOException cause) {
    return new EnvironmentFailed(
        file.toString(),
        "the inventory cannot be written",
        "choose a folder that exists, that you may write to and that has space",
        Retry.POINTLESS,
        cause);
  }

  /** Without a {@link #commit()} before, removes what was written. */
  @Override
  public void close() {
    if (committed || closed) {
      return;
    }
    closed = true;
    try (out) {
      place.discard();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }
}
