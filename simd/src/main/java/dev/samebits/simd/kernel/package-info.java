/**
 * The single operations that {@code LayerKernels} offers, from matrices as the caller has them.
 *
 * <pre>
 * LayerKernels → SimdKernels → Gemm (packs into Scratch, block by block) → tile/  products of many samples
 *                            → SimdPackedWeights (packed once) → tile/  the same for one layer, call after call
 *                            → Matvec, Update, Maxout, BiasGradient, SlopeGradient  one pass over memory
 *                            → vector/  activations, softmax
 * </pre>
 *
 * <p>Internal: not exported, and free to change.
 */
package dev.samebits.simd.kernel;
