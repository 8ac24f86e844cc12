package dev.samebits.train;

import dev.samebits.Backend;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import dev.samebits.TrainingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Stochastic gradient descent, Algorithm 4.1: every epoch the samples are reshuffled and visited in that order; each
 * mini-batch (of one sample, as the algorithm has it, unless told) goes forward, back and into the parameters; after an
 * epoch the error rate on the validation set is taken, or the loss where that is a squared error (see {@link Epoch}), and
 * training ends when it no longer falls.
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
 */
public record Sgd(float learningRate, float weightDecay, int batch, int epochs, int patience, long seed) {
    public Sgd {
        require(learningRate > 0 && Float.isFinite(learningRate), "learning rate must be positive and finite", learningRate);
        require(weightDecay >= 0 && Float.isFinite(weightDecay), "weight decay must be finite and not negative", weightDecay);
        require(batch >= 1, "batch must be at least 1", batch);
        require(epochs >= 1, "epochs must be at least 1", epochs);
        require(patience >= 1, "patience must be at least 1", patience);
    }

    private static void require(boolean condition, String rule, Object got) {
        if (!condition) {
            throw new IllegalArgumentException(rule + ", not " + got);
        }
    }

    /** One sample per update, no weight decay, seed 0, and as much patience as there are epochs. */
    public static Sgd of(float learningRate, int epochs) {
        return new Sgd(learningRate, 0, 1, epochs, epochs, 0);
    }

    public Sgd withWeightDecay(float lambda) {
        return new Sgd(learningRate, lambda, batch, epochs, patience, seed);
    }

    public Sgd withBatch(int samples) {
        return new Sgd(learningRate, weightDecay, samples, epochs, patience, seed);
    }

    public Sgd withPatience(int epochsWithoutGain) {
        return new Sgd(learningRate, weightDecay, batch, epochs, epochsWithoutGain, seed);
    }

    public Sgd withSeed(long value) {
        return new Sgd(learningRate, weightDecay, batch, epochs, patience, value);
    }

    /**
     * What training gave.
     *
     * @param network the parameters after the epoch with the lowest {@link Epoch#validation} (the first of equals), or after
     *     the last epoch without a validation set
     * @param epochs what each epoch gave
     */
    public record Result(Network network, List<Epoch> epochs) {}

    /**
     * Trains a network.
     *
     * @param validation may be null: then all epochs are run
     * @throws IllegalArgumentException if the samples do not fit the network, or the loss its output
     * @throws DivergedException if the loss, of the samples or of the validation set, becomes NaN or infinite
     */
    public Result fit(Network network, Loss loss, Samples training, Samples validation, Backend backend,
            SessionOptions options, TrainingListener listener) {
        Objects.requireNonNull(listener, "listener");
        checkFit("training", training, network);
        Validation judge = null;
        if (validation != null) {
            checkFit("validation", validation, network);
            judge = new Validation(loss, validation);
        }
        SplitMix64 random = new SplitMix64(seed);
        int[] order = new int[training.size()];
        for (int n = 0; n < order.length; n++) {
            order[n] = n;
        }
        List<Epoch> history = new ArrayList<>();
        Network best = null;
        double lowest = Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        try (TrainingSession session = backend.train(network, loss, options)) {
            for (int number = 1; number <= epochs; number++) {
                random.shuffle(order);
                double meanLoss = epoch(number, session, training, order, listener);
                Epoch epoch = judge == null ? new Epoch(number, meanLoss, -1, 0, Double.NaN)
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
            return new Result(best == null ? session.network() : best, List.copyOf(history));
        }
    }

    private double epoch(int number, TrainingSession session, Samples training, int[] order, TrainingListener listener) {
        Matrix x = Matrix.zeros(Math.min(batch, order.length), training.inputs());
        Matrix targets = Matrix.zeros(x.rows(), training.outputs());
        double sum = 0;
        for (int from = 0; from < order.length; from += x.rows()) {
            int count = Math.min(x.rows(), order.length - from);
            for (int n = 0; n < count; n++) {
                training.read(order[from + n], x, targets, n);
            }
            double mean = session.step(x.rows(0, count), targets.rows(0, count), learningRate, weightDecay);
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

    private static void checkFit(String what, Samples samples, Network network) {
        if (samples.size() < 1) {
            throw new IllegalArgumentException("the " + what + " set is empty");
        }
        if (samples.inputs() != network.inputs() || samples.outputs() != network.outputs()) {
            throw new IllegalArgumentException("the " + what + " set has " + samples.inputs() + " inputs and "
                    + samples.outputs() + " outputs, but the network " + network + " takes " + network.inputs() + " and gives "
                    + network.outputs());
        }
    }
}
