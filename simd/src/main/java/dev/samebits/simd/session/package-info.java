/**
 * Networks whose weights are packed once: predictions and training.
 *
 * <pre>
 * Layer → PackedLayer (its panels of weights) → TrainedLayer (and what a step remembers of it)
 * rows → SimdInferenceSession → ForwardPass → ForwardBatch (who shares what) → ForwardBlock (layer by layer) → rows
 * samples → SimdTrainingSession → SampleStep, BatchStep (forward, loss, δ, update) → TrainedLayer
 * </pre>
 *
 * <p>Internal: not exported, and free to change.
 */
package dev.samebits.simd.session;
