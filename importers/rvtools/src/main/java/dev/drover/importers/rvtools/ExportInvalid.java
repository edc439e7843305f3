package dev.drover.importers.rvtools;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import org.jspecify.annotations.Nullable;

/** A file that cannot be read as an export; the code is that of the finding it becomes. */
final class ExportInvalid extends SourceFailed {
  private static final long serialVersionUID = 1L;

  private final String code;

  ExportInvalid(String code, String file, String what, String remedy) {
    this(code, file, what, remedy, null);
  }

  ExportInvalid(String code, String file, String what, String remedy, @Nullable Throwable cause) {
    super(file, what, remedy, Retry.POINTLESS, cause);
    this.code = code;
  }

  String code() {
    return code;
  }
}
