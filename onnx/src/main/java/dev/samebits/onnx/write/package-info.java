/**
 * From steps to operators: {@link dev.samebits.onnx.write.NetworkWriter} takes the steps one by one, {@code StepWriter} and
 * {@code ActivationWriter} know the form of each, and {@code GraphWriter} names the values and turns floats into bytes.
 * {@link dev.samebits.onnx.write.WrittenGraph} reads such graphs back, step by step.
 */
package dev.samebits.onnx.write;
