package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Dropout;
import dev.samebits.GraphBuilder;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Operation;
import dev.samebits.Optimizer;
import dev.samebits.Quantization;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.train.Samples;
import dev.samebits.train.Schedule;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import dev.samebits.train.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Training of a network with branches gives the bits of the definition, losses and every parameter, for networks of the
 * kinds that people build and at random, every optimizer, batch size and number of threads. Of a table only the entries move
 * that a batch names; what cannot be learned from is refused.
 */
class GraphTrainingContract extends BackendContract {
    private static final int RANDOM_GRAPHS = 60;
    private static final float RATE = GraphLearning.RATE;
    private static final float DECAY = GraphLearning.DECAY;

    GraphTrainingContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void everyKind() {
        for (Network network : GraphLearning.kinds()) {
            for (int i = 0; i < OptimizerContract.ALL.size(); i++) {
                // Growing and shrinking batches in one session: what an earlier step left must not be seen in a later one.
                plain(OptimizerContract.ALL.get(i), 1 + i % 3, 7, 33, 1, 70)
                        .learns(network, GraphLearning.objective(network, i));
            }
        }
    }

    @Test
    void atRandom() {
        for (int i = 0; i < RANDOM_GRAPHS; i++) {
            Network network = Graphs.learning(1000 * Values.seed() + i);
            plain(OptimizerContract.ALL.get(i % OptimizerContract.ALL.size()), 1 + i % 3, 3 + i, 19)
                    .learns(network, GraphLearning.objective(network, i));
        }
    }

    /** A chain whose loss has a weight goes the same way. */
    @Test
    void chains() {
        for (Network network : Networks.trainable()) {
            plain(Optimizer.adam(), 2, 33, 5).learns(network, Objective.of("output", Loss.of(network), 0.75f));
        }
    }

    private GraphLearning plain(Optimizer optimizer, int threads, int... batches) {
        return new GraphLearning(underTest(), TrainingOptions.of(optimizer), false, threads, batches);
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
        for (Network network : GraphLearning.kinds()) {
            Objective objective = GraphLearning.objective(network, 5);
            Samples samples = Samples.of(Networks.inputs(network, 37), GraphLearning.targets(network, objective, 37));
            Samples validation = Samples.of(Networks.inputs(network, 11), GraphLearning.targets(network, objective, 11));
            Sgd sgd = Sgd.of(RATE, 3).withBatch(8).withWeightDecay(DECAY).withSeed(Values.seed())
                    .withOptimizer(Optimizer.adamW()).withSchedule(Schedule.cosine());
            TrainingRequest request = TrainingRequest.of(network, objective, samples).withValidation(validation);
            TrainingResult want = sgd.fit(request.withBackend(definition));
            TrainingResult got = sgd.fit(request.withBackend(backend).withThreads(3));
            String what = "Sgd.fit, batch 8 of 37, -Dsamebits.seed=" + Values.seed() + ", " + network;
            Assertions.assertEquals(want.epochs(), got.epochs(), what + ": epochs");
            StepParameters.same(what, got.network(), want.network());
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
        TrainingOptions rates = TrainingOptions.of(Optimizer.adam()).withDropout(new Dropout(List.of(0.1f, 0.2f), 1));
        refuses(() -> backend.train(network, Objective.of(network), rates, SessionOptions.defaults()), "2 rates",
                "5 hidden layers");
        TrainingOptions dropout = TrainingOptions.of(Optimizer.SGD).withDropout(Dropout.of(0.1f, 1));
        GraphBuilder none = Network.graph();
        Network single = none.output("y", none.input("x", 3).dense(2, Activation.RELU).scaleShift(2, 1)).build(1);
        refuses(() -> backend.train(single, Objective.of(single), dropout, SessionOptions.defaults()), "hidden layers",
                "has none");
        refuses(() -> backend.train(fixed, Objective.of(fixed)), "no parameter", "squared-error of y");
        try (TrainingSession session = backend.train(network, Objective.of(network))) {
            Assertions.assertEquals(backend(), session.backend().name());
            refuses(() -> session.step(Matrix.zeros(3, 18), Matrix.zeros(3, 5), RATE, 0), "step", "6 outputs", "3 × 5");
            refuses(() -> session.step(Matrix.zeros(3, 17), Matrix.zeros(3, 6), RATE, 0), "step", "18 inputs", "3 × 17");
            refuses(() -> session.step(Matrix.zeros(3, 18), Matrix.zeros(2, 6), RATE, 0), "step", "3 × 18", "2 × 6");
            refuses(() -> session.step(Matrix.zeros(0, 18), Matrix.zeros(0, 6), RATE, 0), "at least one row");
            refuses(() -> session.step(Matrix.zeros(2, 18), Matrix.zeros(2, 6), new float[] {1}, RATE, 0), "2 × 18",
                    "1 weights");
            refuses(() -> session.step(Matrix.zeros(2, 18), Matrix.zeros(2, 6), new float[] {1, -1}, RATE, 0), "row 1",
                    "-1.0");
            StepParameters.same("after refused steps", session.network(), network);
        }
        Network click = Graphs.kinds().get(1);
        try (TrainingSession session = backend.train(click, Objective.of(click))) {
            Matrix x = Networks.inputs(click, 9);
            x.set(8, 1, 12);
            refuses(() -> session.step(x, Matrix.zeros(9, 1), RATE, 0), "step: row 8", "categories is 12.0", "0 to 11");
            StepParameters.same("after a bad id", session.network(), click);
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
