/**
 * The reader of CSV files.
 *
 * <pre>
 * Input → CsvStart, the first records → CsvHeader, names or a row? → CsvTable, width, names and the words for what is wrong
 * --columns and its like → Columns → numbers of columns
 * bytes → CsvSource, cut between records by CsvCutter → Block → CsvRows, FastCSV over a ByteReader → floats
 * </pre>
 */
package dev.samebits.cli.data.csv;
