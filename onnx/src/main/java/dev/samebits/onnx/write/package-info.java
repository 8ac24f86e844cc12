/**
 * From layers to operators: {@link dev.samebits.onnx.write.NetworkWriter} takes the layers one by one,
 * {@code ActivationWriter} knows the form of each activation, and {@code GraphWriter} names the values and turns floats into
 * bytes.
 */
package dev.samebits.onnx.write;
