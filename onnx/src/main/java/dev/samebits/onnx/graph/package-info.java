/**
 * The operators of a file: their names are checked ({@link dev.samebits.onnx.graph.Graph}), then one walk works out what
 * depends on constants alone and the shape of the rest ({@link dev.samebits.onnx.graph.Simplifier}). What leaves each row as
 * it is becomes another name of the rows; what would mix rows is noted as a problem.
 */
package dev.samebits.onnx.graph;
