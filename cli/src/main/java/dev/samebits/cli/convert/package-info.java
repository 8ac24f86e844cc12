/**
 * {@code samebits convert}: a model into another one, with weights of fewer bits.
 *
 * <pre>
 * an ONNX file → ConvertCommand → Network.withBfloat16Weights → another ONNX file
 * the layers before and after → WeightChanges → how many weights changed, and by how much
 * </pre>
 */
package dev.samebits.cli.convert;
