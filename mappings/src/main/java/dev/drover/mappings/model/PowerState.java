package dev.drover.mappings.model;

/** What the source says. An appliance in a file is OFF. */
public enum PowerState {
  ON,
  OFF,
  SUSPENDED,
  UNKNOWN
}
