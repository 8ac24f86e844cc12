/**
 * Raw columns in front of a network: {@link dev.samebits.onnx.table.TableWriter} puts the operators of a
 * {@link dev.samebits.table.Preparation} in front of a model's, with an input for each column, and
 * {@link dev.samebits.onnx.table.TableFront} takes them off again: {@code FrontReader} follows each column through the
 * operators as {@code Piece}s, and {@code Columns} makes columns of them.
 */
package dev.samebits.onnx.table;
