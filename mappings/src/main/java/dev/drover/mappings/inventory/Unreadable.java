package dev.drover.mappings.inventory;

import dev.drover.mappings.model.Finding;

/**
 * Something at a source that should have been a VM and could not be understood.
 *
 * @param place file and, where known, line and column: {@code web.ovf:12:7}
 * @param problem what and how to mend it
 */
public record Unreadable(String place, Finding problem) {}
