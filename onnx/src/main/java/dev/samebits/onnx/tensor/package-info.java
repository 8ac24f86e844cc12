/**
 * The constants of a file: {@link dev.samebits.onnx.tensor.TensorReader} compares a tensor's type, shape and bytes with each
 * other, {@code ExternalData} fetches bytes that stand beside the file, and {@link dev.samebits.onnx.tensor.Tensor} decodes
 * them when they are asked for.
 */
package dev.samebits.onnx.tensor;
