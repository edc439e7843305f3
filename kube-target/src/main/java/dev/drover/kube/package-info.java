/** The target port and its two implementations. */
@NullMarked
package dev.drover.kube;

import org.jspecify.annotations.NullMarked;
