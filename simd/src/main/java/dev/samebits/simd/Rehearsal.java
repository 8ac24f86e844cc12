package dev.samebits.simd;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * Shows the JVM that there are several kinds of vector operations, before it compiles what they all go through ({@code
 * VectorOperators.opCode}). If the first thousands are the multiply-adds of one network's tiles, the compiler takes it that
 * there are no others, and is wrong four times. It adds that up wherever it inlines this method: at 25 operations a loop is
 * at its limit of a hundred ({@code PerMethodTrapLimit}), and from then on the types of vectors are not known to it: in long
 * loops, as GELU's, they become objects. Seen in three JVMs of a hundred.
 */
final class Rehearsal {
    // The JVM begins to count a method's kinds after some 200 calls, when its first compilation is done.
    private static final int ROUNDS = 25;
    private static final int STEPS = 40;

    private Rehearsal() {}

    static void run() {
        float[] data = new float[Lanes.N];
        for (int round = 0; round < ROUNDS; round++) {
            steps(data);
        }
    }

    // Short, and called again: a single long loop would be compiled while it runs, and its operations no longer be calls.
    private static void steps(float[] data) {
        FloatVector b = FloatVector.fromArray(Lanes.F, data, 0);
        FloatVector a = b;
        for (int i = 0; i < STEPS; i++) {
            a = a.fma(b, b).neg().add(b);
        }
        a.intoArray(data, 0);
    }
}
