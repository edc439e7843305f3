package dev.drover.importers.vsphere;

/** What all VMs of a source that are read have in common. */
record Site(Session session, HostLinks links, Routes routes, Turns turns) {}
