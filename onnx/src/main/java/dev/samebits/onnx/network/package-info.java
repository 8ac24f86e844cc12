/**
 * From a graph to layers: {@link dev.samebits.onnx.network.Heads} takes off what only names a class,
 * {@link dev.samebits.onnx.network.NetworkReader} goes from the output back to the input and matches each value against the
 * rules ({@code Pattern}, {@code Match}), and {@code Assembler} makes layers of their steps. To read another operator, add a
 * rule.
 */
package dev.samebits.onnx.network;
