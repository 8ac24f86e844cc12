package dev.samebits.bench.jmh;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The first thousand single rows of 32-64-32-1 in a JVM. They come once in a fork, so that they are timed before JMH begins,
 * and reported beside its time, which says nothing here.
 */
@State(Scope.Thread)
public class ColdStartBenchmark extends Timed {
    /** Nanoseconds of the first thousand rows, all together, without opening the session and without its warm-up. */
    public static final String FIRST = "first";

    private static final int ROWS = 1000;

    @Param("simd")
    public String backend;

    /** {@code yes} to call {@link InferenceSession#warmUp()} before them. */
    @Param({"no", "yes"})
    public String warmUp;

    private float[] last;

    /** Nanoseconds: to open the session, to warm it up, of the first row, of the first thousand, and of the next. */
    public record Times(long open, long warmUp, long row, long first, long next) {}

    /**
     * Opens a session and predicts rows, in a JVM that must have run nothing yet.
     *
     * @param y receives the output of the last row
     */
    public static Times measure(String backend, boolean warmUp, float[] y) {
        Network network = Workloads.network("relu");
        Matrix x = Workloads.uniform(ROWS, network.inputs(), 3);
        float[][] rows = new float[ROWS][];
        Arrays.setAll(rows, i -> x.rows(i, 1).copy().data());
        long start = System.nanoTime();
        try (InferenceSession session = Backends.named(backend).open(network)) {
            long opened = System.nanoTime();
            ForkLine.check(session.backend(), backend);
            if (warmUp) {
                session.warmUp();
            }
            long warm = System.nanoTime();
            predict(session, rows, 0, 1, y);
            long first = System.nanoTime();
            predict(session, rows, 1, ROWS, y);
            long thousand = System.nanoTime();
            predict(session, rows, 0, ROWS, y);
            return new Times(opened - start, warm - opened, first - warm, thousand - warm, System.nanoTime() - thousand);
        }
    }

    private static void predict(InferenceSession session, float[][] rows, int from, int to, float[] y) {
        for (int i = from; i < to; i++) {
            session.predict(rows[i], y);
        }
    }

    @Setup
    public void setup() {
        last = new float[1];
        Times times = measure(backend, warmUp.equals("yes"), last);
        // Not before: it looks at the backend.
        ForkLine.backend(backend);
        ForkLine.figure(FIRST, times.first(), "ns");
    }

    /** What came out of the last of the rows. */
    @Benchmark
    public float[] last() {
        return last;
    }
}
