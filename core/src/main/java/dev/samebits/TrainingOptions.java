package dev.samebits;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a training session learns: by which optimizer, from a gradient clipped to which length, with which dropout and
 * batch normalisation. Given when
 * the session opens ({@link Backend#train(Network, Loss, TrainingOptions, SessionOptions)}). Immutable.
 *
 * <p>Clipping makes a gradient shorter that is longer than {@code clipNorm}: the mean gradient of the mini-batch, with
 * respect to all weights, biases and PReLU slopes of the network together, before weight decay; its direction stays. Only
 * then the optimizer takes its step. A gradient so long that the square of its length, in units of {@code clipNorm}, is no
 * float any more makes all parameters NaN, and so does one with NaN in it: the next loss tells.
 *
 * @param optimizer how parameters move
 * @param clipNorm the length that gradients have at most; {@link #UNCLIPPED} for any
 * @param dropout of hidden layers, or null for none
 * @param batchNorm of hidden layers, or null for none
 * @since 0.1.0
 */
public record TrainingOptions(
        Optimizer optimizer, float clipNorm, @Nullable Dropout dropout, @Nullable BatchNorm batchNorm) {
    /** The {@code clipNorm} that leaves gradients as they are. */
    public static final float UNCLIPPED = Float.POSITIVE_INFINITY;

    private static final float SMALLEST_NORM = 1e-10f;
    private static final float LARGEST_NORM = 1e10f;

    /**
     * All that there is to say.
     *
     * @param optimizer how parameters move
     * @param clipNorm from 1e-10 to 1e10, or {@link #UNCLIPPED}
     * @param dropout of hidden layers, or null for none
     * @param batchNorm of hidden layers, or null for none
     * @throws IllegalArgumentException if {@code clipNorm} is out of its range
     */
    public TrainingOptions {
        Objects.requireNonNull(optimizer, "optimizer");
        if (!(clipNorm >= SMALLEST_NORM && clipNorm <= LARGEST_NORM) && clipNorm != UNCLIPPED) {
            throw new IllegalArgumentException("the length to clip gradients to must lie from 1e-10 to 1e10, not "
                    + clipNorm);
        }
    }

    /**
     * Without batch normalisation.
     *
     * @param optimizer how parameters move
     * @param clipNorm from 1e-10 to 1e10, or {@link #UNCLIPPED}
     * @param dropout of hidden layers, or null for none
     * @throws IllegalArgumentException if {@code clipNorm} is out of its range
     */
    public TrainingOptions(Optimizer optimizer, float clipNorm, @Nullable Dropout dropout) {
        this(optimizer, clipNorm, dropout, null);
    }

    /**
     * An optimizer alone.
     *
     * @param optimizer how parameters move
     * @return options without clipping and dropout
     */
    public static TrainingOptions of(Optimizer optimizer) {
        return new TrainingOptions(optimizer, UNCLIPPED, null);
    }

    /**
     * Clips gradients.
     *
     * @param norm the length that they have at most, such as 1
     * @return these options with it
     * @throws IllegalArgumentException if it is out of its range
     */
    public TrainingOptions withClipNorm(float norm) {
        return new TrainingOptions(optimizer, norm, dropout, batchNorm);
    }

    /**
     * Drops activations.
     *
     * @param which of hidden layers
     * @return these options with it
     */
    public TrainingOptions withDropout(Dropout which) {
        return new TrainingOptions(optimizer, clipNorm, Objects.requireNonNull(which, "dropout"), batchNorm);
    }

    /**
     * Normalises net inputs over the mini-batch.
     *
     * @param how of hidden layers
     * @return these options with it
     */
    public TrainingOptions withBatchNorm(BatchNorm how) {
        return new TrainingOptions(optimizer, clipNorm, dropout, Objects.requireNonNull(how, "batchNorm"));
    }

    /** {@return whether gradients are clipped} */
    public boolean clips() {
        return clipNorm != UNCLIPPED;
    }

    /** {@return whether there is an optimizer alone, which any session can do} */
    public boolean isPlain() {
        return !clips() && dropout == null && batchNorm == null;
    }

    /** What there is, such as {@code adam(…), gradients clipped to 1.0, dropout 0.2}. */
    @Override
    public String toString() {
        return optimizer + (clips() ? ", gradients clipped to " + clipNorm : "") + (dropout == null ? "" : ", " + dropout)
                + (batchNorm == null ? "" : ", " + batchNorm);
    }
}
