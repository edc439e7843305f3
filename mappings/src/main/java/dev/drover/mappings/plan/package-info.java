/** The plan language: records of a MigrationPlan, its YAML, its schema and its mistakes. */
@NullMarked
package dev.drover.mappings.plan;

import org.jspecify.annotations.NullMarked;
