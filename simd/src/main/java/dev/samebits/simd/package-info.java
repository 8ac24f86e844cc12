/**
 * The backend on the JDK's Vector API: what finds out whether it can run here, and how it is reached.
 *
 * <pre>
 * ServiceLoader → SimdProvider → Probe (may it?) → SimdBackend → kernel/  calls of LayerKernels
 *                                                              → session/ predictions and training
 * root → session → kernel → tile → vector: nothing depends on what stands to the left of it
 * </pre>
 *
 * <p>All packages of this module are internal: it exports none, and on the class path, too, only the provider is meant to be
 * found.
 */
package dev.samebits.simd;
