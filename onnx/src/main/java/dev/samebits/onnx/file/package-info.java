/**
 * A path is followed to where it really leads ({@code Destination}); what is written goes into a temporary file beside that,
 * and the temporary file into its place ({@link dev.samebits.onnx.file.AtomicFile}). This package knows nothing of ONNX: the
 * {@code samebits} command writes all its files this way.
 */
package dev.samebits.onnx.file;
