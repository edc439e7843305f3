package dev.drover.mappings.yaml;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in a file.
 *
 * @param file as the user gave it
 * @param line from 1
 * @param column from 1
 * @param path where it is in the document: {@code waves[0].vms[2].settings.diskBus}
 * @param what one clause: {@code "virtoi" is no disk bus}
 * @param expected what belongs there: {@code one of: virtio, sata, scsi, usb}
 * @param suggestion the nearest right word, or null
 */
public record YamlProblem(
    String file,
    int line,
    int column,
    String path,
    String what,
    String expected,
    @Nullable String suggestion) {
  /** One line for people: {@code plan.yaml:12:9: waves[0].name: …}. */
  @Override
  public String toString() {
    return file
        + ":"
        + line
        + ":"
        + column
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + what
        + "; expected "
        + expected
        + (suggestion == null ? "" : "; did you mean \"" + suggestion + "\"?");
  }
}
