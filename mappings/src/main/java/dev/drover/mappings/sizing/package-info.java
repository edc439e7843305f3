/** What the VMs need of a target, and what they waste today. */
@NullMarked
package dev.drover.mappings.sizing;

import org.jspecify.annotations.NullMarked;
