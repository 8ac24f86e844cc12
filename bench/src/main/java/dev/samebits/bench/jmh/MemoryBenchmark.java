package dev.samebits.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How fast one core moves memory in the patterns of {@link ActivationBenchmark}: the measure of "memory-bound". */
@State(Scope.Thread)
public class MemoryBenchmark extends Timed {
    @Param("16777216")
    public int elements;

    private float[] a;
    private float[] b;
    private float[] out;

    @Setup
    public void setup() {
        ForkLine.announce("memory, plain loops");
        a = Workloads.uniform(1, elements, 3).data();
        b = Workloads.uniform(1, elements, 4).data();
        out = new float[elements];
    }

    /** Reads one array, writes one. Not arraycopy, which may go past the cache as a computing loop cannot. */
    @Benchmark
    public float[] scale() {
        float[] from = a;
        float[] to = out;
        for (int i = 0; i < to.length; i++) {
            to[i] = 3 * from[i];
        }
        return to;
    }

    /** Reads two arrays, writes one. */
    @Benchmark
    public float[] multiply() {
        float[] left = a;
        float[] right = b;
        float[] to = out;
        for (int i = 0; i < to.length; i++) {
            to[i] = left[i] * right[i];
        }
        return to;
    }
}
