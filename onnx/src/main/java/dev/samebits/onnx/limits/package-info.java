/**
 * What a file may cost is known before memory is taken for it: {@link dev.samebits.onnx.limits.WireScan} walks over its
 * bytes, then {@link dev.samebits.onnx.limits.Budget} counts what is made of them, against what
 * {@link dev.samebits.onnx.limits.Limits} allows. Here is also what is told of a file: a refusal, or notes.
 */
package dev.samebits.onnx.limits;
