package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Combination;
import dev.samebits.GraphBuilder;
import dev.samebits.Network;
import dev.samebits.Quantization;
import dev.samebits.SplitMix64;
import dev.samebits.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Networks with branches: of the kinds that people build, and at random. */
final class Graphs {
    private static final int WIDEST = 80;

    private Graphs() {}

    /** A few that between them have every operation. */
    static List<Network> kinds() {
        return List.of(residual(), deepFm(), towers(), gated(), integers(),
                scaled(true, false), scaled(false, true), scaled(true, true));
    }

    /** An actor and a critic on residual blocks, with a mask. */
    private static Network residual() {
        GraphBuilder g = Network.graph();
        Value x = g.input("numbers", 13);
        Value mask = g.input("mask", 5);
        Value h = x.centerScale(Values.NORMAL.array(13, 1), Values.NORMAL.array(13, 2)).dense(64, Activation.RELU);
        for (int block = 0; block < 2; block++) {
            h = h.layerNorm().dense(64, Activation.GELU).dense(64, Activation.IDENTITY).add(h).activate(Activation.RELU);
        }
        g.output("policy", h.dense(5, Activation.IDENTITY).add(mask.scaleShift(1e9f, -1e9f)).softmax());
        g.output("value", h.dense(1, Activation.IDENTITY));
        return g.build(seed());
    }

    /** Categories and numbers, deep and as a factorisation machine. */
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
        return g.build(seed());
    }

    /** Two towers, whose cosine is the score. */
    private static Network towers() {
        GraphBuilder g = Network.graph();
        Value user = g.input("user", 2).embedding(7, 9).dense(17, Activation.TANH).rmsNorm().l2Norm();
        Value item = g.input("item", 21).maxout(17, 3).l2Norm();
        g.output("score", user.dot(item)).output("user", user).output("item", item);
        return g.build(seed());
    }

    /** Gates, a mixture of two experts, a skip of the input. */
    private static Network gated() {
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 20);
        Value gate = x.dense(2, Activation.IDENTITY).softmax();
        Value first = x.dense(31, Activation.PRELU).multiply(gate.columns(0, 1));
        Value second = x.dense(31, Activation.swish(1)).multiply(gate.columns(1, 1));
        Value both = first.maximum(second).concat(x.columns(3, 5), first.minimum(second));
        g.output("y", both.dense(4, Activation.IDENTITY).logSoftmax()).output("x", x.columns(19, 1));
        return g.build(seed());
    }

    /** Whole numbers of eight bits: by given ranges and by each row's, in one part and in several, between floats. */
    private static Network integers() {
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 70);
        Quantization unsigned = Quantization.uint8(0.05f, 117);
        Value h = x.integerDense(Integers.layer(unsigned, 70, 600, 4, 127)).activate(Activation.RELU);
        Value wide = h.integerDense(Integers.layer(Quantization.int8(0.5f, -128), 600, 33, 5, 255));
        Value rows = h.integerDense(Integers.layer(null, 600, 33, 6, 255)).activate(Activation.TANH);
        g.output("y", wide.add(rows).dense(3, Activation.IDENTITY).quantize(unsigned).dequantize(unsigned).softmax());
        g.output("q", rows.quantize(Quantization.int8(0.01f, 3)));
        return g.build(seed());
    }

    /** Layers that take standardised inputs, or predict standardised numbers. */
    private static Network scaled(boolean inputs, boolean outputs) {
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 30);
        Value h = inputs ? x.centerScale(Values.NORMAL.array(30, 3), Values.NORMAL.array(30, 4)) : x;
        Value y = h.dense(40, Activation.RELU).maxout(9, 2).dense(3, Activation.IDENTITY);
        g.output("y", outputs ? y.scaleShift(Values.NORMAL.array(3, 5), Values.NORMAL.array(3, 6)) : y.softmax());
        return g.build(seed());
    }

    /** One at random. */
    static Network random(long seed) {
        return random(seed, false);
    }

    /** One at random of steps that have gradients, and of numbers that leave most of these finite. */
    static Network learning(long seed) {
        return random(seed, true);
    }

    private static Network random(long seed, boolean learning) {
        SplitMix64 random = new SplitMix64(seed);
        GraphBuilder g = Network.graph();
        List<Value> values = new ArrayList<>();
        Set<Value> unused = new HashSet<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            values.add(g.input("x" + i, 1 + random.nextInt(40)));
        }
        Value ids = random.nextInt(2) == 0 ? g.input("ids", 1 + random.nextInt(3)) : null;
        int steps = 1 + random.nextInt(20);
        for (int s = 0; s < steps; s++) {
            List<Value> operands = new ArrayList<>();
            Value made = ids != null && random.nextInt(10) == 0 ? entries(random, ids)
                    : step(random, values, operands, learning);
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
        return g.build(seed);
    }

    private static Value entries(SplitMix64 random, Value ids) {
        return ids.columns(0, 1 + random.nextInt(ids.width())).embedding(1 + random.nextInt(9), 1 + random.nextInt(20));
    }

    private static Value step(SplitMix64 random, List<Value> values, List<Value> operands, boolean learning) {
        Value x = pick(random, values, operands);
        int width = x.width();
        int kind = random.nextInt(learning ? 17 : 19);
        switch (learning && kind > 13 ? kind + 2 : kind) {
            case 0, 1:
                return x.dense(1 + random.nextInt(WIDEST), function(random));
            case 2:
                return x.maxout(1 + random.nextInt(20), 2 + random.nextInt(2));
            case 3:
                return x.activate(function(random));
            case 4:
                return x.scaleShift((learning ? Values.NORMAL : Values.SPECIAL).array(width, random.nextInt(99)),
                        Values.NORMAL.array(width, random.nextInt(99)));
            case 5:
                return x.centerScale(Values.NORMAL.array(width, random.nextInt(99)),
                        Values.NORMAL.array(width, random.nextInt(99)));
            case 6:
                return x.layerNorm(1e-5f, Values.NORMAL.array(width, 3), Values.NORMAL.array(width, 4));
            case 7:
                return x.rmsNorm(1e-6f, Values.NORMAL.array(width, 5));
            case 8:
                return x.l2Norm();
            case 9:
                return random.nextInt(2) == 0 ? x.softmax() : x.logSoftmax();
            case 10:
                return x.sum(random.nextInt(2) == 0 || width % 2 == 1 ? 1 : width / 2);
            case 11, 12:
                int from = random.nextInt(width);
                return x.columns(from, 1 + random.nextInt(width - from));
            case 13:
                return width > WIDEST ? x.sum() : x.concat(pick(random, values, operands), pick(random, values, operands));
            case 14:
                return x.quantize(Integers.quantization(random));
            case 15:
                return x.integerDense(Integers.layer(random.nextInt(2) == 0 ? null : Integers.quantization(random), width,
                        1 + random.nextInt(WIDEST), random.nextInt(99), 255));
            default:
                return ofTwo(random, x, like(random, x, values, operands));
        }
    }

    private static Value ofTwo(SplitMix64 random, Value x, Value other) {
        int which = random.nextInt(Combination.values().length + 1);
        if (which == Combination.values().length && x.width() == other.width()) {
            return x.dot(other);
        }
        Combination combination = Combination.values()[which % Combination.values().length];
        return random.nextInt(2) == 0 ? x.combine(combination, other) : other.combine(combination, x);
    }

    // A value as wide, or of one column, which may be made for it.
    private static Value like(SplitMix64 random, Value x, List<Value> values, List<Value> operands) {
        List<Value> equal = values.stream().filter(v -> v.width() == x.width() || v.width() == 1).toList();
        if (random.nextInt(4) > 0) {
            return pick(random, equal, operands);
        }
        Value any = pick(random, values, operands);
        return any.columns(random.nextInt(any.width()), 1);
    }

    // Rather one of the last.
    private static Value pick(SplitMix64 random, List<Value> values, List<Value> operands) {
        int n = values.size();
        Value picked = values.get(random.nextInt(2) == 0 ? n - 1 - random.nextInt(Math.min(3, n)) : random.nextInt(n));
        operands.add(picked);
        return picked;
    }

    private static Activation function(SplitMix64 random) {
        return ActivationSpec.ALL.get(random.nextInt(ActivationSpec.ALL.size())).activation();
    }

    /**
     * The network of one value alone, with some of the values that it is made of as inputs: what is left of a network that
     * fails while it still does.
     *
     * @param value numbered as {@link dev.samebits.Step} counts, no input
     */
    static Network cut(Network network, int value, Set<Integer> cuts) {
        GraphBuilder g = Network.graph();
        Map<Integer, Value> made = new HashMap<>();
        g.output("value", cut(network, value, cuts, g, made));
        return g.build();
    }

    private static Value cut(Network network, int value, Set<Integer> cuts, GraphBuilder g, Map<Integer, Value> made) {
        Value known = made.get(value);
        if (known != null) {
            return known;
        }
        int inputs = network.inputSections().size();
        Value now;
        if (value < inputs) {
            now = g.input(network.inputSections().get(value).name(), network.inputSections().get(value).width());
        } else if (cuts.contains(value)) {
            now = g.input("value" + value, network.steps().get(value - inputs).width());
        } else {
            List<Value> operands = new ArrayList<>();
            for (int operand : network.steps().get(value - inputs).operands()) {
                operands.add(cut(network, operand, cuts, g, made));
            }
            now = g.step(network.steps().get(value - inputs).operation(), operands);
        }
        made.put(value, now);
        return now;
    }

    private static long seed() {
        return Values.seed();
    }
}
