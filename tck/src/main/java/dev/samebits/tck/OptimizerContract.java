package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingSession;
import dev.samebits.scalar.ScalarKernels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Every optimizer gives the bits of the definition, as a kernel and in sessions, step after step, for every batch size and
 * number of threads; and the definition is near the textbook's formulas in double precision.
 */
class OptimizerContract extends BackendContract {
    /** All methods, with usual and with unusual numbers. */
    static final List<Optimizer> ALL = List.of(Optimizer.SGD, Optimizer.momentum(0.9f), Optimizer.nesterov(0.8f),
            Optimizer.rmsprop(), Optimizer.adam(), Optimizer.adamW(), Optimizer.adam(0, 0.5f, 1),
            Optimizer.adamW(0.3f, 0, 1e-30f), Optimizer.rmsprop(0.9f, 1e-3f));

    private static final int[] BATCHES = {7, 33, 1, 64, 1, 2, 16};
    private static final float RATE = 0.01f;
    private static final float DECAY = 0.1f;

    private final LayerKernels definition = new ScalarKernels();

    OptimizerContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void everyStepHasTheBitsOfTheDefinition() {
        Backend backend = underTest();
        List<Network> networks = new ArrayList<>(Networks.mixed());
        networks.add(Network.builder(9).dense(67, Activation.RELU).dense(33, Activation.PRELU).build(Values.seed()));
        for (Network network : networks) {
            for (Optimizer optimizer : ALL) {
                everyStep(backend, network, optimizer);
            }
        }
    }

    private static void everyStep(Backend backend, Network network, Optimizer optimizer) {
        Loss loss = Loss.of(network);
        try (TrainingSession alone = backend.train(network, loss, optimizer, SessionOptions.defaults());
                TrainingSession shared = backend.train(network, loss, optimizer, SessionOptions.ofThreads(2))) {
            Assertions.assertEquals(optimizer, alone.optimizer());
            Memory memory = new Memory(optimizer, network);
            Network want = network;
            for (int k = 0; k < BATCHES.length; k++) {
                Matrix x = Networks.inputs(network, BATCHES[k]);
                Matrix targets = Networks.targets(network, BATCHES[k]);
                float rate = RATE / (1 + k);
                Definition.Step step = Definition.step(memory, want, loss, x, targets, rate, DECAY);
                want = step.network();
                for (TrainingSession session : List.of(alone, shared)) {
                    String what = optimizer + ", step " + (k + 1) + " on " + session.threads() + " threads, "
                            + Networks.describe(network, BATCHES[k]);
                    Assertions.assertEquals(step.meanLoss(), session.step(x, targets, rate, DECAY), what + ": mean loss");
                    TrainingContract.same(what, session.network(), want);
                }
            }
        }
    }

    @Test
    void kernel() {
        LayerKernels kernels = kernels();
        for (Optimizer optimizer : ALL) {
            OptimizerStep step = new OptimizerStep(optimizer);
            Case.each("optimize by " + optimizer, Sizes.elements(), List.of(Values.NORMAL, Values.EXTREME, Values.SPECIAL),
                    (c, buffers) -> {
                        Matrix dw = buffers.input("dw", c.batch(), c.out());
                        Matrix w = buffers.changed("w", c.batch(), c.out());
                        Matrix m = buffers.changed("m", c.batch(), c.out());
                        Matrix v = buffers.changed("v", c.batch(), c.out());
                        Matrix wantW = w.copy();
                        Matrix wantM = m.copy();
                        Matrix wantV = v.copy();
                        boolean decays = c.number() % 3 > 0;
                        step.advance(RATE, 1f / (1 + c.number() % 7), c.number() % 2 == 0 ? 0 : DECAY);
                        kernels.optimize(step, decays, w, dw, m, v);
                        definition.optimize(step, decays, wantW, dw, wantM, wantV);
                        buffers.verify();
                        Bits.assertSame(c.what() + ": w", w, wantW);
                        Bits.assertSame(c.what() + ": m", m, wantM);
                        Bits.assertSame(c.what() + ": v", v, wantV);
                    });
        }
    }

    /** A gradient that is gone: moments fall through the denormals, and the parameters come to rest. */
    @Test
    void momentsFadeAway() {
        LayerKernels kernels = kernels();
        for (Optimizer optimizer : ALL) {
            OptimizerStep step = new OptimizerStep(optimizer);
            Matrix[] got = start();
            Matrix[] want = start();
            for (int t = 0; t < 1200; t++) {
                step.advance(RATE, 1, 0);
                kernels.optimize(step, true, got[0], got[1], got[2], got[3]);
                definition.optimize(step, true, want[0], want[1], want[2], want[3]);
                for (int k = 0; k < 4; k++) {
                    Bits.assertSame(optimizer + ", step " + (t + 1) + ": " + "w dw m v".split(" ")[k], got[k], want[k]);
                    got[1].data()[3 * k] = 0;
                    want[1].data()[3 * k] = 0;
                }
                for (int i = 0; t == 2 && i < got[1].data().length; i++) {
                    got[1].data()[i] = 0;
                    want[1].data()[i] = 0;
                }
            }
        }
    }

    // w, dw, m, v.
    private static Matrix[] start() {
        float[] w = Values.NORMAL.array(37, Values.seed());
        w[5] = 0;
        w[6] = -0f;
        return new Matrix[] {Matrix.row(w), Matrix.row(Values.NORMAL.array(37, Values.seed() + 1)), Matrix.zeros(1, 37),
            Matrix.zeros(1, 37)};
    }

    /** The textbook's formulas, in double precision and in their own order. */
    @Test
    void isNearTheTextbook() {
        LayerKernels kernels = kernels();
        int steps = 100;
        for (Optimizer optimizer : ALL) {
            OptimizerStep step = new OptimizerStep(optimizer);
            Matrix w = Matrix.row(Values.NORMAL.array(50, Values.seed()));
            Matrix m = Matrix.zeros(1, 50);
            Matrix v = Matrix.zeros(1, 50);
            Textbook[] exact = new Textbook[50];
            for (int i = 0; i < exact.length; i++) {
                exact[i] = new Textbook(optimizer, w.get(0, i));
            }
            for (int t = 1; t <= steps; t++) {
                Matrix dw = Matrix.row(Values.NORMAL.array(50, Values.seed() + t));
                step.advance(RATE, 0.25f, DECAY);
                kernels.optimize(step, true, w, dw, m, v);
                for (int i = 0; i < exact.length; i++) {
                    exact[i].step(RATE, DECAY, 0.25 * dw.get(0, i));
                    Assertions.assertEquals(exact[i].w, w.get(0, i), t * 0x1p-23 * Math.max(1, Math.abs(exact[i].w)),
                            optimizer + ", step " + t + " of parameter " + i);
                }
            }
        }
    }

    private static final class Textbook {
        private final Optimizer o;
        double w;
        private double m;
        private double v;
        private int t;

        Textbook(Optimizer o, double w) {
            this.o = o;
            this.w = w;
        }

        void step(double alpha, double lambda, double gradient) {
            t++;
            double g = o.kind() == Optimizer.Kind.ADAMW ? gradient : gradient + lambda * w;
            v = o.beta2() * v + (1 - o.beta2()) * g * g;
            switch (o.kind()) {
                case SGD -> w -= alpha * g;
                case MOMENTUM -> {
                    m = o.momentum() * m + g;
                    w -= alpha * m;
                }
                case NESTEROV -> {
                    m = o.momentum() * m + g;
                    w -= alpha * (o.momentum() * m + g);
                }
                case RMSPROP -> w -= alpha * g / (Math.sqrt(v) + o.epsilon());
                case ADAM, ADAMW -> {
                    m = o.beta1() * m + (1 - o.beta1()) * g;
                    w -= o.kind() == Optimizer.Kind.ADAMW ? alpha * lambda * w : 0;
                    w -= alpha * (m / (1 - Math.pow(o.beta1(), t)))
                            / (Math.sqrt(v / (1 - Math.pow(o.beta2(), t))) + o.epsilon());
                }
            }
        }
    }

    /** Whatever the gradient, Adam's first step is the learning rate; that of momentum is plain descent's. */
    @Test
    void firstStepsAreKnown() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        Network descent = first(backend, network, Optimizer.SGD);
        TrainingContract.same("the first step with momentum", first(backend, network, Optimizer.momentum(0.9f)), descent);
        for (Optimizer adam : List.of(Optimizer.adam(), Optimizer.adamW())) {
            Network learned = first(backend, network, adam);
            for (int l = 0; l < network.layers().size(); l++) {
                Layer before = network.layers().get(l);
                float[] plain = descent.layers().get(l).bias();
                float[] after = learned.layers().get(l).bias();
                for (int i = 0; i < after.length; i++) {
                    float moved = plain[i] - before.bias(i);
                    if (Math.abs(moved) > 1e-4f * RATE) {
                        Assertions.assertEquals(Math.copySign(RATE, moved), after[i] - before.bias(i), 1e-3 * RATE,
                                adam + ": layer " + (l + 1) + ", bias " + i);
                    }
                }
            }
        }
    }

    private static Network first(Backend backend, Network network, Optimizer optimizer) {
        Loss loss = Loss.of(network);
        try (TrainingSession session = backend.train(network, loss, optimizer, SessionOptions.defaults())) {
            session.step(Networks.inputs(network, 64), Networks.targets(network, 64), RATE, 0);
            return session.network();
        }
    }
}
