package dev.drover.mappings.assess;

import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.SourceDevice.Kind;
import dev.drover.mappings.profile.TargetProfile;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TPM, EFI variables (Drover makes both persistent) and host devices against what KubeVirt has
 * switched on; its user guide names the gates.
 */
final class TargetFeatures implements Check {
  static final KnownFinding STATE =
      KnownFinding.warning(
          "TPM-040",
          "needs a TPM that outlives a restart, and the target has VMPersistentState not switched on",
          "add VMPersistentState to KubeVirt's feature gates and set vmStateStorageClass, or see that this version has it on by itself");

  /** Nearly every VM with EFI has it, and it is mended once for the cluster: no warning. */
  static final KnownFinding VARIABLES =
      KnownFinding.info(
          "FW-040",
          "keeps EFI variables, which this version of KubeVirt takes only with VMPersistentState switched on",
          "have the cluster's administrator add VMPersistentState to KubeVirt's feature gates once, for all VMs");

  static final KnownFinding SEALED =
      KnownFinding.blocker(
          "TPM-041",
          "a file system of the guest is encrypted with BitLocker, and the TPM that holds its key does not move",
          "suspend BitLocker in the guest before the move, or have the recovery key at hand and accept this finding in the policy");

  static final KnownFinding HOST_DEVICES =
      KnownFinding.warning(
          "DEV-040",
          "needs a device of the host, and the target has HostDevices not switched on",
          "add HostDevices to KubeVirt's feature gates and permit the device");

  /** From here on the gate is there no more, and every cluster keeps state. */
  private static final int MINOR_WITHOUT_GATE = 7;

  private static final Pattern VERSION = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\D.*)?");

  @Override
  public List<KnownFinding> findings() {
    return List.of(STATE, VARIABLES, SEALED, HOST_DEVICES);
  }

  @Override
  public void look(Subject vm, Told told) {
    List<String> features = vm.profile().features();
    boolean tpm = vm.vm().firmware().tpm().isYes();
    boolean efi = vm.vm().firmware().type() == Firmware.Type.EFI;
    if (features != null && (tpm || efi) && !keepsState(features, vm.profile())) {
      told.add(tpm ? STATE : VARIABLES, "");
    }
    if (tpm && vm.vm().guest().filesystems() != null) {
      vm.vm().guest().filesystems().stream()
          .filter(f -> f.type() != null && f.type().toLowerCase(Locale.ROOT).contains("bitlocker"))
          .findFirst()
          .ifPresent(f -> told.add(SEALED, f.mount()));
    }
    if (features != null && !features.contains("HostDevices")) {
      vm.vm().devices().stream()
          .filter(d -> d.kind() == Kind.PCI_PASSTHROUGH || d.kind() == Kind.VGPU)
          .findFirst()
          .ifPresent(d -> told.add(HOST_DEVICES, d.description()));
    }
  }

  /** A version that nobody knows may be an old one. */
  private static boolean keepsState(List<String> features, TargetProfile profile) {
    Matcher version = VERSION.matcher(profile.versions().getOrDefault("kubevirt", ""));
    boolean withoutGate =
        version.matches()
            && Integer.parseInt(version.group(1)) * 10_000 + Integer.parseInt(version.group(2))
                >= 10_000 + MINOR_WITHOUT_GATE;
    return withoutGate || features.contains("VMPersistentState");
  }
}
