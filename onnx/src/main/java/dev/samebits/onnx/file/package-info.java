/**
 * A path, followed to where it really leads ({@code Destination}), then a temporary file beside it, then that in its place
 * ({@link dev.samebits.onnx.file.AtomicFile}). Knows nothing of ONNX; the {@code samebits} command writes all its files so.
 */
package dev.samebits.onnx.file;
