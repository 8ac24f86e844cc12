package dev.samebits.train;

import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.SplitMix64;
import dev.samebits.TrainingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Stochastic gradient descent, Algorithm 4.1: every epoch the samples are reshuffled and visited in that order; each
 * mini-batch (of one sample, as the algorithm has it, unless told) goes forward, back and into the parameters; after an
 * epoch the error rate on the validation set is taken, or the loss where that is a squared error or the {@link Measure} (see
 * {@link Epoch}), and training ends when it no longer falls. Parameters go down by plain descent at a constant rate, unless
 * an {@link Optimizer} or a {@link Schedule} is given.
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
 * @since 0.1.0
 */
public record Sgd(float learningRate, float weightDecay, int batch, int epochs, int patience, long seed,
        Optimizer optimizer, Schedule schedule) {
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
        return new Sgd(learningRate, lambda, batch, epochs, patience, seed, optimizer, schedule);
    }

    /**
     * Updates after several samples.
     *
     * @param samples per update
     * @return this with it
     * @throws IllegalArgumentException if there is none
     */
    public Sgd withBatch(int samples) {
        return new Sgd(learningRate, weightDecay, samples, epochs, patience, seed, optimizer, schedule);
    }

    /**
     * Ends sooner.
     *
     * @param epochsWithoutGain after which training ends
     * @return this with it
     * @throws IllegalArgumentException if there is none
     */
    public Sgd withPatience(int epochsWithoutGain) {
        return new Sgd(learningRate, weightDecay, batch, epochs, epochsWithoutGain, seed, optimizer, schedule);
    }

    /**
     * Draws another order.
     *
     * @param value names it
     * @return this with it
     */
    public Sgd withSeed(long value) {
        return new Sgd(learningRate, weightDecay, batch, epochs, patience, value, optimizer, schedule);
    }

    /**
     * Moves parameters by another method.
     *
     * @param method instead of plain descent
     * @return this with it
     */
    public Sgd withOptimizer(Optimizer method) {
        return new Sgd(learningRate, weightDecay, batch, epochs, patience, seed, method, schedule);
    }

    /**
     * Changes the rate from step to step.
     *
     * @param rates what α is multiplied by
     * @return this with it
     */
    public Sgd withSchedule(Schedule rates) {
        return new Sgd(learningRate, weightDecay, batch, epochs, patience, seed, optimizer, rates);
    }

    /**
     * Trains a network.
     *
     * @param request what, on what, and where
     * @return the best network and the history of its epochs
     * @throws DivergedException if the loss, of the samples or of the validation set, becomes NaN or infinite
     */
    public TrainingResult fit(TrainingRequest request) {
        Samples training = request.training();
        TrainingListener listener = request.listener();
        Validation judge = request.validation() == null ? null : new Validation(request, request.validation());
        SplitMix64 random = new SplitMix64(seed);
        int[] order = new int[training.size()];
        for (int n = 0; n < order.length; n++) {
            order[n] = n;
        }
        List<Epoch> history = new ArrayList<>();
        Network best = null;
        double lowest = Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        try (TrainingSession session = request.backend().train(request.network(), request.objective(), optimizer,
                request.options())) {
            for (int number = 1; number <= epochs; number++) {
                random.shuffle(order);
                double meanLoss = epoch(number, session, training, order, history, listener);
                Epoch epoch = judge == null ? new Epoch(number, meanLoss, -1, 0, Double.NaN, request.measure())
                        : judge.judge(number, meanLoss, session);
                history.add(epoch);
                listener.epoch(epoch);
                if (judge == null) {
                    continue;
                }
                double measure = epoch.validation();
                if (!Double.isFinite(measure)) {
                    throw new DivergedException("the loss of the validation set is " + measure + " after epoch " + number
                            + ": lower the learning rate (" + learningRate + ") or look for very large values in that set");
                }
                if (measure < lowest) {
                    lowest = measure;
                    bestEpoch = number;
                    best = session.network();
                }
                // What is nothing cannot fall any more.
                if (measure == 0 || number - bestEpoch >= patience) {
                    break;
                }
            }
            return new TrainingResult(best == null ? session.network() : best, history);
        }
    }

    private double epoch(int number, TrainingSession session, Samples training, int[] order, List<Epoch> history,
            TrainingListener listener) {
        Matrix x = Matrix.zeros(Math.min(batch, order.length), training.inputs());
        Matrix targets = Matrix.zeros(x.rows(), training.outputs());
        long stepsPerEpoch = (order.length - 1) / x.rows() + 1;
        long step = (number - 1) * stepsPerEpoch;
        double sum = 0;
        for (int from = 0; from < order.length; from += x.rows()) {
            int count = Math.min(x.rows(), order.length - from);
            for (int n = 0; n < count; n++) {
                training.read(order[from + n], x, targets, n);
            }
            float rate = learningRate * schedule.factor(step++, epochs * stepsPerEpoch, history);
            double mean = session.step(x.rows(0, count), targets.rows(0, count), rate, weightDecay);
            if (!Double.isFinite(mean)) {
                throw new DivergedException("the loss is " + mean + " in epoch " + number + ", batch "
                        + (from / x.rows() + 1) + " (samples " + from + " to " + (from + count - 1)
                        + " of the shuffled order): lower the learning rate (" + learningRate + ") or look for NaN,"
                        + " infinite or very large values in the data");
            }
            sum += mean * count;
            listener.batch(number, from + count, order.length);
        }
        return sum / order.length;
    }
}
