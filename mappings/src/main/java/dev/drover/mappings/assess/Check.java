package dev.drover.mappings.assess;

import java.util.List;

/** Looks at one VM for one kind of problem. Has no state, throws nothing, whatever the VM is. */
interface Check {
  /** All that it may tell, in the order of the documentation. */
  List<KnownFinding> findings();

  /** Tells what it sees; the texts of a VM are hostile and are made safe by who is told. */
  void look(Subject vm, Told told);
}
