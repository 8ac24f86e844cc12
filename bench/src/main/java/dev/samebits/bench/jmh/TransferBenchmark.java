package dev.samebits.bench.jmh;

import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.SessionOptions;
import dev.samebits.gpu.DeviceSession;
import dev.samebits.gpu.Transfers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it costs to bring numbers to where a backend computes, and back: sessions that do one fma for each number, which is
 * next to nothing beside moving it. On a device this is the way over the bus, on the processor the way through memory.
 */
@State(Scope.Thread)
public class TransferBenchmark extends Timed {
    /** Bytes to the device in a call, as its session counts them. */
    public static final String UP = "up";
    /** And back. */
    public static final String DOWN = "down";

    private static final int WIDTH = 1024;

    @Param("simd")
    public String backend;

    /** Rows of {@value #WIDTH} floats. */
    @Param("4096")
    public int batch;

    private InferenceSession wideToOne;
    private InferenceSession oneToWide;
    private Matrix wide;
    private Matrix one;
    private Matrix single;
    private Matrix result;

    /** Bytes that a call moves in the direction it is named for. */
    static long bytes(long batch) {
        return batch * WIDTH * Float.BYTES;
    }

    @Setup
    public void setup() {
        var chosen = ForkLine.backend(backend);
        wideToOne = chosen.open(Workloads.affine(WIDTH, 1), SessionOptions.defaults());
        oneToWide = chosen.open(Workloads.affine(1, WIDTH), SessionOptions.defaults());
        ForkLine.check(wideToOne.backend(), backend);
        wide = Workloads.uniform(batch, WIDTH, 3);
        one = Matrix.zeros(batch, 1);
        single = Workloads.uniform(batch, 1, 3);
        result = Matrix.zeros(batch, WIDTH);
    }

    /** A large input, a small result. */
    @Benchmark
    public Matrix in() {
        wideToOne.predict(wide, one);
        return one;
    }

    /** A small input, a large result. */
    @Benchmark
    public Matrix out() {
        oneToWide.predict(single, result);
        return result;
    }

    @TearDown
    public void close() {
        report(wideToOne, this::in);
        report(oneToWide, this::out);
        wideToOne.close();
        oneToWide.close();
    }

    // What one more call moves, of the session that was measured; the other was never called.
    private static void report(InferenceSession session, Runnable call) {
        if (session instanceof DeviceSession device && device.transfers().calls() > 0) {
            Transfers before = device.transfers();
            call.run();
            Transfers after = device.transfers();
            ForkLine.figure(UP, after.up() - before.up(), "B");
            ForkLine.figure(DOWN, after.down() - before.down(), "B");
        }
    }
}
