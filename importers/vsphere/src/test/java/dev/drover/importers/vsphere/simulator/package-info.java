/**
 * A vCenter for tests: govmomi's simulator as a process, and a proxy before it that adds what the
 * simulator lacks and goes wrong where a test says so. The module of end-to-end tests uses it too.
 */
@NullMarked
package dev.drover.importers.vsphere.simulator;

import org.jspecify.annotations.NullMarked;
