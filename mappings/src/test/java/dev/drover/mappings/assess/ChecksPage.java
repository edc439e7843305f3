package dev.drover.mappings.assess;

import dev.cel.common.types.NullableType;
import java.util.Locale;

/** Makes {@code docs/checks.md} of the catalogue, so that the two cannot differ. */
final class ChecksPage {
  private final StringBuilder out = new StringBuilder();

  private ChecksPage() {}

  static String markdown() {
    ChecksPage page = new ChecksPage();
    page.head();
    page.table("## What Drover checks of a VM", true);
    page.table("## What only a plan brings, or what the mapper tells", false);
    page.judged();
    page.rules();
    return page.out.toString();
  }

  private void head() {
    out.append(
        """
        <!-- Made of the check catalogue by CheckCatalogueTest; do not edit. -->

        # Checks

        `drover assess` tells of each VM what the tables below list. A code is stable: a policy names it to change a severity or
        to accept it until a day, searches find it. A *blocker* wants a decision, a *warning* a remedy, an *info* is worth
        knowing. What a source does not tell is unknown and is not taken for a no. Importers add findings of their own about the
        file or the server that they read (`RVT-001`, `OVF-105`).

        """);
  }

  private void table(String title, boolean own) {
    out.append(title)
        .append("\n\n| code | severity | what | remedy |\n| --- | --- | --- | --- |\n");
    for (Check check : CheckCatalogue.checks()) {
      if (check instanceof MapperChecks != own) {
        check.findings().forEach(this::line);
      }
    }
    if (own) {
      CheckCatalogue.OF_ALL.forEach(this::line);
    }
    out.append('\n');
  }

  private void line(KnownFinding known) {
    out.append("| ").append(known.code()).append(" | ");
    out.append(known.severity().name().toLowerCase(Locale.ROOT)).append(" | ");
    out.append(cell(known.what())).append(" | ").append(cell(known.remedy())).append(" |\n");
  }

  private void judged() {
    out.append(
        """
        ## What nearly every VM has

        A finding that everybody has is read by nobody, so two are told as information, though a plan is warned of the first:

        - DISK-011: vSphere shows guests serial numbers of 32 digits wherever `disk.EnableUUID` is on, which templates and Kubernetes nodes
          have, and a virtio disk shows 20. Only a guest that mounts by `/dev/disk/by-id` notices; Windows does not mount so and is not told.
          It is told once for a VM, with the first disk.
        - FW-040: KubeVirt before 1.7 refuses EFI variables that outlive a restart unless VMPersistentState is switched on. That is a setting
          of the cluster and not of a VM; from 1.7 on the gate is gone and nothing is told. A TPM is another matter, since it holds keys:
          TPM-040 stays a warning.

        ## Guest systems

        The end of a system's support comes from a table in Drover (`os-life.tsv`, with its sources): the last day on which
        everybody gets security fixes. Extended support that is paid for does not count; accept OS-040 in the policy where you
        have it. A system that a source names only by a range (`CentOS 4/5/6/7`, `Windows Server 2016 or later`) has no date.
        Windows, Red Hat's family and SUSE run on KubeVirt after a conversion: BUS-003, BUS-004 and BUS-005 say of each VM which.

        ## What the storage has to do

        Each need is compared with the class that the policy's `storage` gives to the disk's datastore, else with the profile's
        default class. Where neither names one, or the profile does not say what the class can, the answer is unknown.

        | need | what shows it |
        | --- | --- |
        | read-write many | the source moves the VM while it runs: its own setting, or DRS of its cluster while it is on; or it shares a disk |
        | snapshot | a backup product's traces in custom attributes, tags, the annotation or names of snapshots (`backup-products.tsv`), or a name of a schedule (daily, weekly) |
        | expansion | a file system of 1 GiB or more is at least 85% full. No source tells that a disk has grown before |
        | block | it shares a disk with other VMs |
        | large volume | a disk is larger than 2 TiB |

        ## What becomes of a VM

        The first that holds decides, and is shown: the policy's `dispositions` in their order; templates, placeholders of
        replication products and vCLS stay (and are no candidates); VMware's own appliances (VM-040) stay; a blocker needs a
        decision; so does a VM of which neither system, firmware nor disks are known; a warning makes it ready with remedy; else
        it is ready.

        ## How much work a VM is

        The score is a sum whose parts are shown. It starts from migration-planner's idea of a class of the system times a class
        of the size.

        | part | points |
        | --- | --- |
        | system × size | Linux that boots from virtio 1, Windows or another Linux 2, unusual or unknown 3, a database by its name or tag 4; times 1 below 10 TiB, 2 below 20, 3 below 50, 4 from there |
        | each further disk | 1, at most 5 |
        | each further NIC | 1, at most 3 |
        | snapshots | 1 |
        | shares a disk | 5 |
        | a mapped LUN (RDM) | 3 |
        | a host device (PCI, vGPU, USB) | 4 |
        | fault-tolerant | 2 |
        | bound to others by a rule or vApp | 1 |
        | of a cluster by its name (`cluster`, `wsfc`, `rac`, `k8s` …) | 2 |
        | each blocker | 5 |
        | each warning | 1, at most 10 |

        """);
  }

  private void rules() {
    out.append(
        """
        ## Rules of your own

        A rule's `when` is an expression in CEL, the language of Kubernetes' admission rules, that gives true where the finding
        applies. It has at most 2,000 characters, and 10,000 rounds of `exists`, `all`, `map` and `filter` together for one VM. A
        mistake is told when the policy is read. Where it fails for one VM, that VM gets POL-002 and the others are judged.
        Patterns of `matches` are RE2's. Sizes are GiB; an answer is `yes`, `no` or `unknown`; an unknown
        text is empty, an unknown number is null.

        | variable | type | |
        | --- | --- | --- |
        """);
    for (RuleFacts.Variable variable : RuleFacts.VARIABLES) {
      out.append("| `").append(variable.name()).append("` | ");
      out.append(type(variable));
      out.append(" | ").append(cell(variable.what())).append(" |\n");
    }
    out.append(
        """

        ```
        vm.family == 'windows' && vm.memory > 64.0
        'App=shop' in vm.tags && vm.disks.exists(d, d.datastore.startsWith('gold'))
        vm.used != null && vm.used > 2000.0
        'Owner' in vm.attributes && vm.attributes['Owner'] == 'shop'
        ```
        """);
  }

  private static String type(RuleFacts.Variable variable) {
    if (variable.type() instanceof NullableType) {
      return "number or null";
    }
    return switch (variable.type().name()) {
      case "string" -> "text";
      case "int" -> "whole number";
      case "double" -> "number";
      case "map" -> "map of texts";
      default -> "list";
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("{}", "…");
  }
}
