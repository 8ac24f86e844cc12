/**
 * The model, and what computes it.
 *
 * <pre>
 * an ONNX file → Models → network and names, with notes on stderr; network and names → Models → a whole ONNX file
 * --output-name → OutputOption → which output of the file
 * --backend, --threads → RunOptions → Backend, SessionOptions
 * outputs of two backends → Bits → the first difference
 * </pre>
 */
package dev.samebits.cli.model;
