/** What Drover knows about a virtual machine, whatever hypervisor it comes from. */
@NullMarked
package dev.drover.mappings.model;

import org.jspecify.annotations.NullMarked;
