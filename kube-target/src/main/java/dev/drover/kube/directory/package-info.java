/** A folder as the target: disks, manifests and how to apply them, for git or an air gap. */
@NullMarked
package dev.drover.kube.directory;

import org.jspecify.annotations.NullMarked;
