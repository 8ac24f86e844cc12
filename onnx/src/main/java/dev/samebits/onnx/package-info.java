/**
 * Networks as ONNX files: {@link dev.samebits.onnx.Onnx} is where to begin.
 *
 * <p>Reading: bytes, checked by {@code limits}, become constants in {@code tensor} and operators in {@code graph}, and
 * these the layers of a network in {@code network}. Writing: {@code write} turns steps into operators, and {@code file}
 * puts the whole into its place at once. On the way Samebits leaves or compares its marks: fingerprint, structure and names.
 *
 * <p>Nothing here is null unless it says so.
 */
@NullMarked
package dev.samebits.onnx;

import org.jspecify.annotations.NullMarked;
