/**
 * The constants of a file: a tensor's type, shape and bytes are compared with each other
 * ({@link dev.samebits.onnx.tensor.TensorReader}), fetched from beside the file where they stand there ({@code ExternalData}),
 * and decoded when they are asked for ({@link dev.samebits.onnx.tensor.Tensor}).
 */
package dev.samebits.onnx.tensor;
