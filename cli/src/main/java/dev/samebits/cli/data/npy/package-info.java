/**
 * The reader of NumPy's {@code .npy} files.
 *
 * <pre>
 * the first bytes → Npy.header → shape, type and order of the bytes
 * records → Npy.decode → floats
 * a double that is no finite float → DoubleText → text for the user
 * </pre>
 */
package dev.samebits.cli.data.npy;
