/** The folder that holds a run's state, its lock and the status file. */
@NullMarked
package dev.drover.batch.state;

import org.jspecify.annotations.NullMarked;
