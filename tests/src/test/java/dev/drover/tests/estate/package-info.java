/** Made-up estates of any size, as RVTools would export them. */
@NullMarked
package dev.drover.tests.estate;

import org.jspecify.annotations.NullMarked;
