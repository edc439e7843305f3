/** Renders manifests. Pure: no client, no file, no clock. */
@NullMarked
package dev.drover.kube.manifest;

import org.jspecify.annotations.NullMarked;
