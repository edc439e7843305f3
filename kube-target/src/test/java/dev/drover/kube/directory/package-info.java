/** Tests of the directory target on real file systems. */
@NullMarked
package dev.drover.kube.directory;

import org.jspecify.annotations.NullMarked;
