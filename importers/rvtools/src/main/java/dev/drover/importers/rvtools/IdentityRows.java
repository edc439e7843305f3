package dev.drover.importers.rvtools;

import dev.drover.mappings.model.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who one VM is. */
final class IdentityRows {
  private IdentityRows() {}

  static Identity read(RowView info, String name) {
    return new Identity(
        name,
        lower(info.text(Field.SMBIOS_UUID)),
        lower(info.text(Field.VM_UUID)),
        hardware(info.key(Field.HW_VERSION)),
        info.text(Field.FOLDER),
        info.text(Field.ANNOTATION),
        tags(info.text(Field.TAGS)),
        info.attributes(),
        info.answer(Field.TEMPLATE),
        info.answer(Field.PLACEHOLDER));
  }

  private static @Nullable String lower(@Nullable String uuid) {
    return uuid == null ? null : uuid.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String hardware(@Nullable String version) {
    return version != null && version.matches("[0-9]{1,2}") ? "vmx-" + version : version;
  }

  /** {@code Category:Name; Category:Name}, a form that merged exports and CMDBs have. */
  private static List<Identity.Tag> tags(@Nullable String text) {
    List<Identity.Tag> tags = new ArrayList<>();
    if (text != null) {
      for (String each : text.split("[;|,]")) {
        String tag = each.strip();
        int colon = tag.indexOf(':');
        if (colon > 0 && colon < tag.length() - 1) {
          tags.add(
              new Identity.Tag(tag.substring(0, colon).strip(), tag.substring(colon + 1).strip()));
        } else if (!tag.isEmpty()) {
          tags.add(new Identity.Tag(null, tag));
        }
      }
    }
    return tags;
  }
}
