package dev.samebits.onnx;

import dev.samebits.Activation;
import dev.samebits.Combination;
import dev.samebits.GraphBuilder;
import dev.samebits.IdColumn;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SplitMix64;
import dev.samebits.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Networks with branches: of the kinds that people build, and at random, with numbers that stay small. */
final class Graphs {
    private static final int WIDEST = 24;
    /** What other roundings change little: a comparison of what is nearly equal may turn. */
    private static final List<Combination> SMOOTH = List.of(Combination.ADD, Combination.SUBTRACT, Combination.MULTIPLY,
            Combination.MAXIMUM, Combination.MINIMUM);
    private static final Activation[] BOUNDED = {
        Activation.TANH, Activation.LOGISTIC, Activation.RELU, Activation.SINE, Activation.parse("softsign"),
        Activation.PRELU, Activation.GELU, Activation.swish(1.5f), Activation.hardTanh(-0.5f, 1), Activation.IDENTITY
    };

    private Graphs() {}

    /** A few that between them have every operation, by name. */
    static Map<String, Network> kinds() {
        Map<String, Network> kinds = new LinkedHashMap<>();
        kinds.put("residual", residual());
        kinds.put("DeepFM", deepFm());
        kinds.put("two towers", towers());
        kinds.put("gated", gated());
        kinds.put("wide and deep, one row", oneRow());
        kinds.put("a chain of norms", norms());
        return kinds;
    }

    private static Network residual() {
        GraphBuilder g = Network.graph();
        Value x = g.input("numbers", 13);
        Value mask = g.input("mask", 5);
        Value h = x.centerScale(numbers(13, 1), numbers(13, 2)).dense(32, Activation.RELU);
        for (int block = 0; block < 2; block++) {
            h = h.layerNorm().dense(32, Activation.GELU).dense(32, Activation.IDENTITY).add(h).activate(Activation.RELU);
        }
        g.output("policy", h.dense(5, Activation.IDENTITY).add(mask.scaleShift(9, -9)).softmax());
        return g.output("value", h.dense(1, Activation.IDENTITY)).build(1);
    }

    private static Network deepFm() {
        GraphBuilder g = Network.graph();
        Value ids = g.input("categories", 6);
        Value numbers = g.input("numbers", 3);
        List<Value> entries = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            entries.add(ids.columns(i, 1).embedding(10 * i + 2, 8));
        }
        Value all = g.concat(entries);
        Value sum = all.sum(8);
        Value pairs = sum.multiply(sum).subtract(all.multiply(all).sum(8)).sum().scaleShift(0.5f, 0);
        Value deep = all.concat(numbers).dense(33, Activation.RELU).dense(1, Activation.IDENTITY);
        g.output("click", deep.add(pairs).add(numbers.dense(1, Activation.IDENTITY)).activate(Activation.LOGISTIC));
        return g.build(2);
    }

    private static Network towers() {
        GraphBuilder g = Network.graph();
        Value user = g.input("user", 2).embedding(7, 9).dense(17, Activation.TANH).rmsNorm().l2Norm();
        Value item = g.input("item", 21).maxout(17, 3).l2Norm();
        return g.output("score", user.dot(item)).output("user", user).output("item", item).build(3);
    }

    /** One of its inputs and one of its outputs have the same name; an input is an output, and one value is two. */
    private static Network gated() {
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 20);
        Value gate = x.dense(2, Activation.IDENTITY).softmax();
        Value first = x.dense(31, Activation.PRELU).multiply(gate.columns(0, 1));
        Value second = x.dense(31, Activation.swish(1)).multiply(gate.columns(1, 1));
        Value both = first.maximum(second).concat(x.columns(3, 5), first.minimum(second));
        g.output("y", both.dense(4, Activation.IDENTITY).logSoftmax()).output("x", x.columns(19, 1));
        return g.output("same", x).output("gate", gate).output("step1.Gemm.output", gate).build(4);
    }

    /** Ids and numbers in one section. */
    private static Network oneRow() {
        GraphBuilder g = Network.graph();
        Value row = g.input("input", 7);
        Value ids = row.columns(0, 3);
        Value numbers = row.columns(3, 4);
        Value deep = ids.columns(1, 2).embedding(5, 6).concat(ids.columns(0, 1).embedding(9, 4), numbers)
                .dense(16, Activation.RELU).dense(1, Activation.IDENTITY);
        return g.output("output", numbers.dense(1, Activation.IDENTITY).add(deep)).build(5);
    }

    private static Network norms() {
        GraphBuilder g = Network.graph();
        Value x = g.input("input", 9);
        Value h = x.layerNorm(0.125f, numbers(9, 3), numbers(9, 4)).prelu(numbers(9, 5)).rmsNorm(1e-3f, numbers(9, 6))
                .l2Norm(0.5f);
        return g.output("output", h.activate(Activation.IDENTITY).scaleShift(numbers(9, 7), numbers(9, 8)).sum(3)).build();
    }

    static float[] numbers(int count, long seed) {
        return Networks.matrix(new SplitMix64(seed), 1, count).data();
    }

    /** Rows for a network, ids among them. */
    static Matrix rows(int rows, Network network, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Matrix x = Networks.matrix(random, rows, network.inputs());
        for (IdColumn ids : network.idColumns()) {
            for (int row = 0; row < rows; row++) {
                x.set(row, ids.position(), random.nextInt(ids.entries()));
            }
        }
        return x;
    }

    /** One at random. */
    static Network random(long seed) {
        SplitMix64 random = new SplitMix64(seed);
        GraphBuilder g = Network.graph();
        List<Value> values = new ArrayList<>();
        Set<Value> unused = new HashSet<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            values.add(g.input("x" + i, 1 + random.nextInt(WIDEST)));
        }
        Value ids = random.nextInt(2) == 0 ? g.input("ids", 1 + random.nextInt(3)) : null;
        for (int s = 1 + random.nextInt(12); s > 0; s--) {
            List<Value> operands = new ArrayList<>();
            Value made = ids != null && random.nextInt(6) == 0
                    ? ids.columns(0, 1 + random.nextInt(ids.width())).embedding(1 + random.nextInt(9), 1 + random.nextInt(9))
                    : step(random, values, operands);
            operands.forEach(unused::remove);
            values.add(made);
            unused.add(made);
        }
        int outputs = 0;
        for (Value value : values) {
            if (unused.contains(value) || random.nextInt(8) == 0) {
                g.output("y" + outputs++, value);
            }
        }
        if (ids != null && random.nextInt(4) == 0) {
            // Then they are numbers, too.
            g.output("ids", ids.scaleShift(0.5f, 1));
        }
        return g.build(seed);
    }

    private static Value step(SplitMix64 random, List<Value> values, List<Value> operands) {
        Value x = pick(random, values, operands);
        int width = x.width();
        long seed = random.nextInt(99);
        switch (random.nextInt(17)) {
            case 0, 1:
                return x.dense(1 + random.nextInt(WIDEST), function(random));
            case 2:
                return x.maxout(1 + random.nextInt(9), 2 + random.nextInt(2));
            case 3:
                return x.activate(function(random));
            case 4:
                return x.scaleShift(numbers(width, seed), numbers(width, seed + 1));
            case 5:
                return x.centerScale(numbers(width, seed), numbers(width, seed + 1));
            case 6:
                // Small rows are not blown up, with the roundings in them.
                return x.layerNorm(1, numbers(width, 3), numbers(width, 4));
            case 7:
                return x.rmsNorm(1, numbers(width, 5));
            case 8:
                return x.l2Norm(0.5f);
            case 9:
                return random.nextInt(2) == 0 ? x.softmax() : x.logSoftmax().activate(Activation.SINE);
            case 10:
                return x.sum(random.nextInt(2) == 0 || width % 2 == 1 ? 1 : width / 2).activate(Activation.TANH);
            case 11, 12:
                int from = random.nextInt(width);
                return x.columns(from, 1 + random.nextInt(width - from));
            case 13:
                return width > WIDEST ? x.sum() : x.concat(pick(random, values, operands), pick(random, values, operands));
            default:
                return ofTwo(random, x, values, operands);
        }
    }

    private static Value ofTwo(SplitMix64 random, Value x, List<Value> values, List<Value> operands) {
        List<Value> fitting = values.stream().filter(v -> v.width() == x.width() || v.width() == 1).toList();
        Value other = pick(random, fitting.isEmpty() ? List.of(x) : fitting, operands);
        int which = random.nextInt(SMOOTH.size() + 1);
        if (which == SMOOTH.size() && x.width() == other.width()) {
            return x.dot(other).activate(Activation.TANH);
        }
        Combination combination = SMOOTH.get(which % SMOOTH.size());
        return random.nextInt(2) == 0 ? x.combine(combination, other) : other.combine(combination, x);
    }

    private static Value pick(SplitMix64 random, List<Value> values, List<Value> operands) {
        Value picked = values.get(random.nextInt(values.size()));
        operands.add(picked);
        return picked;
    }

    private static Activation function(SplitMix64 random) {
        return BOUNDED[random.nextInt(BOUNDED.length)];
    }
}
