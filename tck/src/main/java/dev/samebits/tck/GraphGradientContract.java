package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.BatchNorm;
import dev.samebits.Combination;
import dev.samebits.Dropout;
import dev.samebits.GraphBuilder;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Optimizer;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a training step takes from the parameters is the gradient of the objective: compared with central finite differences
 * of the network in double precision, for every kind of step, between layers before and behind it. The mathematics is judged
 * here, so there is a tolerance; the bits are judged by {@link GraphTrainingContract}.
 */
class GraphGradientContract extends BackendContract {
    // Large, so that the old value of a parameter costs the difference old − new no digits of the gradient.
    private static final float LEARNING_RATE = 1 << 16;
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 2e-4;

    GraphGradientContract(BackendContracts judged) {
        super(judged);
    }

    @TestFactory
    Stream<DynamicTest> everyStep() {
        Backend backend = underTest();
        Map<String, UnaryOperator<Value>> steps = new LinkedHashMap<>();
        steps.put("dense", h -> h.dense(5, Activation.TANH));
        steps.put("maxout", h -> h.maxout(5, 3));
        steps.put("activation", h -> h.activate(Activation.GELU));
        steps.put("prelu", h -> h.prelu(Values.NORMAL.array(6, 8)));
        steps.put("scale-shift", h -> h.scaleShift(Values.NORMAL.array(6, 1), Values.NORMAL.array(6, 2)));
        steps.put("center-scale", h -> h.centerScale(Values.NORMAL.array(6, 1), Values.NORMAL.array(6, 2)));
        steps.put("layer-norm", h -> h.layerNorm(1e-2f, Values.NORMAL.array(6, 3), Values.NORMAL.array(6, 4)));
        steps.put("rms-norm", h -> h.rmsNorm(1e-2f, Values.NORMAL.array(6, 5)));
        steps.put("l2-norm", h -> h.l2Norm());
        steps.put("l2-norm of short rows", h -> h.l2Norm(1000));
        steps.put("softmax", h -> h.softmax());
        steps.put("log-softmax", h -> h.logSoftmax());
        steps.put("sum", h -> h.sum(2));
        steps.put("sum of a row", h -> h.sum());
        steps.put("dot", h -> h.dot(h.dense(6, Activation.SINE)));
        steps.put("dot with itself", h -> h.dot(h));
        steps.put("columns and concat", h -> h.columns(3, 2).concat(h, h.columns(0, 4)).columns(1, 8));
        for (Combination combination : Combination.values()) {
            steps.put(combination.label(), h -> h.combine(combination, h.dense(6, Activation.TANH)));
            steps.put(combination.label() + " of one column", h -> h.combine(combination, h.dense(1, Activation.TANH)));
            steps.put(combination.label() + " with one column", h -> h.columns(2, 1).combine(combination, h));
        }
        return steps.entrySet().stream().map(step -> DynamicTest.dynamicTest(step.getKey(), () -> {
            GraphBuilder g = Network.graph();
            Value h = g.input("x", 4).dense(6, Activation.TANH);
            Network network = g.output("y", step.getValue().apply(h).dense(3, Activation.IDENTITY).add(h.sum())).build(7);
            check(backend, network, Objective.of(network), 5);
        }));
    }

    /** Entries that rows and ids name several times, those that none names, and one table behind another step. */
    @Test
    void embedding() {
        GraphBuilder g = Network.graph();
        Value ids = g.input("ids", 3);
        Value entries = ids.embedding(4, 5);
        g.output("y", entries.concat(ids.columns(1, 1).embedding(9, 2)).dense(3, Activation.TANH).add(entries.sum()));
        Network network = g.build(3);
        check(underTest(), network, Objective.of(network), 6);
    }

    /** Heads with every loss, weighted, on values that are read besides; one head without a loss. */
    @Test
    void losses() {
        GraphBuilder g = Network.graph();
        Value h = g.input("x", 4).dense(6, Activation.TANH);
        Value policy = h.dense(3, Activation.IDENTITY).softmax();
        Value click = h.concat(policy).dense(2, Activation.LOGISTIC);
        g.output("policy", policy).output("click", click).output("value", click.dense(2, Activation.TANH))
                .output("log", h.dense(4, Activation.IDENTITY).logSoftmax())
                .output("alone", h.dense(1, Activation.IDENTITY).activate(Activation.LOGISTIC))
                .output("unused", h.dense(2, Activation.IDENTITY)).output("again", click);
        Network network = g.build(5);
        check(underTest(), network, Objective.of("value", Loss.SQUARED_ERROR, 0.25f).and("policy", Loss.CROSS_ENTROPY, 2)
                .and("click", Loss.LOGISTIC_CROSS_ENTROPY, 1).and("log", Loss.CROSS_ENTROPY, 0.5f)
                .and("again", Loss.SQUARED_ERROR, 3).and("alone", Loss.LOGISTIC_CROSS_ENTROPY, 1.5f), 7);
    }

    /** Dropout, weights of rows, and both, of hidden layers of every kind, in a chain and behind branches. */
    @Test
    void dropoutAndWeightsOfRows() {
        Network chain = Network.builder(4).dense(9, Activation.TANH).maxout(8, 2).dense(7, Activation.PRELU)
                .dense(6, Activation.IDENTITY).dense(3, Activation.IDENTITY).softmax().build(3);
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 5);
        Value h = x.dense(9, Activation.PRELU);
        h = h.dense(9, Activation.IDENTITY).add(h).layerNorm().concat(x.dense(4, Activation.GELU));
        g.output("class", h.dense(3, Activation.IDENTITY).softmax()).output("number", h.dense(1, Activation.TANH));
        TrainingOptions sgd = TrainingOptions.of(Optimizer.SGD);
        float[] weights = {1, 0.25f, 3, 0, 2.5f, 0.125f, 1};
        for (Network network : List.of(chain, g.build(4))) {
            Objective objective = Objective.of(network);
            check(underTest(), network, objective, sgd.withDropout(Dropout.of(0.3f, 11)), null, 7);
            check(underTest(), network, objective, sgd, weights, 7);
            check(underTest(), network, objective, sgd.withDropout(Dropout.of(0.4f, 12)), weights, 7);
        }
    }

    /**
     * Batch normalisation of layers of every kind, alone and with dropout and weights. What a session shows of a layer is
     * folded, so that the parameters of these are compared as the definition learns them, to whose bits
     * {@link GraphTrainingOptionsContract} holds sessions; tables and all others as the session does.
     */
    @Test
    void batchNorm() {
        GraphBuilder g = Network.graph();
        Value x = g.input("ids", 2).embedding(5, 3).concat(g.input("x", 4));
        Value h = x.dense(9, Activation.PRELU);
        h = h.dense(9, Activation.IDENTITY).add(h).concat(x.maxout(4, 3));
        g.output("class", h.dense(6, Activation.GELU).dense(3, Activation.IDENTITY).softmax())
                .output("number", h.dense(1, Activation.TANH));
        Network network = g.build(4);
        TrainingOptions normed = TrainingOptions.of(Optimizer.SGD).withBatchNorm(new BatchNorm(0.1f, 0.01f));
        float[] weights = {1, 0.25f, 3, 0, 2.5f, 0.125f, 1};
        for (TrainingOptions options : List.of(normed, normed.withDropout(Dropout.of(0.3f, 11)))) {
            Objective objective = Objective.of(network);
            check(underTest(), network, objective, options, null, 7);
            check(underTest(), network, objective, options, weights, 7);
        }
    }

    /** Fails where a step on a batch of this many rows differs from the finite differences. */
    static void check(Backend backend, Network network, Objective objective, int rows) {
        check(backend, network, objective, TrainingOptions.of(Optimizer.SGD), null, rows);
    }

    private static void check(Backend backend, Network network, Objective objective, TrainingOptions options,
            float @Nullable [] weights, int rows) {
        Matrix x = Networks.inputs(network, rows);
        Matrix targets = GraphLearning.targets(network, objective, rows);
        DoubleGraph exact = new DoubleGraph(network, objective, options);
        StepTrainingDefinition definition = new StepTrainingDefinition(network, objective, options);
        definition.step(x, targets, weights, LEARNING_RATE, 0);
        boolean normed = options.batchNorm() != null;
        Network learned;
        try (TrainingSession session = backend.train(network, objective, options, SessionOptions.defaults())) {
            double wanted = exact.loss(x, targets, weights);
            double got = weights == null ? session.step(x, targets, LEARNING_RATE, 0)
                    : session.step(x, targets, weights, LEARNING_RATE, 0);
            Assertions.assertEquals(wanted, got, 1e-5 * (1 + Math.abs(wanted)), "mean loss, " + objective);
            learned = session.network();
        }
        for (int s = 0; s < network.steps().size(); s++) {
            float[][] after = normed && HiddenMask.hidden(network).contains(s) ? definition.parameters(s)
                    : StepParameters.of(learned.steps().get(s).operation());
            float[][] before = Arrays.copyOf(StepParameters.of(network.steps().get(s).operation()), after.length);
            if (after.length == 4) {
                before[3] = new float[after[3].length];
                Arrays.fill(before[3], 1);
            }
            for (int k = 0; k < before.length; k++) {
                String what = "step " + (s + 1) + ", " + network.steps().get(s) + ", gradient of parameters " + (k + 1);
                compare(what, before[k], after[k], exact.parameters.get(s)[k], () -> exact.loss(x, targets, weights));
            }
        }
    }

    private static void compare(
            String what, float[] before, float[] after, double[] parameters, DoubleSupplier loss) {
        double[] want = new double[parameters.length];
        double largest = 0;
        for (int i = 0; i < parameters.length; i++) {
            double value = parameters[i];
            parameters[i] = value + STEP;
            double up = loss.getAsDouble();
            parameters[i] = value - STEP;
            double down = loss.getAsDouble();
            parameters[i] = value;
            want[i] = (up - down) / (2 * STEP);
            largest = Math.max(largest, Math.abs(want[i]));
        }
        for (int i = 0; i < want.length; i++) {
            double got = ((double) before[i] - after[i]) / LEARNING_RATE;
            Assertions.assertEquals(want[i], got, TOLERANCE * Math.max(largest, 1e-2), what + "[" + i + "]");
        }
    }
}
