package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.Dropout;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.NetworkBuilder;
import dev.samebits.Optimizer;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.spi.DropoutMasks;
import dev.samebits.train.Epoch;
import dev.samebits.train.Samples;
import dev.samebits.train.Schedule;
import dev.samebits.train.Standardization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** Vectors of first weights, of training steps and of schedules, by the scalar backend. */
final class SpecTraining {
    private SpecTraining() {}

    static SpecFile training() {
        SpecFile file = new SpecFile();
        List<Network> networks = List.of(
                Network.builder(5).dense(1, Activation.IDENTITY).build(1),
                Network.builder(6).dense(19, Activation.RELU).dense(3, Activation.IDENTITY).softmax().build(2),
                Network.builder(33).dense(31, Activation.PRELU).maxout(17, 3).dense(3, Activation.GELU).logSoftmax()
                        .build(3),
                Network.builder(7).dense(16, Activation.TANH).dense(2, Activation.LOGISTIC).build(4),
                Network.builder(4).dense(9, Activation.swish(1)).dense(5, Activation.MISH).build(5),
                Network.builder(5).maxout(4, 2).dense(6, Activation.elu(1)).dense(2, Activation.SINE).build(6));
        long seed = 0;
        for (Network network : networks) {
            seed++;
            for (Optimizer optimizer : List.of(Optimizer.SGD, Optimizer.momentum(0.9f), Optimizer.nesterov(0.9f),
                    Optimizer.rmsprop(), Optimizer.adam(), Optimizer.adamW())) {
                if (optimizer == Optimizer.SGD || seed == 3) {
                    training(file, network, seed, optimizer, Values.NORMAL);
                }
            }
            training(file, network, seed, Optimizer.SGD, Values.NON_FINITE);
        }
        return file;
    }

    // A batch of 6 rows, one of 4 that an epoch leaves, and one of these values.
    private static void training(SpecFile file, Network network, long seed, Optimizer optimizer, Values values) {
        training(file, network, seed, TrainingOptions.of(optimizer), values, false);
    }

    private static void training(SpecFile file, Network network, long seed, TrainingOptions options, Values values,
            boolean weighted) {
        Loss loss = Loss.of(network);
        Optimizer optimizer = options.optimizer();
        StringJoiner layers = new StringJoiner(" ");
        for (Layer layer : network.layers()) {
            Activation f = layer.activation();
            layers.add(layer.inputs() + " " + layer.outputs() + " " + layer.pieces() + " " + f.kind().label()
                    + String.format(" %08X %08X", Float.floatToIntBits(f.first()), Float.floatToIntBits(f.second())));
        }
        file.add("training").with("layers", layers.toString()).with("seed", String.format("%016X", seed))
                .with("loss", loss.label()).with("name", optimizer.kind().label())
                .floats("numbers", optimizer.momentum(), optimizer.beta1(), optimizer.beta2(), optimizer.epsilon())
                .with("fingerprint0", network.fingerprint());
        if (options.clips()) {
            file.floats("clip", options.clipNorm());
        }
        Dropout dropout = options.dropout();
        if (dropout != null) {
            float[] rates = new float[network.layers().size() - 1];
            for (int l = 0; l < rates.length; l++) {
                rates[l] = dropout.rate(l);
            }
            file.floats("dropout", rates).with("dropoutSeed", String.format("%016X", dropout.seed()));
        }
        try (TrainingSession session =
                Backends.named("scalar").train(network, loss, options, SessionOptions.ofThreads(1))) {
            for (int k = 1; k <= 3; k++) {
                int rows = k == 2 ? 4 : 6;
                Matrix x = Matrix.of(rows, network.inputs(),
                        (k == 3 ? values : Values.NORMAL).array(rows * network.inputs(), 71 + k));
                Matrix y = targets(loss, rows, network.outputs(), 81 + k);
                float alpha = optimizer.kind().hasSecondMoment() ? 0.01f : 0.1f;
                file.with("rows" + k, rows).floats("x" + k, x).floats("y" + k, y).floats("rates" + k, alpha, 0.001f);
                double mean;
                if (weighted) {
                    float[] u = weights(rows, k);
                    mean = session.step(x, y, u, alpha, 0.001f);
                    file.floats("u" + k, u);
                } else {
                    mean = session.step(x, y, alpha, 0.001f);
                }
                file.doubles("loss" + k, mean).with("fingerprint" + k, session.network().fingerprint());
            }
            Matrix x = Matrix.of(3, network.inputs(), Values.NORMAL.array(3 * network.inputs(), 91));
            Matrix y = Matrix.zeros(3, network.outputs());
            session.predict(x, y);
            file.with("output", network.output().label()).floats("x", x).floats("value", y);
        }
    }

    // Some rows do not count; of the second batch none does.
    private static float[] weights(int rows, int k) {
        float[] u = new float[rows];
        SplitMix64 random = new SplitMix64(95 + k);
        for (int n = 0; n < rows && k != 2; n++) {
            u[n] = n % 3 == 2 ? 0 : 3 * random.nextFloat();
        }
        return u;
    }

    /** Masks of dropout; training with weights of rows, clipped gradients, dropout, and all of them. */
    static SpecFile options() {
        SpecFile file = new SpecFile();
        masks(file, Dropout.of(0.5f, 7), 2);
        masks(file, new Dropout(List.of(0.1f, 1e-9f, 0.9f), -1), 3);
        List<Network> networks = List.of(
                Network.builder(6).dense(19, Activation.RELU).dense(8, Activation.PRELU).dense(3, Activation.IDENTITY)
                        .softmax().build(7),
                Network.builder(7).maxout(16, 2).dense(2, Activation.LOGISTIC).build(8));
        for (int i = 0; i < 2; i++) {
            for (Optimizer optimizer : List.of(Optimizer.SGD, Optimizer.adam())) {
                TrainingOptions plain = TrainingOptions.of(optimizer);
                Dropout dropout = Dropout.of(0.4f, 99 + i);
                training(file, networks.get(i), 7 + i, plain, Values.NORMAL, true);
                training(file, networks.get(i), 7 + i, plain.withClipNorm(0.05f), Values.NORMAL, false);
                training(file, networks.get(i), 7 + i, plain.withClipNorm(0.05f), Values.NON_FINITE, false);
                training(file, networks.get(i), 7 + i, plain.withClipNorm(100), Values.NORMAL, false);
                training(file, networks.get(i), 7 + i, plain.withDropout(dropout), Values.NORMAL, false);
                training(file, networks.get(i), 7 + i, plain.withDropout(dropout).withClipNorm(0.1f), Values.NORMAL, true);
            }
        }
        return file;
    }

    private static void masks(SpecFile file, Dropout dropout, int hidden) {
        int rows = 3;
        int columns = 37;
        NetworkBuilder builder = Network.builder(2);
        float[] rates = new float[hidden];
        for (int l = 0; l < hidden; l++) {
            builder.dense(columns, Activation.RELU);
            rates[l] = dropout.rate(l);
        }
        DropoutMasks masks = new DropoutMasks(dropout, builder.dense(1, Activation.IDENTITY).build(1));
        float[] ones = new float[2 * hidden * rows * columns];
        Arrays.fill(ones, 1);
        int at = 0;
        for (int t = 0; t < 2; t++) {
            masks.advance();
            for (int l = 0; l < hidden; l++) {
                for (int n = 0; n < rows; n++) {
                    if (masks.drops(l)) {
                        masks.apply(l, n, ones, at, columns);
                    }
                    at += columns;
                }
            }
        }
        file.add("dropout").with("seed", String.format("%016X", dropout.seed())).floats("rates", rates).with("steps", 2)
                .with("rows", rows).with("columns", columns).floats("value", ones);
    }

    /** Means and deviations of columns: one that is constant, one that is huge, one that is tiny, and others. */
    static SpecFile standardization() {
        SpecFile file = new SpecFile();
        for (int rows : new int[] {1, 2, 5, 40}) {
            float[] x = Values.NORMAL.array(rows * 6, 96 + rows);
            for (int n = 0; n < rows; n++) {
                x[n * 6] = 2.5f;
                x[n * 6 + 1] *= 1e38f;
                x[n * 6 + 2] *= 1e-44f;
                x[n * 6 + 3] += 1e6f;
                x[n * 6 + 4] = n == 0 ? -0f : 0;
            }
            Standardization s = Standardization.ofInputs(
                    Samples.of(Matrix.of(rows, 6, x), Matrix.zeros(rows, 1)));
            file.add("standardization").with("rows", rows).floats("x", x).floats("center", s.center())
                    .floats("scale", s.scale()).floats("deviation", s.deviation());
        }
        return file;
    }

    private static Matrix targets(Loss loss, int rows, int outputs, long seed) {
        Matrix y = Matrix.of(rows, outputs, Values.NORMAL.array(rows * outputs, seed));
        SplitMix64 random = new SplitMix64(seed);
        for (int n = 0; n < rows && loss != Loss.SQUARED_ERROR; n++) {
            int hot = random.nextInt(outputs);
            for (int j = 0; j < outputs; j++) {
                y.set(n, j, j == hot ? 1 : 0);
            }
        }
        return y;
    }

    static SpecFile schedules() {
        SpecFile file = new SpecFile();
        double[] measures = {1, 0.5, 0.5, 0.6, 0.4, 0.4, 0.41, 0.42};
        schedule(file, "constant", 0, 0, 0, Schedule.CONSTANT, measures);
        schedule(file, "cosine", 0, 0, 0, Schedule.cosine(), measures);
        schedule(file, "cosine", 0, 0, 5, Schedule.cosine().afterWarmUp(5), measures);
        schedule(file, "step", 1, 0.9f, 0, Schedule.everyEpochs(1, 0.9f), measures);
        schedule(file, "step", 3, 0.5f, 3, Schedule.everyEpochs(3, 0.5f).afterWarmUp(3), measures);
        schedule(file, "plateau", 1, 0.7f, 0, Schedule.onPlateau(1, 0.7f), measures);
        schedule(file, "plateau", 2, 0.1f, 0, Schedule.onPlateau(2, 0.1f), measures);
        return file;
    }

    // Eight epochs of three steps each; the factor of each step.
    private static void schedule(
            SpecFile file, String name, int epochs, float factor, long warmUp, Schedule schedule, double[] measures) {
        List<Epoch> history = new ArrayList<>();
        float[] factors = new float[3 * measures.length];
        for (int step = 0; step < factors.length; step++) {
            if (step > 0 && step % 3 == 0) {
                history.add(new Epoch(step / 3, measures[step / 3 - 1], -1, 0, Double.NaN));
            }
            factors[step] = schedule.factor(step, factors.length, history);
        }
        file.add("schedule").with("name", name).with("epochs", epochs).floats("factor", factor).with("warmUp", warmUp)
                .with("stepsPerEpoch", 3).doubles("measures", measures).floats("value", factors);
    }
}
