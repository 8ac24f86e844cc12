package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.Combination;
import dev.samebits.GraphBuilder;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Operation;
import dev.samebits.Optimizer;
import dev.samebits.Section;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import dev.samebits.Step;
import dev.samebits.TrainingSession;
import dev.samebits.Value;
import java.util.List;
import java.util.StringJoiner;

/** Vectors of what steps add to gradients, and of the training of whole networks with branches, by the scalar backend. */
final class SpecGraphs {
    private static final int[] LENGTHS = {1, 3, 18};
    private static final LayerKernels KERNELS = Backends.named("scalar").kernels();

    private SpecGraphs() {}

    static SpecFile gradients() {
        SpecFile file = new SpecFile();
        for (Values values : Values.values()) {
            for (int n : LENGTHS) {
                float[] x = values.array(n, 101 + n);
                float[] a = values.array(n, 102 + n);
                float[] dy = Values.NORMAL.array(n, 103 + n);
                // Equal ones, of which the first is taken.
                a[0] = x[0];
                for (Combination combination : Combination.values()) {
                    combine(file, combination, x, a, dy);
                }
                norms(file, x, a, dy);
                Matrix dx = Matrix.zeros(1, n);
                Matrix y = Matrix.zeros(1, n);
                KERNELS.softmax(Matrix.row(x), y);
                KERNELS.softmaxGradient(y, Matrix.row(dy), dx);
                file.add("softmax-gradient").floats("x", y).floats("dy", dy).floats("value", dx);
                KERNELS.logSoftmaxGradient(y, Matrix.row(dy), dx);
                file.add("log-softmax-gradient").floats("x", y).floats("dy", dy).floats("value", dx);
            }
        }
        return file;
    }

    private static void combine(SpecFile file, Combination combination, float[] x, float[] a, float[] dy) {
        Matrix dx = Matrix.zeros(1, x.length);
        Matrix da = Matrix.zeros(1, x.length);
        KERNELS.combineGradient(combination, false, Matrix.row(x), Matrix.row(a), Matrix.row(dy), dx);
        KERNELS.combineGradient(combination, true, Matrix.row(x), Matrix.row(a), Matrix.row(dy), da);
        file.add("combine-gradient").with("name", combination.label()).floats("x", x).floats("a", a).floats("dy", dy)
                .floats("value", dx).floats("da", da);
    }

    private static void norms(SpecFile file, float[] x, float[] gain, float[] dy) {
        int n = x.length;
        Matrix dx = Matrix.zeros(1, n);
        Matrix normal = Matrix.zeros(1, n);
        float[] start = Values.NORMAL.array(n, 104 + n);
        for (boolean layer : new boolean[] {true, false}) {
            float epsilon = layer ? 1e-5f : 1e-6f;
            if (layer) {
                KERNELS.layerNormGradient(epsilon, gain, Matrix.row(x), Matrix.row(dy), normal, dx);
            } else {
                KERNELS.rmsNormGradient(epsilon, gain, Matrix.row(x), Matrix.row(dy), normal, dx);
            }
            float[] dgain = start.clone();
            KERNELS.gainGradient(Matrix.row(dy), normal, dgain);
            file.add(layer ? "layer-norm-gradient" : "rms-norm-gradient").floats("x", x).floats("epsilon", epsilon)
                    .floats("gain", gain).floats("dy", dy).floats("value", dx).floats("normal", normal)
                    .floats("start", start).floats("dgain", dgain);
        }
        for (float epsilon : new float[] {1e-12f, 1e3f}) {
            KERNELS.l2NormGradient(epsilon, Matrix.row(x), Matrix.row(dy), dx);
            file.add("l2-norm-gradient").floats("x", x).floats("epsilon", epsilon).floats("dy", dy).floats("value", dx);
        }
    }

    static SpecFile graphs() {
        SpecFile file = new SpecFile();
        for (Optimizer optimizer : List.of(Optimizer.SGD, Optimizer.momentum(0.9f), Optimizer.adamW())) {
            training(file, towers(), Objective.of("score", Loss.SQUARED_ERROR, 0.5f)
                    .and("class", Loss.CROSS_ENTROPY, 1), optimizer, 5);
            training(file, mixed(), Objective.of(mixed()), optimizer, 3);
        }
        // Only one of the losses, so that some of the parameters have none behind them and stay.
        training(file, towers(), Objective.of("class", Loss.CROSS_ENTROPY, 1), Optimizer.adam(), 5);
        return file;
    }

    // Ids, one of which a batch may name several times, beside numbers; a value that is read by several steps.
    private static Network towers() {
        GraphBuilder graph = Network.graph();
        Value ids = graph.input("ids", 2);
        Value numbers = graph.input("numbers", 3);
        Value user = ids.embedding(5, 4).dense(6, Activation.PRELU);
        Value item = numbers.centerScale(new float[] {0.5f, -1, 2}, new float[] {2, 0.25f, 3}).dense(6, Activation.TANH)
                .layerNorm();
        Value both = user.concat(item, numbers).rmsNorm();
        graph.output("score", user.l2Norm().dot(item.l2Norm()));
        graph.output("class", both.maxout(4, 2).add(item.columns(1, 4)).dense(3, Activation.IDENTITY).softmax());
        return graph.build(21);
    }

    // Every way to combine, also with one column beside wider ones; sums; two outputs with losses of their own.
    private static Network mixed() {
        GraphBuilder graph = Network.graph();
        Value x = graph.input("x", 5);
        Value h = x.dense(6, Activation.GELU);
        Value one = x.dense(1, Activation.IDENTITY);
        Value g = h.multiply(one).subtract(x.dense(6, Activation.RELU)).maximum(h).minimum(one.add(h));
        Value s = g.scaleShift(0.5f, 1).activate(Activation.swish(1)).sum(2);
        graph.output("yes", s.concat(h.columns(2, 3), h.columns(0, 2)).dense(2, Activation.LOGISTIC));
        graph.output("rank", g.prelu(0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f).dense(4, Activation.IDENTITY).logSoftmax());
        return graph.build(22);
    }

    private static String steps(Network network) {
        StringJoiner all = new StringJoiner(" ");
        for (Step step : network.steps()) {
            Operation operation = step.operation();
            all.add(operation.label()).add(String.valueOf(step.operands().size()));
            step.operands().forEach(operand -> all.add(String.valueOf(operand)));
            if (operation instanceof Operation.Apply apply) {
                all.add(apply.layer().outputs() + " " + apply.layer().pieces() + " " + named(apply.layer().activation()));
            } else if (operation instanceof Operation.Activate activate) {
                all.add(named(activate.activation()));
            } else if (operation instanceof Operation.LayerNorm norm) {
                all.add(patterns(norm.epsilon()));
            } else if (operation instanceof Operation.RmsNorm norm) {
                all.add(patterns(norm.epsilon()));
            } else if (operation instanceof Operation.L2Norm norm) {
                all.add(patterns(norm.epsilon()));
            } else if (operation instanceof Operation.Embed embed) {
                all.add(embed.table().entries() + " " + embed.table().width());
            } else if (operation instanceof Operation.Columns columns) {
                all.add(columns.from() + " " + columns.count());
            } else if (operation instanceof Operation.Sum) {
                all.add(String.valueOf(step.width()));
            } else if (operation instanceof Operation.ScaleShift scaled) {
                all.add(patterns(scaled.scale())).add(patterns(scaled.shift()));
            } else if (operation instanceof Operation.CenterScale centred) {
                all.add(patterns(centred.center())).add(patterns(centred.scale()));
            }
        }
        return all.toString();
    }

    private static String named(Activation f) {
        return f.kind().label() + " " + patterns(f.first(), f.second());
    }

    private static String patterns(float... values) {
        StringJoiner all = new StringJoiner(" ");
        for (float value : values) {
            all.add(String.format("%08X", Float.floatToIntBits(value)));
        }
        return all.toString();
    }

    // A batch of 6 rows, one of 4, and one of 6 again, whose ids are others.
    private static void training(SpecFile file, Network network, Objective objective, Optimizer optimizer, int entries) {
        StringJoiner inputs = new StringJoiner(" ");
        network.inputSections().forEach(section -> inputs.add(String.valueOf(section.width())));
        StringJoiner outputs = new StringJoiner(" ");
        network.outputValues().forEach(value -> outputs.add(String.valueOf(value)));
        List<String> names = network.outputSections().stream().map(Section::name).toList();
        StringJoiner losses = new StringJoiner(" ");
        objective.terms().forEach(term -> losses.add(
                term.loss().label() + " " + names.indexOf(term.output()) + " " + patterns(term.weight())));
        file.add("graph").with("name", optimizer.kind().label()).with("inputs", inputs.toString())
                .with("steps", steps(network)).with("outputs", outputs.toString())
                .with("seed", String.format("%016X", network.inputs() == 5 && names.contains("yes") ? 22 : 21))
                .with("losses", losses.toString())
                .floats("numbers", optimizer.momentum(), optimizer.beta1(), optimizer.beta2(), optimizer.epsilon())
                .with("fingerprint0", network.fingerprint());
        try (TrainingSession session =
                Backends.named("scalar").train(network, objective, optimizer, SessionOptions.ofThreads(1))) {
            for (int k = 1; k <= 3; k++) {
                int rows = k == 2 ? 4 : 6;
                Matrix x = rows(network, rows, entries - (k == 1 ? 2 : 0), 111 + k);
                Matrix y = targets(network, rows, 121 + k);
                float alpha = optimizer.kind().hasSecondMoment() ? 0.01f : 0.1f;
                file.with("rows" + k, rows).floats("x" + k, x).floats("y" + k, y).floats("rates" + k, alpha, 0.001f);
                file.doubles("loss" + k, session.step(x, y, alpha, 0.001f))
                        .with("fingerprint" + k, session.network().fingerprint());
            }
            Matrix x = rows(network, 3, entries, 131);
            Matrix y = Matrix.zeros(3, network.outputs());
            session.predict(x, y);
            file.floats("x", x).floats("value", y);
        }
    }

    private static Matrix rows(Network network, int rows, int entries, long seed) {
        Matrix x = Matrix.of(rows, network.inputs(), Values.NORMAL.array(rows * network.inputs(), seed));
        SplitMix64 random = new SplitMix64(seed);
        for (int n = 0; n < rows; n++) {
            for (int i = 0; i < network.idColumns().size(); i++) {
                x.set(n, network.idColumns().get(i).position(), random.nextInt(entries));
            }
        }
        return x;
    }

    // One of each output's columns is 1, which any loss takes.
    private static Matrix targets(Network network, int rows, long seed) {
        Matrix y = Matrix.zeros(rows, network.outputs());
        SplitMix64 random = new SplitMix64(seed);
        for (int n = 0; n < rows; n++) {
            for (Section section : network.outputSections()) {
                y.set(n, section.from() + random.nextInt(section.width()), 1);
            }
        }
        return y;
    }
}
