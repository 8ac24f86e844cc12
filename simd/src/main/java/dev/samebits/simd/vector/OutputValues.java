package dev.samebits.simd.vector;

import dev.samebits.Output;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What ends a network, for many rows in place. Called through {@link Unseen}: the pass through the layers that stands in front
 * is long enough for the compiler.
 */
public final class OutputValues {
    private static final MethodType ROWS = MethodType.methodType(void.class, int.class, float[].class, int.class,
            int.class, float[].class, float[].class);
    private static final MethodHandle[] LOOPS = {
        Unseen.loop(MethodHandles.lookup(), "softmax", ROWS), Unseen.loop(MethodHandles.lookup(), "logSoftmax", ROWS)
    };

    private OutputValues() {}

    /**
     * The output of rows that begin {@code stride} floats apart, each padded as {@link VSoftmax} says.
     *
     * @param n values of a row
     * @param spare one padded row
     * @param partial {@link VSoftmax#PAD} floats
     */
    public static void apply(Output output, int rows, float[] a, int stride, int n, float[] spare, float[] partial) {
        try {
            switch (output) {
                case IDENTITY -> { }
                case SOFTMAX -> LOOPS[0].invokeExact(rows, a, stride, n, spare, partial);
                case LOG_SOFTMAX -> LOOPS[1].invokeExact(rows, a, stride, n, spare, partial);
            }
        } catch (Throwable t) {
            throw Unseen.thrown(t);
        }
    }

    private static void softmax(int rows, float[] a, int stride, int n, float[] spare, float[] partial) {
        for (int row = 0; row < rows; row++) {
            VSoftmax.softmax(a, row * stride, n, partial);
        }
    }

    private static void logSoftmax(int rows, float[] a, int stride, int n, float[] spare, float[] partial) {
        for (int row = 0; row < rows; row++) {
            VSoftmax.logSoftmax(a, row * stride, n, spare, 0, partial);
        }
    }
}
