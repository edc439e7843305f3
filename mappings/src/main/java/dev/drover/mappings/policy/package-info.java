/** What an organisation wants of a migration: severities, exceptions, sizing, rates, waves. */
@NullMarked
package dev.drover.mappings.policy;

import org.jspecify.annotations.NullMarked;
