/** Block devices of this machine as a target. */
@NullMarked
package dev.drover.converters.device;

import org.jspecify.annotations.NullMarked;
