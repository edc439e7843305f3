package dev.drover.mappings.inventory;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads an inventory file VM by VM, holding one of them in memory. Every mistake in the file is a
 * {@link UsageFailed} that names file, line and column. Not thread-safe.
 */
public final class InventoryReader implements AutoCloseable {
  private final Path file;
  private final JsonParser parser;
  private final InventoryErrors errors;
  private List<SourceSpec> sources = List.of();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private final List<EstatePart> estate = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private boolean taken;
  private boolean exhausted;

  private InventoryReader(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
    this.errors = new InventoryErrors(file, parser);
  }

  /**
   * Opens a file and reads its head.
   *
   * @throws UsageFailed naming file, line and column
   */
  public static InventoryReader open(Path file) {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new UsageFailed(
          file.toString(),
          Files.isDirectory(file) ? "this is a folder" : "there is no such file",
          InventoryFormat.AGAIN);
    }
    try {
      JsonParser parser =
          InventoryFormat.JSON.createParser(
              new BufferedInputStream(Files.newInputStream(file), 1 << 16));
      InventoryReader reader = new InventoryReader(file, parser);
      try {
        reader.errors.guard(reader::head);
      } catch (RuntimeException e) {
        parser.close();
        throw e;
      }
      return reader;
    } catch (IOException e) {
      throw new EnvironmentFailed(
          file.toString(), "the file cannot be read", "check its permissions", Retry.POINTLESS, e);
    }
  }

  /** Reads up to the first VM. */
  private boolean head() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw errors.here("this is no inventory: it does not begin with {", InventoryFormat.AGAIN);
    }
    String version = null;
    String kind = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "apiVersion" -> version = text(key);
        case "kind" -> kind = text(key);
        case "sources" -> sources = List.of(parser.readValueAs(SourceSpec[].class));
        case "vms" -> {
          check(version, kind);
          if (!parser.hasToken(JsonToken.START_ARRAY)) {
            throw errors.here("vms is no list", InventoryFormat.AGAIN);
          }
          return true;
        }
        default -> beside(key);
      }
    }
    check(version, kind);
    throw errors.here("the inventory has no vms", InventoryFormat.AGAIN);
  }

  /** What stands beside the VMs. */
  private void beside(String key) {
    switch (key) {
      case "unreadable" -> unreadable.addAll(List.of(parser.readValueAs(Unreadable[].class)));
      case "estate" -> estate.addAll(List.of(parser.readValueAs(EstatePart[].class)));
      case "notices" -> notices.addAll(List.of(parser.readValueAs(Notice[].class)));
      default -> parser.skipChildren();
    }
  }

  private String text(String key) {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw errors.here(key + " is no text", InventoryFormat.AGAIN);
    }
    return parser.getString();
  }

  private void check(@Nullable String version, @Nullable String kind) {
    if (version == null || kind == null) {
      throw errors.here(
          "apiVersion or kind is missing before vms, so this is no inventory",
          InventoryFormat.AGAIN);
    }
    if (!kind.equals(InventoryFormat.KIND)) {
      throw errors.here(
          "this is of the kind " + errors.shown(kind) + " and no inventory", InventoryFormat.AGAIN);
    }
    if (!version.equals(InventoryFormat.API_VERSION)) {
      throw errors.here(
          "this inventory is of version "
              + errors.shown(version)
              + "; this Drover reads "
              + InventoryFormat.API_VERSION,
          "use the Drover that wrote it, or " + InventoryFormat.AGAIN);
    }
  }

  /** Where the VMs came from. */
  public List<SourceSpec> sources() {
    return sources;
  }

  /**
   * The VMs, once, in the order of the file. The stream fails with {@link UsageFailed} where the
   * file does.
   *
   * @throws IllegalStateException when called again
   */
  public Stream<SourceVm> vms() {
    if (taken) {
      throw new IllegalStateException("the VMs of " + file + " are read once");
    }
    taken = true;
    return StreamSupport.stream(new Vms(), false);
  }

  /**
   * What could not be understood at the source.
   *
   * @throws IllegalStateException before the last VM was taken from {@link #vms()}: it stands
   *     behind them in the file
   */
  public List<Unreadable> unreadable() {
    return behind(unreadable);
  }

  /**
   * Hosts, clusters, datastores and networks.
   *
   * @throws IllegalStateException as for {@link #unreadable()}
   */
  public List<EstatePart> estate() {
    return behind(estate);
  }

  /**
   * What is to be known of the sources as a whole.
   *
   * @throws IllegalStateException as for {@link #unreadable()}
   */
  public List<Notice> notices() {
    return behind(notices);
  }

  private <T> List<T> behind(List<T> list) {
    if (!exhausted) {
      throw new IllegalStateException("read all VMs of " + file + " first");
    }
    return List.copyOf(list);
  }

  private @Nullable SourceVm next() {
    if (parser.nextToken() == JsonToken.END_ARRAY) {
      tail();
      exhausted = true;
      return null;
    }
    SourceVm vm = parser.readValueAs(SourceVm.class);
    if (vm == null) {
      throw errors.here("null stands here", "a VM belongs here; " + InventoryFormat.AGAIN);
    }
    if (sources.stream().noneMatch(s -> s.name().equals(vm.ref().source()))) {
      throw errors.here(
          "the VM "
              + errors.shown(vm.name())
              + " is of the source "
              + errors.shown(vm.ref().source())
              + ", which is not among sources ("
              + sources.stream().map(SourceSpec::name).collect(Collectors.joining(", "))
              + ")",
          "add the source, or remove the VM");
    }
    if (!ids.add(vm.ref().toString())) {
      throw errors.here(
          "the VM " + errors.shown(vm.ref().toString()) + " is there twice", "remove one of them");
    }
    return vm;
  }

  private void tail() {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      beside(key);
    }
    if (parser.nextToken() != null) {
      throw errors.here("something follows the inventory", "remove it");
    }
  }

  /** Closes the file. */
  @Override
  public void close() {
    parser.close();
  }

  /** One VM at each step. */
  private final class Vms extends Spliterators.AbstractSpliterator<SourceVm> {
    Vms() {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    }

    @Override
    public boolean tryAdvance(Consumer<? super SourceVm> action) {
      if (exhausted) {
        return false;
      }
      SourceVm vm = errors.guard(InventoryReader.this::next);
      if (vm == null) {
        return false;
      }
      action.accept(vm);
      return true;
    }
  }
}
