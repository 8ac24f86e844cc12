package dev.samebits.tck;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Section;
import dev.samebits.SessionOptions;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * A session of a network with branches gives the bits of the definition, for networks of the kinds that people build and at
 * random, every batch size and number of threads; of one that fails, the report has the smallest part that still does. Rows
 * with bad ids are refused before anything is written.
 */
class GraphContract extends BackendContract {
    private static final int[] BATCHES = {1, 2, 7, 64, 65, 300};
    private static final int RANDOM_GRAPHS = 60;
    private static final float UNTOUCHED = 42;

    GraphContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void everyKind() {
        Backend backend = underTest();
        for (Network network : Graphs.kinds()) {
            for (int threads = 1; threads <= 3; threads++) {
                for (int rows : BATCHES) {
                    predicts(backend, network, rows, threads, Values.NORMAL);
                }
            }
        }
    }

    @Test
    void atRandom() {
        Backend backend = underTest();
        for (int i = 0; i < RANDOM_GRAPHS; i++) {
            Network network = Graphs.random(1000 * Values.seed() + i);
            int rows = BATCHES[i % BATCHES.length];
            for (Values values : List.of(Values.NORMAL, Values.SPECIAL)) {
                predicts(backend, network, rows, 1 + i % 3, values);
            }
        }
    }

    private static void predicts(Backend backend, Network network, int rows, int threads, Values values) {
        String failure = failure(backend, network, rows, threads, values);
        if (failure != null) {
            Assertions.fail(smallest(backend, network, rows, threads, values, failure));
        }
    }

    // What is wrong, or null.
    private static String failure(Backend backend, Network network, int rows, int threads, Values values) {
        try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(threads))) {
            String what = "predict on " + threads + " threads, " + values + " data, " + Networks.describe(network, rows);
            Buffers buffers = new Buffers(what, values, Values.seed() + rows, rows);
            Matrix x = Networks.inputs(network, rows, values);
            Matrix before = x.copy();
            Matrix y = buffers.output("y", rows, network.outputs());
            session.predict(x, y);
            buffers.verify();
            Bits.assertSame(what + ": its input", x, before);
            Bits.assertSame(what, y, Definition.predict(network, x));
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e.getMessage();
        }
    }

    // The first value that fails alone, cut off from as many values before it as may be.
    private static String smallest(
            Backend backend, Network network, int rows, int threads, Values values, String failure) {
        int inputs = network.inputSections().size();
        for (int value = inputs; value < inputs + network.steps().size(); value++) {
            Set<Integer> cuts = new HashSet<>();
            String found = failure(backend, Graphs.cut(network, value, cuts), rows, threads, values);
            for (int other = value - 1; found != null && other >= inputs; other--) {
                Set<Integer> more = new HashSet<>(cuts);
                more.add(other);
                String still = failure(backend, Graphs.cut(network, value, more), rows, threads, values);
                found = still == null ? found : still;
                cuts = still == null ? cuts : more;
            }
            if (found != null) {
                return found + "\nof this network, the smallest part of one that fails:\n"
                        + Graphs.cut(network, value, cuts).describe();
            }
        }
        return failure + "\nof this network, no value of which fails alone:\n" + network.describe();
    }

    @Test
    void aRowDoesNotDependOnItsPlace() {
        Backend backend = underTest();
        for (Network network : Graphs.kinds()) {
            try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(2))) {
                Matrix x = Networks.inputs(network, 70);
                Matrix want = Definition.predict(network, x);
                for (int row = 0; row < 70; row += 3) {
                    Bits.assertSame("row " + row + " alone, " + Networks.describe(network, 1),
                            Matrix.row(session.predict(x.rows(row, 1).copy().data())), want.rows(row, 1));
                }
            }
        }
    }

    @Test
    void manyCallersShareASession() {
        Backend backend = underTest();
        Network network = Graphs.kinds().get(1);
        Matrix x = Networks.inputs(network, 40);
        Matrix want = Definition.predict(network, x);
        try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(2))) {
            CompletableFuture<?>[] callers = IntStream.range(0, 4)
                    .mapToObj(caller -> CompletableFuture.runAsync(() -> {
                        for (int call = 0; call < 20; call++) {
                            Matrix y = Matrix.zeros(40 - caller, network.outputs());
                            session.predict(x.rows(caller, 40 - caller), y);
                            Bits.assertSame("caller " + caller, y, want.rows(caller, 40 - caller));
                        }
                    })).toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(callers).join();
        }
    }

    /** An output's numbers are the same whichever others are computed. */
    @Test
    void selectedOutputsAreAsBefore() {
        Backend backend = underTest();
        for (Network network : Graphs.kinds()) {
            Matrix x = Networks.inputs(network, 9);
            Matrix whole = Definition.predict(network, x);
            for (Section output : network.outputSections()) {
                Network selected = network.select(output.name());
                Matrix from = Matrix.zeros(9, selected.inputs());
                for (Section input : selected.inputSections()) {
                    network.inputSections().stream().filter(i -> i.name().equals(input.name()))
                            .forEach(i -> i.of(x).copyTo(input.of(from)));
                }
                try (InferenceSession session = backend.open(selected)) {
                    Matrix y = Matrix.zeros(9, selected.outputs());
                    session.predict(from, y);
                    Bits.assertSame("output " + output + " of " + network, y, output.of(whole));
                }
            }
        }
    }

    @Test
    void badIdsAreRefusedBeforeAnythingIsWritten() {
        Network network = Graphs.kinds().get(1);
        try (InferenceSession session = underTest().open(network, SessionOptions.ofThreads(2))) {
            for (float id : new float[] {-1, 0.5f, 12, Float.NaN, 1e20f, Float.POSITIVE_INFINITY}) {
                Matrix x = Networks.inputs(network, 80);
                x.set(77, 1, id);
                String says = "row 77: column 1 of the input categories is " + id
                        + ": give it an id, a whole number from 0 to 11";
                refuses(says, new float[80], y -> session.predict(x, Matrix.of(80, 1, y)));
                refuses(says, new float[80], y -> session.predict(FloatBuffer.wrap(x.data()), FloatBuffer.wrap(y)));
                refuses(says, new float[80],
                        y -> session.predict(FloatBuffer.wrap(x.data()).asReadOnlyBuffer(), FloatBuffer.wrap(y)));
                refuses(says.replace("row 77", "row 0"), new float[1],
                        y -> session.predict(x.rows(77, 1).copy().data(), y));
            }
        }
    }

    private interface Call {
        void on(float[] y);
    }

    private static void refuses(String says, float[] y, Call call) {
        Arrays.fill(y, UNTOUCHED);
        Executable executable = () -> call.on(y);
        String message = Assertions.assertThrows(IllegalArgumentException.class, executable, says).getMessage();
        Assertions.assertTrue(message.contains(says), () -> "the message must be " + says + ", but is: " + message);
        for (float value : y) {
            Assertions.assertEquals(UNTOUCHED, value, "wrote into y before it refused the call");
        }
    }
}
