/**
 * What a file may cost, before memory is taken for it: its bytes are walked over ({@link dev.samebits.onnx.limits.WireScan}),
 * then each object is counted as it is made ({@link dev.samebits.onnx.limits.Budget}), against what
 * {@link dev.samebits.onnx.limits.Limits} allows. What is told of a file: why it is refused, or notes on how it was read.
 */
package dev.samebits.onnx.limits;
