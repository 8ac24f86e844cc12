/**
 * {@code samebits demo}: trains on images that ship with the program, and compares the backends.
 *
 * <pre>
 * FashionMnist, within the jar or in a folder → DemoCommand → Sgd → Models → an ONNX file → DemoReport
 * DemoReport → every backend → accuracy, rows/s, whether the bits are the same → Table
 * </pre>
 */
package dev.samebits.cli.demo;
