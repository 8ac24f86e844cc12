/**
 * The operators of a file: {@link dev.samebits.onnx.graph.Graph} checks their names, then
 * {@link dev.samebits.onnx.graph.Simplifier} works out what depends on constants alone, and the shapes of the rest. What
 * leaves each row as it is becomes another name of the rows, and what would mix rows is noted as a problem.
 */
package dev.samebits.onnx.graph;
