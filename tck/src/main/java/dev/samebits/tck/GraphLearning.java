package dev.samebits.tck;

import dev.samebits.Backend;
import dev.samebits.Dropout;
import dev.samebits.HiddenLayers;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Operation;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import dev.samebits.Step;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * One way to train a network with branches, compared with the definition after each batch: losses, every parameter, and what
 * is predicted meanwhile. Of a network that fails, the report has the smallest part that still does.
 *
 * @param weighted whether rows count differently
 * @param batches rows of each
 */
record GraphLearning(Backend backend, TrainingOptions options, boolean weighted, int threads, int... batches) {
    static final float RATE = 0.05f;
    static final float DECAY = 0.01f;

    /** Those without steps of whole numbers, which have no gradient. */
    static List<Network> kinds() {
        return Graphs.kinds().stream().filter(network -> network.steps().stream().map(Step::operation)
                .noneMatch(o -> o instanceof Operation.Quantize || o instanceof Operation.IntegerDense)).toList();
    }

    /** The losses that go with the outputs, some with a weight, some left out. */
    static Objective objective(Network network, int number) {
        List<Objective.Term> all = Objective.of(network).terms();
        List<Objective.Term> some = new ArrayList<>();
        SplitMix64 random = new SplitMix64(Values.seed() + number);
        for (Objective.Term term : all) {
            if (all.size() == 1 || random.nextInt(4) > 0) {
                float weight = random.nextInt(2) == 0 ? 1 : 0.1f + random.nextFloat();
                some.add(new Objective.Term(term.output(), term.loss(), weight));
            }
        }
        return some.isEmpty() ? Objective.of(network) : new Objective(some);
    }

    /** Fails where a session differs from the definition. */
    void learns(Network network, Objective objective) {
        String failure = failure(network, objective);
        if (failure != null) {
            Assertions.fail(smallest(network, failure));
        }
    }

    // What is wrong, or null.
    private @Nullable String failure(Network network, Objective objective) {
        try (TrainingSession session =
                backend.train(network, objective, options, SessionOptions.ofThreads(threads))) {
            Assertions.assertEquals(options, session.training());
            StepTrainingDefinition definition = new StepTrainingDefinition(network, objective, options);
            for (int k = 0; k < batches.length; k++) {
                step(session, definition, network, objective, k);
            }
            return null;
        } catch (IllegalArgumentException e) {
            // A part without parameters cannot fail.
            return e.getMessage().startsWith("train: no parameter") ? null : e.toString();
        } catch (AssertionError | RuntimeException e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }

    private void step(
            TrainingSession session, StepTrainingDefinition definition, Network network, Objective objective, int k) {
        int rows = batches[k];
        String what = options + (weighted ? ", weighted" : "") + " on " + threads + " threads, " + objective + ", "
                + Networks.describe(network, rows);
        Matrix x = Networks.inputs(network, rows);
        Matrix targets = targets(network, objective, rows);
        float[] weights = weighted ? weights(rows, k) : null;
        double want = definition.step(x, targets, weights, RATE, DECAY);
        double got = weighted ? session.step(x, targets, weights, RATE, DECAY) : session.step(x, targets, RATE, DECAY);
        Assertions.assertEquals(want, got, what + ": mean loss");
        StepParameters.same(what, session.network(), definition.network());
        Matrix y = Matrix.zeros(rows, network.outputs());
        session.predict(x, y);
        Bits.assertSame(what + ": predict while training", y, Definition.predict(definition.network(), x));
    }

    /** Some of them zeros, and in one batch of many all; more than there are rows. */
    static float[] weights(int rows, int batch) {
        float[] weights = Values.NORMAL.array(rows + 3, Values.seed() + batch);
        for (int n = 0; n < weights.length; n++) {
            weights[n] = batch == 5 || n % 5 == 3 ? 0 : Math.abs(weights[n]) + 0.1f;
        }
        return weights;
    }

    // The first value that fails alone, cut off from as many values before it as may be.
    private String smallest(Network network, String failure) {
        int inputs = network.inputSections().size();
        for (int value = inputs; value < inputs + network.steps().size(); value++) {
            Set<Integer> cuts = new HashSet<>();
            String found = failureOf(Graphs.cut(network, value, cuts));
            for (int other = value - 1; found != null && other >= inputs; other--) {
                Set<Integer> more = new HashSet<>(cuts);
                more.add(other);
                String still = failureOf(Graphs.cut(network, value, more));
                found = still == null ? found : still;
                cuts = still == null ? cuts : more;
            }
            if (found != null) {
                return found + "\nof this network, the smallest part of one that fails:\n"
                        + Graphs.cut(network, value, cuts).describe();
            }
        }
        return failure + "\nof this network, no value of which fails alone:\n" + network.describe();
    }

    private @Nullable String failureOf(Network network) {
        // A part with other hidden layers has other rates, and nothing to drop and normalise where it has none.
        boolean hides = !HiddenLayers.of(network).isEmpty();
        Dropout all = options.dropout();
        Dropout dropout = all == null || !hides ? null : Dropout.of(all.rates().get(0), all.seed());
        TrainingOptions part = new TrainingOptions(options.optimizer(), options.clipNorm(), dropout,
                hides ? options.batchNorm() : null);
        return new GraphLearning(backend, part, weighted, threads, batches).failure(network, Objective.of(network));
    }

    /** Targets that suit each loss; numbers that no loss may read where an output has none. */
    static Matrix targets(Network network, Objective objective, int rows) {
        Matrix targets = Matrix.of(rows, network.outputs(), new float[rows * network.outputs()]);
        Arrays.fill(targets.data(), Float.NaN);
        for (Objective.Term term : objective.terms()) {
            Matrix of = network.outputSection(term.output()).of(targets);
            Matrix.of(rows, of.columns(), Values.NORMAL.array(rows * of.columns(), Values.seed() + rows)).copyTo(of);
            for (int n = 0; n < rows && term.loss() != Loss.SQUARED_ERROR; n++) {
                for (int j = 0; j < of.columns(); j++) {
                    boolean one = term.loss() == Loss.CROSS_ENTROPY ? j == (3 * n + rows) % of.columns() : of.get(n, j) > 0;
                    of.set(n, j, one ? 1 : 0);
                }
            }
        }
        return targets;
    }
}
