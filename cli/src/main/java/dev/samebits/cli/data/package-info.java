/**
 * Rows of numbers out of files, block by block in constant memory. Each format has a package of its own below this one.
 *
 * <pre>
 * Input → Source: RecordSource here, CsvSource in csv/ → take, in order, in one thread → the bytes of a Block
 * Block → Parser, one for each thread: RecordParser, CsvRows → rows of floats in a WorkSpace, bad rows in the Block
 * the header of equal records → RecordFormat: Npy in npy/, Idx in idx/ → what their bytes mean
 * </pre>
 */
package dev.samebits.cli.data;
