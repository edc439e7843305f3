package dev.drover.mappings.profile;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.yaml.Dialect;
import java.util.List;
import java.util.Optional;

/** The table of drivers, from {@code provisioners.tsv}, whose head explains its columns. */
final class Provisioners {
  private static final String RESOURCE = "provisioners.tsv";
  private static final List<Driver> DRIVERS =
      Dialect.schema(Provisioners.class, RESOURCE)
          .lines()
          .filter(l -> !l.startsWith("#"))
          .map(Provisioners::driver)
          .toList();

  private Provisioners() {}

  /** What a driver can do. */
  record Driver(
      String name,
      Answer snapshot,
      Answer readWriteMany,
      Answer block,
      Answer expansion,
      Answer cloning) {

    private boolean is(String provisioner) {
      if (name.startsWith("*")) {
        return provisioner.endsWith(name.substring(1));
      } else if (name.endsWith("*")) {
        return provisioner.startsWith(name.substring(0, name.length() - 1));
      }
      return name.equals(provisioner);
    }
  }

  /** The driver of that name; empty where nobody knows it. */
  static Optional<Driver> find(String provisioner) {
    return DRIVERS.stream().filter(d -> d.is(provisioner)).findFirst();
  }

  /** All that are known. */
  static List<Driver> all() {
    return DRIVERS;
  }

  private static Driver driver(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != 6) {
      throw new IllegalStateException(RESOURCE + " has a line of " + cells.length + ": " + line);
    }
    return new Driver(
        cells[0],
        answer(cells[1]),
        answer(cells[2]),
        answer(cells[3]),
        answer(cells[4]),
        answer(cells[5]));
  }

  private static Answer answer(String cell) {
    return switch (cell) {
      case "yes", "block", "file", "either" -> Answer.YES;
      case "no" -> Answer.NO;
      case "-" -> Answer.UNKNOWN;
      default -> throw new IllegalStateException(RESOURCE + " has a cell: " + cell);
    };
  }
}
