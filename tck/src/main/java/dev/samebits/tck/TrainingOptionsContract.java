package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Dropout;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.train.Samples;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import dev.samebits.train.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.jspecify.annotations.Nullable;

/**
 * Clipped gradients, dropout and weights of rows give the bits of the definition, alone and together, with every optimizer,
 * for every batch size and number of threads.
 */
class TrainingOptionsContract extends BackendContract {
    private static final int[] BATCHES = {7, 33, 1, 64, 1, 2, 16, 150};
    private static final float RATE = 0.01f;
    private static final float DECAY = 0.1f;

    TrainingOptionsContract(BackendContracts judged) {
        super(judged);
    }

    private static List<Network> networks() {
        List<Network> networks = new ArrayList<>(Networks.mixed());
        networks.add(Network.builder(9).dense(67, Activation.IDENTITY).dense(33, Activation.PRELU).maxout(18, 2)
                .dense(5, Activation.PRELU).build(Values.seed()));
        networks.add(Network.builder(1050).dense(17, Activation.TANH).dense(3, Activation.IDENTITY).softmax()
                .build(Values.seed()));
        return networks;
    }

    // Rates for each hidden layer: of the largest that is a float below 1, of one half, and none.
    private static Dropout dropout(Network network, float first) {
        List<Float> rates = new ArrayList<>();
        for (int l = 0; l + 1 < network.layers().size(); l++) {
            rates.add(l == 0 ? first : l == 1 ? 0.5f : 0f);
        }
        return new Dropout(rates, Values.seed());
    }

    @Test
    void everyStepHasTheBitsOfTheDefinition() {
        Backend backend = underTest();
        for (Network network : networks()) {
            TrainingOptions sgd = TrainingOptions.of(Optimizer.SGD);
            TrainingOptions adam = TrainingOptions.of(Optimizer.adam());
            // Of these lengths the first clips always, the second sometimes, the third never.
            everyStep(backend, network, sgd.withClipNorm(0.01f), false);
            everyStep(backend, network, adam.withClipNorm(1).withDropout(dropout(network, 0.3f)), true);
            if (network.inputs() < 20) {
                everyStep(backend, network, adam.withClipNorm(1e10f), true);
                everyStep(backend, network, sgd, true);
                everyStep(backend, network, sgd.withDropout(dropout(network, 0x1.fffffep-1f)), false);
                for (Optimizer optimizer : OptimizerContract.ALL) {
                    everyStep(backend, network, TrainingOptions.of(optimizer).withClipNorm(0.1f)
                            .withDropout(dropout(network, 0.1f)), true);
                }
            }
        }
    }

    private static void everyStep(Backend backend, Network network, TrainingOptions options, boolean weighted) {
        Loss loss = Loss.of(network);
        try (TrainingSession alone = backend.train(network, loss, options, SessionOptions.defaults());
                TrainingSession shared = backend.train(network, loss, options, SessionOptions.ofThreads(2))) {
            Assertions.assertEquals(options, alone.training());
            Memory memory = new Memory(options, network);
            Network want = network;
            for (int k = 0; k < BATCHES.length; k++) {
                Matrix x = Networks.inputs(network, BATCHES[k]);
                Matrix targets = Networks.targets(network, BATCHES[k]);
                float[] weights = weighted && k != 4 ? weights(BATCHES[k], k) : null;
                float rate = RATE / (1 + k);
                Definition.Step step = Definition.step(memory, want, loss, x, targets, weights, rate, DECAY);
                want = step.network();
                for (TrainingSession session : List.of(alone, shared)) {
                    String what = options + (weights == null ? "" : ", weighted") + ", step " + (k + 1) + " on "
                            + session.threads() + " threads, " + Networks.describe(network, BATCHES[k]);
                    double meanLoss = step(session, x, targets, weights, rate);
                    Assertions.assertEquals(step.meanLoss(), meanLoss, what + ": mean loss");
                    TrainingContract.same(what, session.network(), want);
                }
            }
            Matrix x = Networks.inputs(network, 5);
            Matrix y = Matrix.zeros(5, network.outputs());
            alone.predict(x, y);
            Bits.assertSame(options + ": predict while training", y, Definition.predict(want, x));
        }
    }

    private static double step(TrainingSession session, Matrix x, Matrix targets, float @Nullable [] weights, float rate) {
        return weights == null ? session.step(x, targets, rate, DECAY) : session.step(x, targets, weights, rate, DECAY);
    }

    // Some of them zeros, and in one batch all; more than there are rows.
    private static float[] weights(int rows, int batch) {
        float[] weights = Values.NORMAL.array(rows + 3, Values.seed() + batch);
        for (int n = 0; n < weights.length; n++) {
            weights[n] = batch == 5 || n % 5 == 3 ? 0 : Math.abs(weights[n]) + 0.1f;
        }
        return weights;
    }

    @Test
    void weightsOfOneChangeNothing() {
        Backend backend = underTest();
        for (Network network : networks()) {
            Loss loss = Loss.of(network);
            for (int rows : BATCHES) {
                Matrix x = Networks.inputs(network, rows);
                Matrix targets = Networks.targets(network, rows);
                float[] ones = new float[rows];
                Arrays.fill(ones, 1);
                try (TrainingSession plain = backend.train(network, loss);
                        TrainingSession weighted = backend.train(network, loss)) {
                    double want = plain.step(x, targets, RATE, DECAY);
                    String what = "weights of 1, " + Networks.describe(network, rows);
                    Assertions.assertEquals(want, weighted.step(x, targets, ones, RATE, DECAY), what + ": mean loss");
                    TrainingContract.same(what, weighted.network(), plain.network());
                }
            }
        }
    }

    /** A gradient of NaN or infinite length makes no silent step: the parameters tell. */
    @Test
    void aGradientWithoutLengthIsSeen() {
        Backend backend = underTest();
        Network network = Network.builder(3).dense(4, Activation.IDENTITY).dense(2, Activation.IDENTITY)
                .build(Values.seed());
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e25f}) {
            Matrix x = Networks.inputs(network, 10);
            x.set(6, 1, bad);
            try (TrainingSession session = backend.train(network, Loss.SQUARED_ERROR,
                    TrainingOptions.of(Optimizer.SGD).withClipNorm(1), SessionOptions.defaults())) {
                session.step(x, Networks.targets(network, 10), RATE, 0);
                for (Layer layer : session.network().layers()) {
                    for (float b : layer.bias()) {
                        Assertions.assertTrue(Float.isNaN(b), "a bias is " + b + " after an input of " + bad);
                    }
                }
            }
        }
    }

    /** The step of plain descent that is clipped has the direction of the one that is not, and the length of the norm. */
    @Test
    void clippingKeepsTheDirection() {
        Backend backend = underTest();
        for (Network network : networks()) {
            List<float[]> plain = movedBy(backend, network, TrainingOptions.of(Optimizer.SGD));
            double length = length(plain);
            float norm = (float) (length / 3);
            List<float[]> clipped = movedBy(backend, network, TrainingOptions.of(Optimizer.SGD).withClipNorm(norm));
            String what = "clipped to a third of " + length + ", " + network;
            Assertions.assertEquals(norm, length(clipped), 1e-4 * norm, what);
            for (int l = 0; l < plain.size(); l++) {
                for (int i = 0; i < plain.get(l).length; i++) {
                    Assertions.assertEquals(plain.get(l)[i] / 3, clipped.get(l)[i], 1e-4 * norm, what);
                }
            }
        }
    }

    // Each parameter's gradient: what a step of such a rate takes off, that what was there before is lost beside it.
    private static List<float[]> movedBy(Backend backend, Network network, TrainingOptions options) {
        float rate = 0x1p40f;
        try (TrainingSession session = backend.train(network, Loss.of(network), options, SessionOptions.defaults())) {
            session.step(Networks.inputs(network, 20), Networks.targets(network, 20), rate, 0);
            List<float[]> moved = new ArrayList<>();
            for (Layer layer : session.network().layers()) {
                moved.addAll(List.of(layer.weights().data(), layer.bias(), layer.slopes()));
            }
            moved.replaceAll(values -> {
                float[] gradient = values.clone();
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] /= -rate;
                }
                return gradient;
            });
            return moved;
        }
    }

    private static double length(List<float[]> parts) {
        double sum = 0;
        for (float[] part : parts) {
            for (float value : part) {
                sum += (double) value * value;
            }
        }
        return Math.sqrt(sum);
    }

    @Test
    void sgdGivesTheFingerprintOfTheDefinition() {
        Backend backend = underTest();
        Backend definition = BackendUnderTest.named("scalar");
        for (Network network : Networks.mixed()) {
            Samples samples = Samples.of(Networks.inputs(network, 37), Networks.targets(network, 37));
            Samples validation = Samples.of(Networks.inputs(network, 11), Networks.targets(network, 11));
            Sgd sgd = Sgd.of(RATE, 3).withBatch(8).withOptimizer(Optimizer.adam()).withClipNorm(0.1f)
                    .withDropout(dropout(network, 0.2f)).withSeed(Values.seed());
            TrainingRequest request = TrainingRequest
                    .of(network, Loss.of(network), samples.withWeights(weights(34, 1)))
                    .withValidation(validation.withWeights(weights(8, 2)));
            TrainingResult want = sgd.fit(request.withBackend(definition));
            TrainingResult got = sgd.fit(request.withBackend(backend).withThreads(3));
            String what = "Sgd.fit, -Dsamebits.seed=" + Values.seed() + ", " + network;
            Assertions.assertEquals(want.epochs(), got.epochs(), what + ": epochs");
            TrainingContract.same(what, got.network(), want.network());
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        TrainingOptions sgd = TrainingOptions.of(Optimizer.SGD);
        refuses("3 rates", "2 hidden layers", () -> backend.train(network, Loss.CROSS_ENTROPY,
                sgd.withDropout(new Dropout(List.of(0.1f, 0.2f, 0.3f), 1)), SessionOptions.defaults()));
        Network single = Network.builder(6).dense(3, Activation.IDENTITY).build(1);
        refuses("hidden", "none", () -> backend.train(single, Loss.SQUARED_ERROR, sgd.withDropout(Dropout.of(0.1f, 1)),
                SessionOptions.defaults()));
        try (TrainingSession session = backend.train(network, Loss.CROSS_ENTROPY)) {
            Matrix x = Networks.inputs(network, 3);
            Matrix targets = Networks.targets(network, 3);
            refuses("3", "2 weights", () -> session.step(x, targets, new float[2], RATE, 0));
            for (float bad : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY, 1e-30f, 1e30f}) {
                refuses("row 1", "" + bad, () -> session.step(x, targets, new float[] {1, bad, 1}, RATE, 0));
            }
            TrainingContract.same("after refused steps", session.network(), network);
        }
    }

    private static void refuses(String one, String other, Executable call) {
        String message = Assertions.assertThrows(IllegalArgumentException.class, call).getMessage();
        Assertions.assertTrue(message.contains(one) && message.contains(other),
                "the message must name " + one + " and " + other + ", but is: " + message);
    }
}
