/** Tests of the OVA and OVF importer. */
@NullMarked
package dev.drover.importers.ova;

import org.jspecify.annotations.NullMarked;
