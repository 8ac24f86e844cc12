package dev.samebits.bench.jmh;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The most fused multiply-adds that one core does: a loop that reads and writes no memory, with enough independent sums to
 * cover the latency of the instruction on every port. The yardstick of the other benchmarks.
 */
@State(Scope.Thread)
public class FmaPeak extends Timed {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int SUMS = 12;
    public static final int STEPS = 100_000;

    // The sums converge to TERM / (1 − FACTOR), far from overflow and from denormal numbers.
    static final float FACTOR = 0.75f;
    static final float TERM = 0.3f;

    /** Bits of a vector that the JVM was told to use, by {@code -XX:MaxVectorSize}; 0 for what it prefers. */
    @Param("0")
    public int bits;

    /** Floating-point operations of one call. */
    public static long flops() {
        return flops(F.vectorBitSize());
    }

    /** Floating-point operations of one call in vectors of this many bits. */
    static long flops(int bits) {
        return 2L * SUMS * STEPS * bits / Float.SIZE;
    }

    /** Bits of the vectors that this JVM prefers. */
    public static int preferredBits() {
        return F.vectorBitSize();
    }

    @Setup
    public void setup() {
        if (bits != 0 && bits != F.vectorBitSize()) {
            throw new IllegalStateException(
                    "asked for vectors of " + bits + " bits, but the JVM takes " + F.vectorBitSize());
        }
        ForkLine.announce("FMA peak in vectors of " + F.length() + " floats");
    }

    // Twelve locals rather than an array: an array would live in memory.
    @Benchmark
    public float registers() {
        FloatVector factor = FloatVector.broadcast(F, FACTOR);
        FloatVector term = FloatVector.broadcast(F, TERM);
        FloatVector s0 = FloatVector.broadcast(F, 0);
        FloatVector s1 = FloatVector.broadcast(F, 1);
        FloatVector s2 = FloatVector.broadcast(F, 2);
        FloatVector s3 = FloatVector.broadcast(F, 3);
        FloatVector s4 = FloatVector.broadcast(F, 4);
        FloatVector s5 = FloatVector.broadcast(F, 5);
        FloatVector s6 = FloatVector.broadcast(F, 6);
        FloatVector s7 = FloatVector.broadcast(F, 7);
        FloatVector s8 = FloatVector.broadcast(F, 8);
        FloatVector s9 = FloatVector.broadcast(F, 9);
        FloatVector s10 = FloatVector.broadcast(F, 10);
        FloatVector s11 = FloatVector.broadcast(F, 11);
        for (int i = 0; i < STEPS; i++) {
            s0 = s0.fma(factor, term);
            s1 = s1.fma(factor, term);
            s2 = s2.fma(factor, term);
            s3 = s3.fma(factor, term);
            s4 = s4.fma(factor, term);
            s5 = s5.fma(factor, term);
            s6 = s6.fma(factor, term);
            s7 = s7.fma(factor, term);
            s8 = s8.fma(factor, term);
            s9 = s9.fma(factor, term);
            s10 = s10.fma(factor, term);
            s11 = s11.fma(factor, term);
        }
        FloatVector sum = s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).add(s8).add(s9).add(s10).add(s11);
        return sum.lane(0);
    }
}
