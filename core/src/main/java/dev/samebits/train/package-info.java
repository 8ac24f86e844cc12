/**
 * Training. {@link dev.samebits.train.Samples} are read in the order that {@link dev.samebits.train.Sgd} draws; each
 * mini-batch goes through a {@link dev.samebits.TrainingSession}; after an epoch the validation set is judged, and the
 * network of the best {@link dev.samebits.train.Epoch} is the {@link dev.samebits.train.TrainingResult}.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.samebits.train;

import org.jspecify.annotations.NullMarked;
