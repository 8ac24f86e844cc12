package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.BatchNorm;
import dev.samebits.Dropout;
import dev.samebits.GraphBuilder;
import dev.samebits.HiddenLayers;
import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Optimizer;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Clipped gradients, dropout, batch normalisation and weights of rows give the bits of the definition for networks with
 * branches, alone and
 * together: of the kinds that people build and at random, for every optimizer, batch size and number of threads. Where a
 * network with another step besides is a chain in all but name, it learns what the chain does.
 */
class GraphTrainingOptionsContract extends BackendContract {
    private static final int RANDOM_GRAPHS = 60;

    GraphTrainingOptionsContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void everyKind() {
        for (Network network : GraphLearning.kinds()) {
            TrainingOptions sgd = TrainingOptions.of(Optimizer.SGD);
            // Of these lengths the first clips always, the second sometimes, the last never.
            learns(network, 1, sgd.withClipNorm(0.01f), false, 7, 33, 1);
            learns(network, 2, TrainingOptions.of(Optimizer.adam()).withClipNorm(1), true, 33, 5);
            learns(network, 3, sgd.withClipNorm(1e10f), false, 19);
            learns(network, 1, sgd, true, 7, 33, 1, 2, 8, 9);
            if (!HiddenLayers.of(network).isEmpty()) {
                learns(network, 2, sgd.withDropout(rates(network)), false, 7, 33, 1);
                for (Optimizer optimizer : OptimizerContract.ALL) {
                    learns(network, 3, TrainingOptions.of(optimizer).withClipNorm(0.1f).withDropout(Dropout.of(0.3f, 5)),
                            true, 40, 2);
                }
                TrainingOptions normed = sgd.withBatchNorm(BatchNorm.STANDARD);
                learns(network, 2, normed, false, 7, 70, 1);
                learns(network, 3, TrainingOptions.of(Optimizer.adamW()).withClipNorm(0.1f)
                        .withDropout(Dropout.of(0.3f, 5)).withBatchNorm(new BatchNorm(0.5f, 1e-3f)), true, 1, 40, 2, 2);
            }
        }
    }

    private void learns(Network network, int threads, TrainingOptions options, boolean weighted, int... batches) {
        new GraphLearning(underTest(), options, weighted, threads, batches)
                .learns(network, GraphLearning.objective(network, batches.length));
    }

    // A half, none, and little.
    private static Dropout rates(Network network) {
        List<Float> rates = new ArrayList<>();
        for (int l = 0; l < HiddenLayers.of(network).size(); l++) {
            rates.add(l % 3 == 0 ? 0.5f : l % 3 == 1 ? 0f : 0.01f);
        }
        return new Dropout(rates, Values.seed());
    }

    @Test
    void atRandom() {
        for (int i = 0; i < RANDOM_GRAPHS; i++) {
            Network network = Graphs.learning(1000 * Values.seed() + i);
            Assertions.assertEquals(HiddenMask.hidden(network), HiddenLayers.of(network), network.describe());
            TrainingOptions options = TrainingOptions.of(OptimizerContract.ALL.get(i % OptimizerContract.ALL.size()))
                    .withClipNorm(i % 2 == 0 ? 0.1f : 1);
            boolean drops = !HiddenLayers.of(network).isEmpty() && i % 3 > 0;
            options = drops ? options.withDropout(Dropout.of(0.25f, i)) : options;
            boolean norms = !HiddenLayers.of(network).isEmpty() && i % 2 == 0;
            options = norms ? options.withBatchNorm(BatchNorm.STANDARD) : options;
            learns(network, 1 + i % 3, options, i % 4 == 0, 3 + i, 19);
        }
    }

    /** Batch normalisation takes chains the same way; what it folds is a chain that predicts what the session does. */
    @Test
    void normedChains() {
        for (Network network : Networks.mixed()) {
            if (HiddenLayers.of(network).isEmpty() || network.inputs() > 100) {
                continue;
            }
            TrainingOptions options = TrainingOptions.of(Optimizer.adam()).withBatchNorm(BatchNorm.STANDARD);
            new GraphLearning(underTest(), options, false, 2, 33, 1, 5).learns(network, Objective.of(network));
            Loss loss = Loss.of(network);
            try (TrainingSession session = underTest().train(network, loss, options, SessionOptions.ofThreads(2))) {
                session.step(Networks.inputs(network, 40), Networks.targets(network, 40), 0.01f, 0);
                Network learned = session.network();
                Assertions.assertEquals(network.toString(), learned.toString());
                Matrix x = Networks.inputs(network, 9);
                Matrix meanwhile = Matrix.zeros(9, network.outputs());
                session.predict(x, meanwhile);
                try (InferenceSession saved = underTest().open(learned)) {
                    Matrix y = Matrix.zeros(9, network.outputs());
                    saved.predict(x, y);
                    Bits.assertSame("the saved network, beside the session that learned it, " + network, y, meanwhile);
                }
            }
        }
    }

    /** After ten batches, a running mean is no longer that of all. */
    @Test
    void manyNormedBatches() {
        Network network = Network.builder(3).dense(5, Activation.TANH).dense(2, Activation.IDENTITY).build(Values.seed());
        TrainingOptions options = TrainingOptions.of(Optimizer.SGD).withBatchNorm(BatchNorm.STANDARD);
        new GraphLearning(underTest(), options, false, 1, 2, 3, 4, 1, 5, 6, 7, 8, 9, 2, 3, 4, 5)
                .learns(network, Objective.of(network));
    }

    /** A step that multiplies by 1 makes a chain a network with branches, and leaves every bit. */
    @Test
    void learnsWhatAChainLearns() {
        for (Network chain : Networks.trainable()) {
            if (chain.layers().size() < 2) {
                continue;
            }
            TrainingOptions options = TrainingOptions.of(Optimizer.adam()).withClipNorm(0.1f)
                    .withDropout(Dropout.of(0.2f, Values.seed()));
            GraphBuilder g = Network.graph();
            Value h = g.input("x", chain.inputs()).scaleShift(1, -0f);
            for (Layer layer : chain.layers()) {
                h = h.layer(layer);
            }
            g.output("output", switch (chain.output()) {
                case IDENTITY -> h;
                case SOFTMAX -> h.softmax();
                case LOG_SOFTMAX -> h.logSoftmax();
            });
            Network scaled = g.build();
            Assertions.assertFalse(scaled.isChain());
            same(chain, scaled, options);
        }
    }

    private void same(Network chain, Network scaled, TrainingOptions options) {
        Loss loss = Loss.of(chain);
        try (TrainingSession one = underTest().train(chain, loss, options, SessionOptions.ofThreads(2));
                TrainingSession other = underTest().train(scaled, loss, options, SessionOptions.ofThreads(3))) {
            for (int k = 0; k < 4; k++) {
                int rows = 5 + 20 * k;
                Matrix x = Networks.inputs(chain, rows);
                Matrix targets = Networks.targets(chain, rows);
                float[] weights = GraphLearning.weights(rows, k);
                String what = "step " + (k + 1) + " of a chain with a scale of 1, " + Networks.describe(chain, rows);
                Assertions.assertEquals(one.step(x, targets, weights, GraphLearning.RATE, GraphLearning.DECAY),
                        other.step(x, targets, weights, GraphLearning.RATE, GraphLearning.DECAY), what);
                for (int l = 0; l < chain.layers().size(); l++) {
                    Layer want = one.network().layers().get(l);
                    Layer got = other.network().layers().get(l);
                    Bits.assertSame(what + ": W", got.weights(), want.weights());
                    Bits.assertSame(what + ": b", got.bias(), want.bias());
                    Bits.assertSame(what + ": slopes", got.slopes(), want.slopes());
                }
            }
        }
    }
}
