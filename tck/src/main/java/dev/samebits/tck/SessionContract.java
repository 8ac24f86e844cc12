package dev.samebits.tck;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * An inference session gives the bits of the definition for every network, batch size and number of threads, wherever a row
 * lies in the batch and whatever the callers' buffers look like. {@link SessionArgumentContract} judges what it takes,
 * {@link SessionLifecycleContract} how it lives and ends.
 */
class SessionContract extends BackendContract {
    private static final int[] BATCHES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 70, 257};
    private static final int[] FEW_BATCHES = {1, 6, 17, 67};
    private static final int[] BFLOAT16_BATCHES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 33};
    private static final int[] LARGE_BATCHES = {1, 2, 7, 8, 9, 14, 24, 31, 53, 100};

    SessionContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void everyNetwork() {
        Backend backend = underTest();
        for (Network network : Networks.all()) {
            try (InferenceSession session = backend.open(network)) {
                for (int rows : FEW_BATCHES) {
                    predicts(session, network, rows, 1);
                }
            }
        }
    }

    @Test
    void everyBatchSizeAndNumberOfThreads() {
        Backend backend = underTest();
        int most = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        for (Network network : Networks.mixed()) {
            // All up to four, then twice as many each time.
            for (int threads = 1; threads <= most; threads += threads < 4 ? 1 : threads) {
                try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(threads))) {
                    Assertions.assertEquals(threads, session.threads());
                    for (int rows : BATCHES) {
                        predicts(session, network, rows, threads);
                    }
                }
            }
        }
    }

    @Test
    void largeNetworks() {
        largeNetworks(Networks.large());
    }

    private void largeNetworks(List<Network> networks) {
        Backend backend = underTest();
        int most = LARGE_BATCHES[LARGE_BATCHES.length - 1];
        for (Network network : networks) {
            Matrix x = Networks.inputs(network, most);
            Matrix want = Definition.predict(network, x);
            for (int threads = 1; threads <= 3; threads++) {
                try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(threads))) {
                    for (int rows : LARGE_BATCHES) {
                        Matrix y = Matrix.zeros(rows, network.outputs());
                        session.predict(x.rows(most - rows, rows), y);
                        Bits.assertSame("predict on " + threads + " threads, " + Networks.describe(network, rows), y,
                                want.rows(most - rows, rows));
                    }
                }
            }
        }
    }

    /** Weights that fit two bytes are read as the floats that they are. */
    @Test
    void bfloat16Weights() {
        Backend backend = underTest();
        for (Network network : Networks.bfloat16()) {
            for (int threads = 1; threads <= 2; threads++) {
                try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(threads))) {
                    for (int rows : BFLOAT16_BATCHES) {
                        predicts(session, network, rows, threads);
                    }
                }
            }
        }
    }

    @Test
    void largeNetworksWithBfloat16Weights() {
        largeNetworks(Networks.large().subList(0, 2).stream().map(Network::withBfloat16Weights).toList());
    }

    static void predicts(InferenceSession session, Network network, int rows, int threads) {
        String what = "predict on " + threads + " threads, " + Networks.describe(network, rows);
        Buffers buffers = new Buffers(what, Values.NORMAL, Values.seed() + rows, rows);
        Matrix x = buffers.input("x", rows, network.inputs());
        Matrix y = buffers.output("y", rows, network.outputs());
        session.predict(x, y);
        buffers.verify();
        Bits.assertSame(what, y, Definition.predict(network, x));
    }

    @Test
    void aRowDoesNotDependOnItsPlace() {
        Backend backend = underTest();
        for (Network network : Networks.mixed()) {
            try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(2))) {
                Matrix x = Networks.inputs(network, 70);
                float[] alone = new float[network.outputs()];
                session.predict(x.rows(5, 1).copy().data(), alone);
                for (int place : new int[] {0, 1, 8, 16, 33, 64, 69}) {
                    Matrix moved = x.copy();
                    x.rows(5, 1).copyTo(moved.rows(place, 1));
                    Matrix y = Matrix.zeros(70, network.outputs());
                    session.predict(moved, y);
                    Bits.assertSame("row in place " + place + " of 70, " + Networks.describe(network, 70),
                            y.rows(place, 1), Matrix.row(alone));
                }
            }
        }
    }

    /** One bad row spoils no other. */
    @Test
    void aRowOfNaNsDoesNotSpread() {
        Backend backend = underTest();
        for (Network network : Networks.mixed()) {
            try (InferenceSession session = backend.open(network)) {
                Matrix x = Networks.inputs(network, 17);
                for (int c = 0; c < network.inputs(); c++) {
                    x.set(3, c, Float.NaN);
                    x.set(9, c, c % 2 == 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY);
                }
                Matrix y = Matrix.zeros(17, network.outputs());
                session.predict(x, y);
                Bits.assertSame("rows of NaN and ∞, " + Networks.describe(network, 17), y, Definition.predict(network, x));
            }
        }
    }

    @Test
    void zeroRows() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(2))) {
            predicts(session, network, 0, 2);
        }
    }

    @Test
    void coldAndHotCodeAgree() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(1);
        try (InferenceSession session = backend.open(network)) {
            Matrix x = Networks.inputs(network, 5);
            Matrix want = Definition.predict(network, x);
            for (int call = 0; call < 3000; call++) {
                Matrix y = Matrix.zeros(5, network.outputs());
                session.predict(x, y);
                Bits.assertSame("call " + call + ", " + Networks.describe(network, 5), y, want);
            }
        }
    }
}
