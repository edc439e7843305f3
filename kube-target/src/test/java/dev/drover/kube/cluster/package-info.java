@NullMarked
package dev.drover.kube.cluster;

import org.jspecify.annotations.NullMarked;
