package dev.samebits.bench.jmh;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How fast one core moves data in each level of memory, by the loops of McCalpin's STREAM and one that only reads, as the
 * weights of a single row are read. The arrays together are as large as {@link #kibibytes}, which whoever runs it chooses to
 * fit a cache, or to fit none.
 */
@State(Scope.Thread)
public class BandwidthBenchmark extends Timed {
    private static final float FACTOR = 3;
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

    /** Named in results only. */
    @Param("memory")
    public String level;

    /** Bytes of the two arrays of read and copy, or the three of triad, in KiB. */
    @Param("262144")
    public int kibibytes;

    private float[] a;
    private float[] b;
    private float[] c;

    @Setup
    public void setup() {
        ForkLine.announce("bandwidth, " + level + ", " + kibibytes + " KiB, plain loops");
        a = new float[floats(2)];
        c = new float[floats(2)];
        b = new float[floats(3)];
        // Touched, and not all zeros, which one page could stand for. Not random: a gigabyte of that takes seconds.
        for (int i = 0; i < c.length; i++) {
            c[i] = i & 0xff;
        }
        Arrays.fill(b, 1);
    }

    private int floats(int arrays) {
        return Math.toIntExact(kibibytes * 1024L / Float.BYTES / arrays);
    }

    /** The sum of {@code a} and {@code c}: reads two arrays. A plain loop would add in order, one float at a time. */
    @Benchmark
    public float read() {
        FloatVector even = FloatVector.zero(F);
        FloatVector odd = even;
        FloatVector evenOfC = even;
        FloatVector oddOfC = even;
        int i = 0;
        for (; i <= a.length - 2 * F.length(); i += 2 * F.length()) {
            even = even.add(FloatVector.fromArray(F, a, i));
            odd = odd.add(FloatVector.fromArray(F, a, i + F.length()));
            evenOfC = evenOfC.add(FloatVector.fromArray(F, c, i));
            oddOfC = oddOfC.add(FloatVector.fromArray(F, c, i + F.length()));
        }
        float sum = even.add(odd).add(evenOfC).add(oddOfC).reduceLanes(VectorOperators.ADD);
        for (; i < a.length; i++) {
            sum += a[i] + c[i];
        }
        return sum;
    }

    /**
     * {@code a = c}: reads one array, writes one. Not arraycopy, which may go past the caches as a computing loop cannot.
     */
    @Benchmark
    public float[] copy() {
        float[] from = c;
        float[] to = a;
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i];
        }
        return to;
    }

    /** {@code a = b + s c}: reads two arrays, writes one. */
    @Benchmark
    public float[] triad() {
        float[] left = b;
        float[] right = c;
        float[] to = a;
        for (int i = 0; i < left.length; i++) {
            to[i] = Math.fma(FACTOR, right[i], left[i]);
        }
        return to;
    }
}
