package dev.drover.importers.rvtools;

/** Bounds on what a file may make Drover hold or do. */
final class Limits {
  /** Characters of a cell: Excel's own limit. More is cut. */
  static final int CELL_CHARS = 32_767;

  /** Rows of a sheet: Excel's own limit. */
  static final int EXCEL_ROWS = 1_048_576;

  /** Columns of a sheet: Excel's own limit. */
  static final int COLUMNS = 16_384;

  /** Rows of one topic over all files; 100,000 VMs have some 300,000 partitions. */
  static final int ROWS = 20_000_000;

  /** Rows before the header. */
  static final int ROWS_BEFORE_HEADER = 10;

  /** A part of a workbook may always give this much, whatever its own size. */
  static final long INFLATED_BYTES = 64L << 20;

  /**
   * Beyond that, so many bytes for each compressed byte. Sheets of a real export give up to 25; a
   * run of equal bytes gives 1,000.
   */
  static final long INFLATED_RATIO = 150;

  /** All parts together, unless {@code maxInflatedGiB} says otherwise; 100,000 VMs have under 2. */
  static final long INFLATED_TOTAL = 16L << 30;

  /** Files below one location. */
  static final int FILES = 10_000;

  /** Folders inside each other that are searched. */
  static final int FOLDERS = 8;

  /** vCPUs of one VM. */
  static final int CPUS = 4096;

  /** The largest size that is taken for one: 1 EiB. */
  static final double BYTES = 1L << 60;

  private Limits() {}
}
