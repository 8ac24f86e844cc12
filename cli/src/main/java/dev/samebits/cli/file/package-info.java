/**
 * Files as the user names them: read, written, and compared before either.
 *
 * <pre>
 * a path or "-" → Input, unpacked by GzipStream → CSV, IDX or NPY by its first bytes; any other → OtherFormats → a remedy
 * bytes → Destination → a file that appears whole or not at all, or a stream
 * all paths of a run → RunFiles → refused where two are one file
 * </pre>
 */
package dev.samebits.cli.file;
