package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.GraphBuilder;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Operation;
import dev.samebits.Optimizer;
import dev.samebits.Quantization;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import dev.samebits.Step;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.train.Samples;
import dev.samebits.train.Schedule;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import dev.samebits.train.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Training of a network with branches gives the bits of the definition, losses and every parameter, for networks of the
 * kinds that people build and at random, every optimizer, batch size and number of threads; of one that fails, the report
 * has the smallest part that still does. Of a table only the entries move that a batch names; what cannot be learned from is
 * refused.
 */
class GraphTrainingContract extends BackendContract {
    private static final int RANDOM_GRAPHS = 60;
    private static final float RATE = 0.05f;
    private static final float DECAY = 0.01f;

    GraphTrainingContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void everyKind() {
        Backend backend = underTest();
        for (Network network : kinds()) {
            for (int i = 0; i < OptimizerContract.ALL.size(); i++) {
                // Growing and shrinking batches in one session: what an earlier step left must not be seen in a later one.
                learns(backend, network, objective(network, i), OptimizerContract.ALL.get(i), 1 + i % 3, 7, 33, 1, 70);
            }
        }
    }

    @Test
    void atRandom() {
        Backend backend = underTest();
        for (int i = 0; i < RANDOM_GRAPHS; i++) {
            Network network = Graphs.learning(1000 * Values.seed() + i);
            learns(backend, network, objective(network, i), OptimizerContract.ALL.get(i % OptimizerContract.ALL.size()),
                    1 + i % 3, 3 + i, 19);
        }
    }

    /** A chain whose loss has a weight goes the same way. */
    @Test
    void chains() {
        Backend backend = underTest();
        for (Network network : Networks.trainable()) {
            learns(backend, network, Objective.of("output", Loss.of(network), 0.75f), Optimizer.adam(), 2, 33, 5);
        }
    }

    /** Those without steps of whole numbers, which have no gradient. */
    static List<Network> kinds() {
        return Graphs.kinds().stream().filter(network -> network.steps().stream().map(Step::operation)
                .noneMatch(o -> o instanceof Operation.Quantize || o instanceof Operation.IntegerDense)).toList();
    }

    // The losses that go with the outputs, some with a weight, some left out.
    private static Objective objective(Network network, int number) {
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

    private static void learns(
            Backend backend, Network network, Objective objective, Optimizer optimizer, int threads, int... batches) {
        String failure = failure(backend, network, objective, optimizer, threads, batches);
        if (failure != null) {
            Assertions.fail(smallest(backend, network, optimizer, threads, batches, failure));
        }
    }

    // What is wrong, or null.
    private static String failure(
            Backend backend, Network network, Objective objective, Optimizer optimizer, int threads, int... batches) {
        try (TrainingSession session = backend.train(network, objective, optimizer, SessionOptions.ofThreads(threads))) {
            StepTrainingDefinition definition = new StepTrainingDefinition(network, objective, optimizer);
            for (int rows : batches) {
                String what = optimizer + " on " + threads + " threads, " + objective + ", "
                        + Networks.describe(network, rows);
                Matrix x = Networks.inputs(network, rows);
                Matrix targets = targets(network, objective, rows);
                double want = definition.step(x, targets, RATE, DECAY);
                Assertions.assertEquals(want, session.step(x, targets, RATE, DECAY), what + ": mean loss");
                StepTrainingDefinition.same(what, session.network(), definition.network());
                Matrix y = Matrix.zeros(rows, network.outputs());
                session.predict(x, y);
                Bits.assertSame(what + ": predict while training", y, Definition.predict(definition.network(), x));
            }
            return null;
        } catch (IllegalArgumentException e) {
            // A part without parameters cannot fail.
            return e.getMessage().startsWith("train: no parameter") ? null : e.toString();
        } catch (AssertionError | RuntimeException e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }

    // The first value that fails alone, cut off from as many values before it as may be.
    private static String smallest(
            Backend backend, Network network, Optimizer optimizer, int threads, int[] batches, String failure) {
        int inputs = network.inputSections().size();
        for (int value = inputs; value < inputs + network.steps().size(); value++) {
            Set<Integer> cuts = new HashSet<>();
            String found = failureOf(backend, Graphs.cut(network, value, cuts), optimizer, threads, batches);
            for (int other = value - 1; found != null && other >= inputs; other--) {
                Set<Integer> more = new HashSet<>(cuts);
                more.add(other);
                String still = failureOf(backend, Graphs.cut(network, value, more), optimizer, threads, batches);
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

    private static String failureOf(Backend backend, Network network, Optimizer optimizer, int threads, int[] batches) {
        return failure(backend, network, Objective.of(network), optimizer, threads, batches);
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

    /** Entries stay, and what the optimizer remembers of them does not move them later, while no batch names them. */
    @Test
    void onlyEntriesThatABatchNamesMove() {
        GraphBuilder g = Network.graph();
        g.output("y", g.input("ids", 2).embedding(100, 5).dense(1, Activation.IDENTITY));
        Network network = g.build(Values.seed());
        Matrix first = Matrix.of(3, 2, 7, 9, 7, 7, 99, 9);
        Matrix second = Matrix.of(2, 2, 1, 99, 1, 2);
        for (Optimizer optimizer : OptimizerContract.ALL) {
            try (TrainingSession session = underTest().train(network, Objective.of(network), optimizer,
                    SessionOptions.ofThreads(2))) {
                session.step(first, Matrix.zeros(3, 1), RATE, DECAY);
                Matrix before = table(session.network());
                moves(optimizer + ", first batch", table(network), before, Set.of(7, 9, 99));
                session.step(second, Matrix.zeros(2, 1), RATE, DECAY);
                moves(optimizer + ", second batch", before, table(session.network()), Set.of(1, 2, 99));
            }
        }
    }

    private static Matrix table(Network network) {
        return ((Operation.Embed) network.steps().get(0).operation()).table().toMatrix();
    }

    private static void moves(String what, Matrix before, Matrix after, Set<Integer> named) {
        for (int entry = 0; entry < before.rows(); entry++) {
            boolean same = Arrays.equals(before.rows(entry, 1).copy().data(), after.rows(entry, 1).copy().data());
            Assertions.assertEquals(!named.contains(entry), same, what + ": whether entry " + entry + " stays");
        }
    }

    @Test
    void sgdGivesTheNetworkOfTheDefinition() {
        Backend backend = underTest();
        Backend definition = BackendUnderTest.named("scalar");
        for (Network network : kinds()) {
            Objective objective = objective(network, 5);
            Samples samples = Samples.of(Networks.inputs(network, 37), targets(network, objective, 37));
            Samples validation = Samples.of(Networks.inputs(network, 11), targets(network, objective, 11));
            Sgd sgd = Sgd.of(RATE, 3).withBatch(8).withWeightDecay(DECAY).withSeed(Values.seed())
                    .withOptimizer(Optimizer.adamW()).withSchedule(Schedule.cosine());
            TrainingRequest request = TrainingRequest.of(network, objective, samples).withValidation(validation);
            TrainingResult want = sgd.fit(request.withBackend(definition));
            TrainingResult got = sgd.fit(request.withBackend(backend).withThreads(3));
            String what = "Sgd.fit, batch 8 of 37, -Dsamebits.seed=" + Values.seed() + ", " + network;
            Assertions.assertEquals(want.epochs(), got.epochs(), what + ": epochs");
            StepTrainingDefinition.same(what, got.network(), want.network());
            Assertions.assertEquals(want.network().fingerprint(), got.network().fingerprint(), what);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Backend backend = underTest();
        Network network = Graphs.kinds().get(0);
        refuses(() -> backend.train(network, Loss.SQUARED_ERROR), "the output policy", "without softmax", "Objective.of");
        refuses(() -> backend.train(network, Objective.of("value", Loss.CROSS_ENTROPY, 1)), "the output value", "softmax");
        refuses(() -> backend.train(network, Objective.of("worth", Loss.SQUARED_ERROR, 1)), "no output worth", "value");
        GraphBuilder g = Network.graph();
        Network fixed = g.output("y", g.input("x", 3).scaleShift(2, 1)).build();
        GraphBuilder whole = Network.graph();
        whole.output("y", whole.input("x", 3).dense(2, Activation.RELU).quantize(Quantization.int8(0.5f, 1)));
        Network quantized = whole.build(1);
        refuses(() -> backend.train(quantized, Objective.of(quantized)), "train: step 2, quantize", "no gradient");
        TrainingOptions clipped = TrainingOptions.of(Optimizer.adam()).withClipNorm(1);
        refuses(() -> backend.train(network, Objective.of(network), clipped, SessionOptions.defaults()), "clipped to 1.0",
                "leave them out");
        refuses(() -> backend.train(fixed, Objective.of(fixed)), "no parameter", "squared-error of y");
        try (TrainingSession session = backend.train(network, Objective.of(network))) {
            Assertions.assertEquals(backend(), session.backend().name());
            refuses(() -> session.step(Matrix.zeros(3, 18), Matrix.zeros(3, 5), RATE, 0), "step", "6 outputs", "3 × 5");
            refuses(() -> session.step(Matrix.zeros(3, 17), Matrix.zeros(3, 6), RATE, 0), "step", "18 inputs", "3 × 17");
            refuses(() -> session.step(Matrix.zeros(3, 18), Matrix.zeros(2, 6), RATE, 0), "step", "3 × 18", "2 × 6");
            refuses(() -> session.step(Matrix.zeros(0, 18), Matrix.zeros(0, 6), RATE, 0), "at least one row");
            refuses(() -> session.step(Matrix.zeros(1, 18), Matrix.zeros(1, 6), new float[] {1}, RATE, 0),
                    "weights of rows are for chains");
            StepTrainingDefinition.same("after refused steps", session.network(), network);
        }
        Network click = Graphs.kinds().get(1);
        try (TrainingSession session = backend.train(click, Objective.of(click))) {
            Matrix x = Networks.inputs(click, 9);
            x.set(8, 1, 12);
            refuses(() -> session.step(x, Matrix.zeros(9, 1), RATE, 0), "step: row 8", "categories is 12.0", "0 to 11");
            StepTrainingDefinition.same("after a bad id", session.network(), click);
        }
    }

    private static void refuses(Runnable call, String... says) {
        String message = Assertions.assertThrows(IllegalArgumentException.class, call::run).getMessage();
        for (String part : says) {
            Assertions.assertTrue(message.contains(part), () -> "the message must have " + part + ", but is: " + message);
        }
        Assertions.assertFalse(message.contains("\n"), message);
    }
}
