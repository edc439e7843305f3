package dev.drover.importers.ova;

import dev.drover.mappings.model.Finding;
import java.util.List;

/**
 * What the readers of one VM share.
 *
 * @param findings grows while they read
 */
record VmContext(
    Envelope envelope,
    SystemNode system,
    DeploymentOption option,
    Properties properties,
    Hardware hardware,
    DiskFiles files,
    List<Finding> findings) {
  void warn(String code, String what, String remedy, String evidence) {
    findings.add(Finding.warning(code, what, remedy).with(SafeName.shown(evidence)));
  }

  void inform(String code, String what, String remedy, String evidence) {
    findings.add(Finding.info(code, what, remedy).with(SafeName.shown(evidence)));
  }

  void block(String code, String what, String remedy, String evidence) {
    findings.add(Finding.blocker(code, what, remedy).with(SafeName.shown(evidence)));
  }
}
