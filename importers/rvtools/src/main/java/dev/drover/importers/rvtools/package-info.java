/**
 * RVTools exports as a source of VMs whose disks stay where they are: XLSX workbooks, folders of
 * CSV files, or one plain CSV.
 *
 * <p>The way through: {@link dev.drover.importers.rvtools.RvtoolsSourceProvider} checks the
 * location; {@code ExportFiles} finds the files and which belong together; {@code WorkbookReader}
 * and {@code CsvTableReader} pour their cells into a {@code SheetSink}, which keeps what a {@code
 * Topic} knows as numbers of a {@code TextPool}, some 200 bytes a row; {@code VmIndex} finds the
 * rows of each VM; {@code VmReader} turns them into a {@link dev.drover.mappings.model.SourceVm},
 * one at a time.
 */
@NullMarked
package dev.drover.importers.rvtools;

import org.jspecify.annotations.NullMarked;
