package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.BatchNorm;
import dev.samebits.Dropout;
import dev.samebits.HiddenLayers;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Optimizer;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.TrainingState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The state of a training session is all of it, and the same on every backend: a session of another backend or number of
 * threads, new or used, that is given it takes the same steps as one that was never interrupted, with every optimizer,
 * clipping, dropout and weights of rows.
 */
class TrainingStateContract extends BackendContract {
    private static final int[] BEFORE = {7, 1, 33};
    private static final int[] AFTER = {16, 1};
    private static final float RATE = 0.01f;
    private static final float DECAY = 0.1f;

    TrainingStateContract(BackendContracts judged) {
        super(judged);
    }

    private static List<Network> chains() {
        return List.of(Networks.mixed().get(1),
                Network.builder(9).dense(67, Activation.IDENTITY).dense(33, Activation.PRELU).maxout(18, 2)
                        .dense(5, Activation.PRELU).build(Values.seed()));
    }

    @Test
    void chainsGoOn() {
        List<Network> chains = chains();
        for (int n = 0; n < chains.size(); n++) {
            Network network = chains.get(n);
            for (int o = 0; o < OptimizerContract.ALL.size(); o++) {
                TrainingOptions plain = TrainingOptions.of(OptimizerContract.ALL.get(o));
                boolean bare = o % 2 == n;
                TrainingOptions options = bare ? plain
                        : plain.withClipNorm(0.1f).withDropout(Dropout.of(0.3f, Values.seed()));
                goesOn(options + ", " + network, network, !bare, o % 3 == 0, (backend, session) ->
                        backend.train(network, Loss.of(network), options, session));
            }
        }
    }

    @Test
    void graphsGoOn() {
        List<Network> kinds = GraphLearning.kinds();
        for (int k = 0; k < kinds.size(); k++) {
            Network network = kinds.get(k);
            for (Optimizer optimizer : k == 0 ? OptimizerContract.ALL : List.of(Optimizer.adam())) {
                goesOn(optimizer + ", " + network, network, false, k > 0, (backend, session) ->
                        backend.train(network, Objective.of(network), optimizer, session));
            }
            TrainingOptions clipped = TrainingOptions.of(Optimizer.nesterov(0.9f)).withClipNorm(0.1f);
            TrainingOptions options = HiddenLayers.of(network).isEmpty() ? clipped
                    : clipped.withDropout(Dropout.of(0.3f, Values.seed())).withBatchNorm(BatchNorm.STANDARD);
            goesOn(options + ", " + network, network, true, true, (backend, session) ->
                    backend.train(network, Objective.of(network), options, session));
        }
    }

    private void goesOn(String what, Network network, boolean weighted, boolean used,
            BiFunction<Backend, SessionOptions, TrainingSession> open) {
        Backend definition = BackendUnderTest.named("scalar");
        Backend backend = underTest();
        try (TrainingSession first = open.apply(backend, SessionOptions.defaults());
                TrainingSession defined = open.apply(definition, SessionOptions.defaults());
                TrainingSession second = open.apply(backend, SessionOptions.ofThreads(2));
                TrainingSession other = open.apply(definition, SessionOptions.ofThreads(3))) {
            run(what, network, weighted, List.of(first, defined), BEFORE);
            if (used) {
                run(what, network, weighted, List.of(second), AFTER);
            }
            TrainingState state = first.state();
            Assertions.assertEquals(defined.state(), state, what + ": the state, beside that of the definition");
            TrainingState written = written(state);
            for (TrainingSession session : List.of(second, other)) {
                session.restore(written);
                Assertions.assertEquals(state, session.state(), what + ": the state that was restored");
                Assertions.assertEquals(first.network().fingerprint(), session.network().fingerprint(), what);
            }
            run(what, network, weighted, List.of(first, defined, second, other), AFTER);
            for (TrainingSession session : List.of(defined, second, other)) {
                Assertions.assertEquals(first.state(), session.state(), what + ": the state after more steps");
            }
        }
    }

    // All sessions, the same steps; their losses must be those of the first.
    private static void run(String what, Network network, boolean weighted, List<TrainingSession> sessions, int... batches) {
        for (int rows : batches) {
            Matrix x = Networks.inputs(network, rows);
            Matrix targets = network.isChain() ? Networks.targets(network, rows)
                    : GraphLearning.targets(network, Objective.of(network), rows);
            float[] weights = Values.NORMAL.array(rows, Values.seed());
            for (int n = 0; n < rows; n++) {
                weights[n] = Math.abs(weights[n]) + 0.1f;
            }
            Double want = null;
            for (TrainingSession session : sessions) {
                double loss = weighted ? session.step(x, targets, weights, RATE, DECAY)
                        : session.step(x, targets, RATE, DECAY);
                Assertions.assertEquals(want == null ? loss : want, loss, what + ": loss of " + rows + " rows");
                want = loss;
            }
        }
    }

    private static TrainingState written(TrainingState state) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            state.write(out);
            return TrainingState.read(new ByteArrayInputStream(out.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void statesOfOtherSessionsAreRefused() {
        Backend backend = underTest();
        Network network = chains().get(0);
        Loss loss = Loss.of(network);
        try (TrainingSession adam = backend.train(network, loss, Optimizer.adam(), SessionOptions.defaults());
                TrainingSession sgd = backend.train(network, loss)) {
            TrainingState before = sgd.state();
            String message = Assertions.assertThrows(IllegalArgumentException.class, () -> sgd.restore(adam.state()))
                    .getMessage();
            Assertions.assertTrue(message.contains("step 1 bias m"), message);
            Assertions.assertEquals(before, sgd.state(), "the state after one that was refused");
        }
    }
}
