/** Tests of the vSphere importer, most of them with govmomi's simulator as the peer. */
@NullMarked
package dev.drover.importers.vsphere;

import org.jspecify.annotations.NullMarked;
