/**
 * What programs use. A {@link dev.samebits.Network} is made by its builder, from layers, by
 * {@link dev.samebits.GraphBuilder} where it has branches, or read from a file; {@link dev.samebits.Backends} names or
 * chooses a {@link dev.samebits.Backend}; that opens an {@link dev.samebits.InferenceSession}, which predicts rows that lie
 * in a {@link dev.samebits.Matrix}, an array or a buffer.
 *
 * <p>{@link dev.samebits.LayerKernels} are the hot paths alone, for programs with networks of their own. Nothing here is
 * null unless it says so.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.samebits;

import org.jspecify.annotations.NullMarked;
