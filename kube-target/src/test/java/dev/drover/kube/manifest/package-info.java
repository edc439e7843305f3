/** Tests of the renderer: golden files, KubeVirt's and CDI's own schemas, hostile strings. */
@NullMarked
package dev.drover.kube.manifest;

import org.jspecify.annotations.NullMarked;
