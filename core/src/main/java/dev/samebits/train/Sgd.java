package dev.samebits.train;

import dev.samebits.BatchNorm;
import dev.samebits.Dropout;
import dev.samebits.Optimizer;
import dev.samebits.SplitMix64;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic gradient descent, Algorithm 4.1: every epoch the samples are reshuffled and visited in that order; each
 * mini-batch (of one sample, as the algorithm has it, unless told) goes forward, back and into the parameters; after an
 * epoch the error rate on the validation set is taken, or the loss where that is a squared error or the {@link Measure} (see
 * {@link Epoch}), and training ends when it no longer falls. Parameters go down by plain descent at a constant rate, unless
 * an {@link Optimizer} or a {@link Schedule} is given. Samples that are {@linkplain Samples#isWeighted weighted}
 * count as {@link TrainingSession#step(Matrix, Matrix, float[], float, float)} says, and an epoch's loss is their weighted
 * mean.
 *
 * <p>The order comes from a {@link SplitMix64} with the given seed, and the arithmetic is the contract's, so the result is
 * the same to the bit on every backend, number of threads and machine. Immutable; {@link #fit} may run on many threads.
 *
 * @param learningRate α
 * @param weightDecay λ
 * @param batch samples per update; the last batch of an epoch may be smaller
 * @param epochs at most this many
 * @param patience epochs without a new lowest validation error or loss after which training ends
 * @param seed names the order of the samples
 * @param optimizer how parameters move
 * @param schedule what α is multiplied by in each step
 * @param clipNorm the length that gradients have at most, see {@link TrainingOptions}
 * @param dropout of hidden layers, or null for none
 * @param batchNorm of hidden layers, or null for none
 * @since 0.1.0
 */
public record Sgd(float learningRate, float weightDecay, int batch, int epochs, int patience, long seed,
        Optimizer optimizer, Schedule schedule, float clipNorm, @Nullable Dropout dropout, @Nullable BatchNorm batchNorm) {
    /**
     * Descent with all its settings.
     *
     * @param learningRate α
     * @param weightDecay λ
     * @param batch samples per update
     * @param epochs at most this many
     * @param patience epochs without gain after which training ends
     * @param seed names the order of the samples
     * @param optimizer how parameters move
     * @param schedule what α is multiplied by in each step
     * @param clipNorm the length that gradients have at most, or {@link TrainingOptions#UNCLIPPED}
     * @param dropout of hidden layers, or null for none
     * @param batchNorm of hidden layers, or null for none
     * @throws IllegalArgumentException if one of them makes no sense
     */
    public Sgd {
        require(learningRate > 0 && Float.isFinite(learningRate), "learning rate must be positive and finite", learningRate);
        require(weightDecay >= 0 && Float.isFinite(weightDecay), "weight decay must be finite and not negative",
                weightDecay);
        require(batch >= 1, "batch must be at least 1", batch);
        require(epochs >= 1, "epochs must be at least 1", epochs);
        require(patience >= 1, "patience must be at least 1", patience);
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(schedule, "schedule");
        new TrainingOptions(optimizer, clipNorm, dropout, batchNorm);
    }

    /**
     * Descent without clipping, dropout and batch normalisation.
     *
     * @param learningRate α
     * @param weightDecay λ
     * @param batch samples per update
     * @param epochs at most this many
     * @param patience epochs without gain after which training ends
     * @param seed names the order of the samples
     * @param optimizer how parameters move
     * @param schedule what α is multiplied by in each step
     * @throws IllegalArgumentException if one of them makes no sense
     */
    public Sgd(float learningRate, float weightDecay, int batch, int epochs, int patience, long seed, Optimizer optimizer,
            Schedule schedule) {
        this(learningRate, weightDecay, batch, epochs, patience, seed, optimizer, schedule, TrainingOptions.UNCLIPPED, null,
                null);
    }

    /**
     * Plain descent at a constant rate.
     *
     * @param learningRate α
     * @param weightDecay λ
     * @param batch samples per update
     * @param epochs at most this many
     * @param patience epochs without gain after which training ends
     * @param seed names the order of the samples
     * @throws IllegalArgumentException if one of them makes no sense
     */
    public Sgd(float learningRate, float weightDecay, int batch, int epochs, int patience, long seed) {
        this(learningRate, weightDecay, batch, epochs, patience, seed, Optimizer.SGD, Schedule.CONSTANT);
    }

    private static void require(boolean condition, String rule, Object got) {
        if (!condition) {
            throw new IllegalArgumentException(rule + ", not " + got);
        }
    }

    /**
     * One sample per update, no weight decay, seed 0, and as much patience as there are epochs.
     *
     * @param learningRate α
     * @param epochs at most this many
     * @return descent that can be refined
     * @throws IllegalArgumentException if α is not positive and finite, or there is no epoch
     */
    public static Sgd of(float learningRate, int epochs) {
        return new Sgd(learningRate, 0, 1, epochs, epochs, 0);
    }

    /**
     * Decays the weights.
     *
     * @param lambda λ
     * @return this with it
     * @throws IllegalArgumentException if λ is negative or not finite
     */
    public Sgd withWeightDecay(float lambda) {
        return new Sgd(learningRate, lambda, batch, epochs, patience, seed, optimizer, schedule,
                clipNorm, dropout, batchNorm);
    }

    /**
     * Updates after several samples.
     *
     * @param samples per update
     * @return this with it
     * @throws IllegalArgumentException if there is none
     */
    public Sgd withBatch(int samples) {
        return new Sgd(learningRate, weightDecay, samples, epochs, patience, seed, optimizer, schedule,
                clipNorm, dropout, batchNorm);
    }

    /**
     * Ends sooner.
     *
     * @param epochsWithoutGain after which training ends
     * @return this with it
     * @throws IllegalArgumentException if there is none
     */
    public Sgd withPatience(int epochsWithoutGain) {
        return new Sgd(learningRate, weightDecay, batch, epochs, epochsWithoutGain, seed, optimizer, schedule,
                clipNorm, dropout, batchNorm);
    }

    /**
     * Draws another order.
     *
     * @param value names it
     * @return this with it
     */
    public Sgd withSeed(long value) {
        return new Sgd(learningRate, weightDecay, batch, epochs, patience, value, optimizer, schedule,
                clipNorm, dropout, batchNorm);
    }

    /**
     * Moves parameters by another method.
     *
     * @param method instead of plain descent
     * @return this with it
     */
    public Sgd withOptimizer(Optimizer method) {
        return new Sgd(learningRate, weightDecay, batch, epochs, patience, seed, method, schedule,
                clipNorm, dropout, batchNorm);
    }

    /**
     * Changes the rate from step to step.
     *
     * @param rates what α is multiplied by
     * @return this with it
     */
    public Sgd withSchedule(Schedule rates) {
        return new Sgd(learningRate, weightDecay, batch, epochs, patience, seed, optimizer, rates,
                clipNorm, dropout, batchNorm);
    }

    /**
     * Clips gradients.
     *
     * @param norm the length that they have at most, such as 1
     * @return this with it
     * @throws IllegalArgumentException unless it lies from 1e-10 to 1e10, or is {@link TrainingOptions#UNCLIPPED}
     */
    public Sgd withClipNorm(float norm) {
        return new Sgd(learningRate, weightDecay, batch, epochs, patience, seed, optimizer, schedule, norm, dropout,
                batchNorm);
    }

    /**
     * Drops activations of hidden layers.
     *
     * @param which of them
     * @return this with it
     */
    public Sgd withDropout(Dropout which) {
        return new Sgd(learningRate, weightDecay, batch, epochs, patience, seed, optimizer, schedule, clipNorm,
                Objects.requireNonNull(which, "dropout"), batchNorm);
    }

    /**
     * Normalises net inputs of hidden layers over each mini-batch.
     *
     * @param how momentum and epsilon, such as {@link BatchNorm#STANDARD}
     * @return this with it
     */
    public Sgd withBatchNorm(BatchNorm how) {
        return new Sgd(learningRate, weightDecay, batch, epochs, patience, seed, optimizer, schedule, clipNorm, dropout,
                Objects.requireNonNull(how, "batchNorm"));
    }

    /** {@return how sessions of this descent learn} */
    public TrainingOptions training() {
        return new TrainingOptions(optimizer, clipNorm, dropout, batchNorm);
    }

    /**
     * Trains a network.
     *
     * @param request what, on what, and where
     * @return the best network and the history of its epochs
     * @throws IllegalArgumentException if dropout or batch normalisation does not fit the network, the backend cannot train
     *     so, or the checkpoint to go on from is one of another training
     * @throws DivergedException if the loss, of the samples or of the validation set, becomes NaN or infinite
     */
    public TrainingResult fit(TrainingRequest request) {
        return new SgdRun(this, request).fit();
    }
}
