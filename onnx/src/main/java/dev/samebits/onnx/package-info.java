/**
 * Networks as ONNX files: {@link dev.samebits.onnx.Onnx} is where to begin.
 *
 * <p>Reading: bytes, checked by {@code limits}, become constants in {@code tensor} and operators in {@code graph}, and those
 * the layers of a network in {@code network}. Writing: {@code write} turns layers into operators, {@code file} puts the whole
 * into its place at once. Both leave or compare Samebits's marks on the way: fingerprint, structure and names.
 */
package dev.samebits.onnx;
