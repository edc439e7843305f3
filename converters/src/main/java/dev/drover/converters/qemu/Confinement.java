package dev.drover.converters.qemu;

import dev.drover.converters.image.ScratchFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What keeps qemu-img from doing harm should a hostile image pass the guard: it sees no file but
 * those of its job, no network, has no capabilities, and cannot grow past limits. Programs of
 * util-linux do it; what this machine does not allow is left out and told.
 */
final class Confinement {
  /** Room for QEMU's threads and caches; a 62 TiB qcow2 was converted with less than 1 GiB. */
  private static final long ADDRESS_SPACE = 8L << 30;

  private static final int OPEN_FILES = 64;

  /**
   * Builds a root in a tmpfs that only this mount namespace sees, with the system's programs and
   * the job's files at their own paths, and goes there. Read-only is best effort in a user
   * namespace, where locked mount flags may forbid it; the user's own permissions hold there.
   */
  private static final String JAIL =
      """
      set -e
      jail=$1; shift
      mount -t tmpfs -o mode=0755,size=4m drover "$jail"
      for dir in /usr /bin /sbin /lib /lib32 /lib64 /libx32 /nix /gnu; do
        if [ -L "$dir" ]; then ln -s "$(readlink "$dir")" "$jail$dir"
        elif [ -d "$dir" ]; then
          mkdir "$jail$dir"
          mount --rbind "$dir" "$jail$dir"
          mount -o remount,bind,ro "$jail$dir" 2>/dev/null || :
        fi
      done
      mkdir -p "$jail/etc" "$jail/dev"
      : > "$jail/dev/null"
      mount --bind /dev/null "$jail/dev/null" 2>/dev/null || rm "$jail/dev/null"
      [ ! -f /etc/ld.so.cache ] || cp /etc/ld.so.cache "$jail/etc/"
      while [ "$1" != -- ]; do
        path=${1#??:}
        mkdir -p "$jail${path%/*}"
        [ -e "$jail$path" ] || : > "$jail$path"
        mount --bind "$path" "$jail$path"
        case $1 in ro:*) mount -o remount,bind,ro "$jail$path" 2>/dev/null || : ;; esac
        shift
      done
      shift
      exec chroot "$jail" "$@"
      """;

  /** One thing that is kept from the program. */
  enum Layer {
    FILES("other files of this machine are not hidden from it"),
    NETWORK("it is not cut off from the network"),
    CAPABILITIES("its privileges are not dropped"),
    LIMITS("its memory and the size of what it writes are not limited"),
    GROUP("it does not die with Drover");

    private final String lack;

    Layer(String lack) {
      this.lack = lack;
    }
  }

  private final Path jails;
  private final Set<Layer> layers;
  private final List<String> namespaces;

  private Confinement(Path jails, Set<Layer> layers, List<String> namespaces) {
    this.jails = jails;
    this.layers = layers;
    this.namespaces = namespaces;
  }

  /** No protection at all. */
  static Confinement none(Path jails) {
    return new Confinement(jails, EnumSet.noneOf(Layer.class), List.of());
  }

  /** Some layers, for tests of each. */
  static Confinement only(Path jails, Layer... layers) {
    return new Confinement(jails, with(EnumSet.noneOf(Layer.class), layers), List.of());
  }

  /**
   * Tries what this machine allows, strongest first.
   *
   * @param jails a folder for mount points
   * @param program that must still start
   */
  static Confinement probe(Path jails, Path program) {
    Set<Layer> layers = EnumSet.noneOf(Layer.class);
    if (runs(List.of("setsid", "true"))) {
      layers.add(Layer.GROUP);
    }
    if (runs(with(drop(false), List.of("true")))) {
      layers.add(Layer.CAPABILITIES);
    }
    if (runs(List.of("prlimit", "--core=0", "true"))) {
      layers.add(Layer.LIMITS);
    }
    for (List<String> files : List.of(List.of("unshare", "-nm"), List.of("unshare", "-rnm"))) {
      Set<Layer> all = with(layers, Layer.NETWORK, Layer.FILES);
      Confinement strongest = new Confinement(jails, all, files);
      if (strongest.starts(program)) {
        return strongest;
      }
    }
    for (List<String> network : List.of(List.of("unshare", "-n"), List.of("unshare", "-rn"))) {
      Set<Layer> some = with(layers, Layer.NETWORK);
      Confinement weaker = new Confinement(jails, some, network);
      if (weaker.starts(program)) {
        return weaker;
      }
    }
    Confinement weakest = new Confinement(jails, layers, List.of());
    return weakest.starts(program) ? weakest : none(jails);
  }

  private static Set<Layer> with(Set<Layer> layers, Layer... more) {
    Set<Layer> all = EnumSet.noneOf(Layer.class);
    all.addAll(layers);
    all.addAll(List.of(more));
    return all;
  }

  private static List<String> with(List<String> prefix, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /**
   * Takes all capabilities away.
   *
   * @param keepOverride whether files of other users must stay readable, which root without that
   *     capability is denied
   */
  private static List<String> drop(boolean keepOverride) {
    return List.of(
        "setpriv",
        "--bounding-set=-all" + (keepOverride ? ",+dac_override" : ""),
        "--inh-caps=-all",
        "--no-new-privs",
        // Also when Drover itself is killed, with no chance to tidy up.
        "--pdeathsig=KILL");
  }

  private boolean starts(Path program) {
    try (Prepared trial = prepare(List.of(), List.of(), program, 1 << 20)) {
      return runs(with(trial.prefix(), List.of(program.toString(), "--version")));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean runs(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What is missing, for the user; empty where everything is in place. */
  List<String> missing() {
    return Arrays.stream(Layer.values())
        .filter(layer -> !layers.contains(layer))
        .map(layer -> layer.lack)
        .toList();
  }

  boolean has(Layer layer) {
    return layers.contains(layer);
  }

  /**
   * The words before a program's own.
   *
   * @param readable files that it reads, absolute
   * @param writable files that it writes; they exist
   * @param largest bytes of the largest file that it may write
   */
  Prepared prepare(List<Path> readable, List<Path> writable, Path program, long largest)
      throws IOException {
    List<String> words = new ArrayList<>();
    Path jail = null;
    if (layers.contains(Layer.GROUP)) {
      words.add("setsid");
    }
    words.addAll(namespaces);
    if (layers.contains(Layer.FILES)) {
      Files.createDirectories(jails);
      jail = Files.createTempDirectory(jails, ScratchFiles.prefix("jail")).toAbsolutePath();
      words.addAll(List.of("sh", "-c", JAIL, "drover-jail", jail.toString(), "ro:" + program));
      readable.stream().distinct().forEach(path -> words.add("ro:" + path));
      writable.forEach(path -> words.add("rw:" + path));
      words.add("--");
    }
    if (layers.contains(Layer.CAPABILITIES)) {
      words.addAll(drop(ForeignFiles.among(readable)));
    }
    if (layers.contains(Layer.LIMITS)) {
      int files = OPEN_FILES + 2 * readable.size();
      words.addAll(
          List.of(
              "prlimit",
              "--as=" + ADDRESS_SPACE,
              "--core=0",
              "--fsize=" + largest,
              "--nofile=" + files));
    }
    return new Prepared(List.copyOf(words), jail);
  }

  /**
   * A prefix, and the mount point that goes with it.
   *
   * @param jail or null; always an empty folder outside of the job's namespace
   */
  record Prepared(List<String> prefix, @Nullable Path jail) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (jail != null) {
        Files.deleteIfExists(jail);
      }
    }
  }
}
