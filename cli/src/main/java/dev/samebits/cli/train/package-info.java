/**
 * {@code samebits train}: a network out of a file.
 *
 * <pre>
 * options → Architecture → Network, Loss; DataOptions → TrainingData → DataCheck → warnings
 * both, Descent → Sgd → the trained network → DataCheck, what it has learned → Models → an ONNX file
 * </pre>
 */
package dev.samebits.cli.train;
