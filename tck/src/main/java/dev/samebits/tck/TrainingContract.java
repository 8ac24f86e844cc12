package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Initializer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingSession;
import dev.samebits.train.DivergedException;
import dev.samebits.train.Epoch;
import dev.samebits.train.Samples;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import dev.samebits.train.TrainingResult;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * A training session gives the bits of the definition (losses and every parameter) for every batch size and number of
 * threads, and so does stochastic gradient descent; what cannot be learned from is refused.
 */
class TrainingContract extends BackendContract {
    private static final int[] BATCHES = {1, 2, 7, 16, 33, 64, 200};
    private static final float RATE = 0.05f;
    private static final float DECAY = 0.01f;

    TrainingContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void everyStepHasTheBitsOfTheDefinition() {
        Backend backend = underTest();
        for (Network network : Networks.trainable()) {
            Loss loss = Loss.of(network);
            try (TrainingSession session = backend.train(network, loss, SessionOptions.defaults())) {
                Network want = network;
                // Growing and shrinking batches in one session: buffers of an earlier step must not be seen in a later one.
                for (int rows : new int[] {7, 33, 1, 64, 2, 16}) {
                    Matrix x = Networks.inputs(network, rows);
                    Matrix targets = Networks.targets(network, rows);
                    Definition.Step step = Definition.step(want, loss, x, targets, RATE, DECAY);
                    String what = "step, " + loss + ", " + Networks.describe(network, rows);
                    Assertions.assertEquals(step.meanLoss(), session.step(x, targets, RATE, DECAY), what + ": mean loss");
                    want = step.network();
                    same(what, session.network(), want);
                    Matrix y = Matrix.zeros(rows, network.outputs());
                    session.predict(x, y);
                    Bits.assertSame(what + ": predict while training", y, Definition.predict(want, x));
                }
            }
        }
    }

    static void same(String what, Network got, Network want) {
        for (int l = 0; l < want.layers().size(); l++) {
            String layer = what + ": layer " + (l + 1) + ", ";
            Bits.assertSame(layer + "W", got.layers().get(l).weights(), want.layers().get(l).weights());
            Bits.assertSame(layer + "b", got.layers().get(l).bias(), want.layers().get(l).bias());
            Bits.assertSame(layer + "slopes", got.layers().get(l).slopes(), want.layers().get(l).slopes());
        }
        Assertions.assertEquals(want.fingerprint(), got.fingerprint(), what + ": fingerprint");
    }

    @Test
    void threadsChangeNothing() {
        Backend backend = underTest();
        for (Network network : Networks.mixed()) {
            Loss loss = Loss.of(network);
            for (int rows : BATCHES) {
                Matrix x = Networks.inputs(network, rows);
                Matrix targets = Networks.targets(network, rows);
                Network want = network;
                for (int k = 0; k < 2; k++) {
                    want = Definition.step(want, loss, x, targets, RATE, 0).network();
                }
                for (int threads = 1; threads <= 4; threads++) {
                    try (TrainingSession session = backend.train(network, loss, SessionOptions.ofThreads(threads))) {
                        session.step(x, targets, RATE, 0);
                        session.step(x, targets, RATE, 0);
                        same("two steps on " + threads + " threads, " + loss + ", " + Networks.describe(network, rows),
                                session.network(), want);
                    }
                }
            }
        }
    }

    @Test
    void buffersWithOffsetAndStride() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(1);
        Loss loss = Loss.of(network);
        Network want = Definition.step(network, loss, Networks.inputs(network, 17), Networks.targets(network, 17), RATE, 0)
                .network();
        Buffers buffers = new Buffers("step", Values.NORMAL, Values.seed(), 3);
        Matrix x = buffers.changed("x", 17, network.inputs());
        Matrix targets = buffers.changed("targets", 17, network.outputs());
        Networks.inputs(network, 17).copyTo(x);
        Networks.targets(network, 17).copyTo(targets);
        try (TrainingSession session = backend.train(network, loss, SessionOptions.ofThreads(2))) {
            session.step(x, targets, RATE, 0);
            buffers.verify();
            Bits.assertSame("x after a step", x, Networks.inputs(network, 17));
            Bits.assertSame("targets after a step", targets, Networks.targets(network, 17));
            same("step with strided buffers, " + Networks.describe(network, 17), session.network(), want);
        }
    }

    @Test
    void sgdGivesTheFingerprintOfTheDefinition() {
        Backend backend = underTest();
        Backend definition = BackendUnderTest.named("scalar");
        for (Network network : Networks.mixed()) {
            Samples samples = Samples.of(Networks.inputs(network, 37), Networks.targets(network, 37));
            Samples validation = Samples.of(Networks.inputs(network, 11), Networks.targets(network, 11));
            Sgd sgd = Sgd.of(RATE, 3).withBatch(8).withWeightDecay(DECAY).withSeed(Values.seed());
            TrainingRequest request = TrainingRequest.of(network, Loss.of(network), samples).withValidation(validation);
            TrainingResult want = sgd.fit(request.withBackend(definition));
            TrainingResult got = sgd.fit(request.withBackend(backend).withThreads(3));
            String what = "Sgd.fit, batch 8 of 37, -Dsamebits.seed=" + Values.seed() + ", " + network;
            Assertions.assertEquals(want.epochs(), got.epochs(), what + ": epochs");
            same(what, got.network(), want.network());
        }
    }

    /** The worked case of Algorithm 4.1: four points, four classes, no validation error within 100 epochs. */
    @Test
    void theWorkedCaseOfAlgorithm41() {
        Backend backend = underTest();
        Samples training = Samples.of(Matrix.of(4, 2, 1, 2, -3, 4, -1, -2, 3, -4),
                Samples.oneHot(new int[] {0, 1, 2, 3}, 4));
        Samples validation = Samples.of(Matrix.of(4, 2, 12, 14, 11, -12, -13, -14, -11, 12),
                Samples.oneHot(new int[] {0, 3, 2, 1}, 4));
        for (long seed = 1; seed <= 5; seed++) {
            Network network = Network.builder(2).dense(4, Activation.LOGISTIC).dense(4, Activation.IDENTITY).softmax()
                    .weights(Initializer.UNIT_UNIFORM).biases(1).build(seed);
            Sgd sgd = Sgd.of(0.1f, 100).withWeightDecay(0.01f).withSeed(seed);
            List<Epoch> epochs = sgd.fit(TrainingRequest.of(network, Loss.CROSS_ENTROPY, training)
                    .withValidation(validation).withBackend(backend)).epochs();
            Assertions.assertEquals(0, epochs.get(epochs.size() - 1).validationErrors(),
                    "validation errors after " + epochs.size() + " epochs, seed " + seed);
        }
    }

    @Test
    void theNamesOfTheNetworkAreKept() {
        Network network = Network.builder(2).dense(3, Activation.IDENTITY).build(1)
                .withNames(new Names(List.of("a", "b"), List.of("c", "d", "e"), List.of()));
        try (TrainingSession session = underTest().train(network, Loss.SQUARED_ERROR)) {
            session.step(Networks.inputs(network, 4), Networks.targets(network, 4), RATE, 0);
            Assertions.assertEquals(network.names(), session.network().names());
        }
    }

    @Test
    void divergenceIsNamed() {
        Backend backend = underTest();
        Network network = Network.builder(3).dense(4, Activation.RELU).dense(2, Activation.IDENTITY).build(1);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            Matrix x = Networks.inputs(network, 10);
            x.set(6, 1, bad);
            Samples samples = Samples.of(x, Networks.targets(network, 10));
            Sgd sgd = Sgd.of(0.01f, 3).withBatch(4);
            TrainingRequest request = TrainingRequest.of(network, Loss.SQUARED_ERROR, samples).withBackend(backend);
            String message = Assertions.assertThrows(DivergedException.class, () -> sgd.fit(request)).getMessage();
            Assertions.assertTrue(message.contains("epoch 1") && message.contains("batch"), message);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        Assertions.assertThrows(IllegalArgumentException.class,
                () -> backend.train(network, Loss.SQUARED_ERROR, SessionOptions.defaults()));
        try (TrainingSession session = backend.train(network, Loss.CROSS_ENTROPY, SessionOptions.ofThreads(2))) {
            Assertions.assertEquals(backend(), session.backend().name());
            refuses(session, Matrix.zeros(3, 19), Matrix.zeros(3, 10), "20", "19");
            refuses(session, Matrix.zeros(3, 20), Matrix.zeros(3, 11), "10", "11");
            refuses(session, Matrix.zeros(3, 20), Matrix.zeros(4, 10), "3", "4");
            refuses(session, Matrix.zeros(0, 20), Matrix.zeros(0, 10), "one", "row");
            same("after refused steps", session.network(), network);
        }
    }

    private static void refuses(TrainingSession session, Matrix x, Matrix targets, String one, String other) {
        String message = Assertions.assertThrows(IllegalArgumentException.class, () -> session.step(x, targets, RATE, 0))
                .getMessage();
        Assertions.assertTrue(message.contains(one) && message.contains(other),
                "the message must name " + one + " and " + other + ", but is: " + message);
    }
}
