package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingSession;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a training step takes from the parameters is the gradient of the structural risk: compared with central finite
 * differences of a network in double precision, for every activation, maxout and loss. The mathematics is judged here, so
 * there is a tolerance; the bits are judged by {@link TrainingContract}.
 */
class GradientContract extends BackendContract {
    // Large, so that the old value of a parameter costs the difference old − new no digits of the gradient.
    private static final float LEARNING_RATE = 1 << 16;
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-4;

    GradientContract(BackendContracts judged) {
        super(judged);
    }

    @TestFactory
    Stream<DynamicTest> everyActivation() {
        Backend backend = underTest();
        return ActivationSpec.ALL.stream().map(spec -> DynamicTest.dynamicTest(spec.toString(), () -> {
            Activation f = spec.activation();
            long seed = Values.seed();
            float bias = ActivationSpec.bias(f);
            if (bias == 0) {
                check(backend, Network.builder(4).dense(6, f).dense(3, f).build(seed), 5, 0);
            }
            check(backend, Network.builder(4).dense(6, f).dense(3, Activation.IDENTITY).softmax().biases(bias).build(seed), 5,
                    0);
        }));
    }

    @Test
    void maxout() {
        Backend backend = underTest();
        check(backend, Network.builder(4).maxout(5, 3).maxout(2, 2).build(Values.seed()), 6, 0);
        check(backend, Network.builder(4).maxout(5, 2).maxout(3, 4).softmax().build(Values.seed()), 6, 0);
    }

    @Test
    void everyLoss() {
        Backend backend = underTest();
        check(backend, Network.builder(3).dense(5, Activation.TANH).dense(4, Activation.IDENTITY).softmax().build(2), 7, 0);
        check(backend, Network.builder(3).dense(5, Activation.TANH).dense(4, Activation.TANH).logSoftmax().build(3), 7, 0);
        check(backend, Network.builder(3).dense(5, Activation.TANH).dense(2, Activation.LOGISTIC).build(4), 7, 0);
        check(backend, Network.builder(3).dense(5, Activation.TANH).dense(4, Activation.GELU).build(5), 7, 0);
        check(backend, Network.builder(3).dense(1, Activation.LOGISTIC).build(6), 1, 0);
    }

    @Test
    void weightDecay() {
        Backend backend = underTest();
        check(backend, Network.builder(3).dense(5, Activation.PRELU).dense(4, Activation.IDENTITY).softmax().biases(0.3f)
                .build(Values.seed()), 4, 0.125f);
    }

    /** Fails where a step on a batch of this many rows differs from the finite differences. */
    static void check(Backend backend, Network network, int rows, float weightDecay) {
        Loss loss = Loss.of(network);
        Matrix x = Networks.inputs(network, rows);
        Matrix targets = Networks.targets(network, rows);
        DoubleNetwork exact = new DoubleNetwork(network);
        DoubleSupplier risk = () -> exact.risk(loss, x, targets, weightDecay);
        Network learned;
        try (TrainingSession session = backend.train(network, loss, SessionOptions.defaults())) {
            double meanLoss = session.step(x, targets, LEARNING_RATE, weightDecay);
            double wanted = exact.risk(loss, x, targets, 0);
            Assertions.assertEquals(wanted, meanLoss, 1e-5 * (1 + Math.abs(wanted)), "mean loss, " + loss);
            learned = session.network();
        }
        for (int l = 0; l < network.layers().size(); l++) {
            Layer before = network.layers().get(l);
            Layer after = learned.layers().get(l);
            String what = loss + ", " + Networks.describe(network, rows) + ", layer " + (l + 1) + ", gradient of ";
            compare(what + "W", before.weights().data(), after.weights().data(), exact.weights.get(l), risk);
            compare(what + "b", before.bias(), after.bias(), exact.biases.get(l), risk);
            compare(what + "slopes", before.slopes(), after.slopes(), exact.slopes.get(l), risk);
        }
    }

    private static void compare(String what, float[] before, float[] after, double[] parameters, DoubleSupplier risk) {
        double[] want = new double[parameters.length];
        double largest = 0;
        for (int i = 0; i < parameters.length; i++) {
            double value = parameters[i];
            parameters[i] = value + STEP;
            double up = risk.getAsDouble();
            parameters[i] = value - STEP;
            double down = risk.getAsDouble();
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
