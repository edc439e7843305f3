package dev.drover.mappings.profile;

import dev.drover.mappings.yaml.YamlDocument;
import java.nio.file.Path;

/** Reads a profile file, and finds all of its mistakes at once. */
public final class ProfileReader {
  private ProfileReader() {}

  /**
   * Reads a profile. What a storage class leaves out is answered by its driver, where the table of
   * drivers knows it.
   *
   * @throws dev.drover.mappings.yaml.YamlInvalid with every mistake (beyond a thousand, their
   *     number)
   * @throws dev.drover.mappings.failure.UsageFailed when the file cannot be read
   */
  public static TargetProfile read(Path file) {
    return ProfileBinder.profile(
        YamlDocument.read(file, ProfileSchema.dialect(), ProfileChecks::run).json());
  }

  /** The same for a text that is no file. */
  static TargetProfile read(String name, String text) {
    return ProfileBinder.profile(
        YamlDocument.of(name, text, ProfileSchema.dialect(), ProfileChecks::run).json());
  }
}
