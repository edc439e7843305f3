package dev.drover.importers.ova;

import dev.drover.mappings.model.SourceVm;

/** A VM with what is needed to find its disks again. */
record OvfVm(SourceVm vm, Drives drives, Properties properties) {}
