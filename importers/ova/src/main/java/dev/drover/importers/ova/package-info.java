/**
 * Appliances in files as a source: OVF descriptors with their disks beside them, in a tar (OVA), or
 * in a tar inside gzip. Nothing is extracted: a disk is a range of bytes in the file that the user
 * has.
 *
 * <p>The way through: {@link dev.drover.importers.ova.OvaSourceProvider} checks the location, a
 * search finds descriptors and archives in it, a {@code PackageFiles} gives the files beside a
 * descriptor, {@code XmlReader} makes a bounded tree of the descriptor, {@code Envelope} finds the
 * parts in it, and {@code VmReader} turns one VirtualSystem into a {@link
 * dev.drover.mappings.model.SourceVm}.
 */
@NullMarked
package dev.drover.importers.ova;

import org.jspecify.annotations.NullMarked;
