package dev.samebits.bench.jmh;

import dev.samebits.Activation;
import dev.samebits.GraphBuilder;
import dev.samebits.Network;
import dev.samebits.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Networks that are graphs of steps, in the sizes in which people build them. */
public final class GraphNetworks {
    /** The kinds, by name. */
    public static final List<String> NAMES = List.of("residual", "layer-norm", "wide-deep", "deepfm", "dcn", "two-towers",
            "ncf", "gated", "heads", "agent");

    /** An input of this name holds ones and zeros. */
    static final String MASK = "mask";

    private static final int CATEGORIES = 26;
    private static final int NUMBERS = 13;
    private static final int ENTRIES = 1000;

    private GraphNetworks() {}

    /** The network of a kind, with seeded weights. */
    static Network network(String name, long seed) {
        GraphBuilder g = Network.graph().biases(0.1f);
        switch (name) {
            case "residual" -> residual(g);
            case "layer-norm" -> layerNorm(g);
            case "wide-deep" -> wideAndDeep(g);
            case "deepfm" -> deepFm(g);
            case "dcn" -> deepAndCross(g);
            case "two-towers" -> towers(g);
            case "ncf" -> collaborative(g);
            case "gated" -> gated(g);
            case "heads" -> heads(g);
            case "agent" -> agent(g);
            default -> throw new IllegalArgumentException("no graph is called '" + name + "': known are " + NAMES);
        }
        return g.build(seed);
    }

    /** 64 numbers, four blocks of two layers of 128, ten classes. */
    private static void residual(GraphBuilder g) {
        Value h = g.input("x", 64).dense(128, Activation.RELU);
        for (int block = 0; block < 4; block++) {
            h = h.dense(128, Activation.RELU).dense(128, Activation.IDENTITY).add(h).activate(Activation.RELU);
        }
        g.output("y", h.dense(10, Activation.IDENTITY).softmax());
    }

    /** 64 numbers, four layers of 128, each normalised by row. */
    private static void layerNorm(GraphBuilder g) {
        Value h = g.input("x", 64);
        for (int layer = 0; layer < 4; layer++) {
            h = h.dense(128, Activation.IDENTITY).layerNorm().activate(Activation.RELU);
        }
        g.output("y", h.dense(10, Activation.IDENTITY).softmax());
    }

    /** 26 categories and 13 numbers: a linear part, and 429-256-128-64 on embeddings of 16. */
    private static void wideAndDeep(GraphBuilder g) {
        Value ids = g.input("categories", CATEGORIES);
        Value numbers = g.input("numbers", NUMBERS);
        Value wide = entries(g, ids, 1).sum().add(numbers.dense(1, Activation.IDENTITY));
        Value deep = entries(g, ids, 16).concat(numbers).dense(256, Activation.RELU).dense(128, Activation.RELU)
                .dense(64, Activation.RELU).dense(1, Activation.IDENTITY);
        g.output("click", wide.add(deep).activate(Activation.LOGISTIC));
    }

    /** The same deep part, beside a factorisation machine of the same embeddings. */
    private static void deepFm(GraphBuilder g) {
        Value ids = g.input("categories", CATEGORIES);
        Value numbers = g.input("numbers", NUMBERS);
        Value linear = entries(g, ids, 1).sum().add(numbers.dense(1, Activation.IDENTITY));
        Value all = entries(g, ids, 16);
        Value sum = all.sum(16);
        Value pairs = sum.multiply(sum).subtract(all.multiply(all).sum(16)).sum().scaleShift(0.5f, 0);
        Value deep = all.concat(numbers).dense(256, Activation.RELU).dense(128, Activation.RELU)
                .dense(1, Activation.IDENTITY);
        g.output("click", linear.add(pairs).add(deep).activate(Activation.LOGISTIC));
    }

    private static Value entries(GraphBuilder g, Value ids, int width) {
        List<Value> entries = new ArrayList<>();
        for (int i = 0; i < ids.width(); i++) {
            entries.add(ids.columns(i, 1).embedding(ENTRIES, width));
        }
        return g.concat(entries);
    }

    /** 26 embeddings of 8 and 13 numbers: three crosses of all 221, beside two layers. */
    private static void deepAndCross(GraphBuilder g) {
        Value x0 = entries(g, g.input("categories", CATEGORIES), 8).concat(g.input("numbers", NUMBERS));
        Value cross = x0;
        for (int layer = 0; layer < 3; layer++) {
            cross = x0.multiply(cross.dense(x0.width(), Activation.IDENTITY)).add(cross);
        }
        Value deep = x0.dense(256, Activation.RELU).dense(128, Activation.RELU);
        g.output("click", cross.concat(deep).dense(1, Activation.LOGISTIC));
    }

    /** A user and an item, each an embedding of 32 beside numbers, 128-64, the cosine. */
    private static void towers(GraphBuilder g) {
        Value user = tower(g, "user", 10_000, 16);
        Value item = tower(g, "item", 10_000, 32);
        g.output("score", user.dot(item));
    }

    private static Value tower(GraphBuilder g, String name, int entries, int numbers) {
        return g.input(name, 1).embedding(entries, 32).concat(g.input(name + "-numbers", numbers))
                .dense(128, Activation.RELU).dense(64, Activation.IDENTITY).l2Norm();
    }

    /** Neural collaborative filtering: products of 32 numbers, beside 64-64-32-16. */
    private static void collaborative(GraphBuilder g) {
        Value user = g.input("user", 1);
        Value item = g.input("item", 1);
        Value product = user.embedding(10_000, 32).multiply(item.embedding(10_000, 32));
        Value deep = user.embedding(10_000, 32).concat(item.embedding(10_000, 32)).dense(64, Activation.RELU)
                .dense(32, Activation.RELU).dense(16, Activation.RELU);
        g.output("score", product.concat(deep).dense(1, Activation.LOGISTIC));
    }

    /** 64 numbers, three layers of 128, each multiplied by the logistic function of another. */
    private static void gated(GraphBuilder g) {
        Value h = g.input("x", 64);
        for (int layer = 0; layer < 3; layer++) {
            h = h.dense(128, Activation.IDENTITY).multiply(h.dense(128, Activation.LOGISTIC));
        }
        g.output("y", h.dense(10, Activation.IDENTITY));
    }

    /** 64 numbers, a trunk of 256-128, and three heads. */
    private static void heads(GraphBuilder g) {
        Value trunk = g.input("x", 64).dense(256, Activation.RELU).dense(128, Activation.RELU);
        g.output("class", trunk.dense(64, Activation.RELU).dense(10, Activation.IDENTITY).softmax());
        g.output("click", trunk.dense(64, Activation.RELU).dense(1, Activation.LOGISTIC));
        g.output("price", trunk.dense(64, Activation.RELU).dense(1, Activation.IDENTITY));
    }

    /** Two sensors, standardised, 256-256 with swish, two branches of actions of which some are masked. */
    private static void agent(GraphBuilder g) {
        Value sensors = g.input("vision", 48).concat(g.input("body", 20));
        Value mask = g.input(MASK, 9);
        Value h = sensors.centerScale(filled(68, 0.1f), filled(68, 0.9f)).dense(256, Activation.swish(1))
                .dense(256, Activation.swish(1));
        Value logits = h.dense(9, Activation.IDENTITY).add(mask.scaleShift(1e8f, -1e8f));
        g.output("move", logits.columns(0, 5).softmax()).output("act", logits.columns(5, 4).softmax());
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
