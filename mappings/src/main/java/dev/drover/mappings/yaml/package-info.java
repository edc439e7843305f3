/** Files that people write in YAML: read with the place of every mistake, held against a schema. */
@NullMarked
package dev.drover.mappings.yaml;

import org.jspecify.annotations.NullMarked;
