/** Tests of what a VM becomes, each finding by its code. */
@NullMarked
package dev.drover.mappings.target;

import org.jspecify.annotations.NullMarked;
