package dev.drover.batch.steps;

import dev.drover.mappings.failure.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What went wrong with a VM, for a place that has named the VM already. */
public final class Words {
  /** {@code web/disk1 (web.ova!disk1.vmdk)}: what it happened to, and its place. */
  private static final Pattern WITH_PLACE = Pattern.compile(".*\\((.+)\\)", Pattern.DOTALL);

  private Words() {}

  /** Subject and problem, neither said twice: {@code vmdisk1 (a.ova!x.vmdk): is not what …}. */
  public static String of(String vm, Failure failure) {
    String subject = failure.subject();
    String what = withoutPlace(subject, failure.what());
    if (subject.equals(vm) || subject.equals("VM " + vm)) {
      return what;
    }
    return withoutVm(vm, subject) + ": " + what;
  }

  /** The text without the VM's name before the name of its disk. */
  public static String withoutVm(String vm, String text) {
    return text.startsWith(vm + "/") ? text.substring(vm.length() + 1) : text;
  }

  private static String withoutPlace(String subject, String what) {
    if (what.startsWith(subject + " ")) {
      return what.substring(subject.length() + 1);
    }
    Matcher place = WITH_PLACE.matcher(subject);
    return place.matches() && what.startsWith(place.group(1) + " ")
        ? what.substring(place.group(1).length() + 1)
        : what;
  }
}
