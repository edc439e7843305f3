/** The cluster as a target: connects, looks before it leaps, uploads, creates, takes back. */
@NullMarked
package dev.drover.kube.cluster;

import org.jspecify.annotations.NullMarked;
