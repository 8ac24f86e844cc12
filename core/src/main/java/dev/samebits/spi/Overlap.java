package dev.samebits.spi;

import dev.samebits.Matrix;
import org.jspecify.annotations.Nullable;

/** Refuses outputs that share elements with what is still read. Allocates nothing unless it refuses. */
final class Overlap {
    private Overlap() {}

    /**
     * Checks that no element of an output is one of another argument's.
     *
     * @param call what is called, for the message
     * @throws IllegalArgumentException if they overlap; the message shows both ranges
     */
    static void refuse(String call, String outputName, Matrix output, String name, Matrix other) {
        if (output.overlaps(other)) {
            throw overlap(call, outputName, range(output), name, range(other));
        }
    }

    /** The same for an output that is a whole array. */
    static void refuse(String call, String outputName, float[] output, String name, Matrix other) {
        if (output == other.data() && other.rows() > 0) {
            throw overlap(call, outputName, range(output), name, range(other));
        }
    }

    /** The same for another argument that is a whole array; null is none. */
    static void refuse(String call, String outputName, Matrix output, String name,
            float @Nullable [] other) {
        if (output.data() == other && output.rows() > 0) {
            throw overlap(call, outputName, range(output), name, range(other));
        }
    }

    /** The same for two whole arrays. */
    static void refuse(String call, String outputName, float[] output, String name, float[] other) {
        if (output == other && output.length > 0) {
            throw overlap(call, outputName, range(output), name, range(other));
        }
    }

    /** The same for two parts of arrays. */
    static void refuse(String call, String outputName, float[] output, int outputOffset, int outputLength, String name,
            float[] other, int offset, int length) {
        if (output == other && outputOffset < offset + length && offset < outputOffset + outputLength) {
            throw overlap(call, outputName, range(outputOffset, outputLength), name, range(offset, length));
        }
    }

    /** The same for an output that may be the other argument itself: every element in its place. */
    static void refuseUnlessSame(String call, String outputName, Matrix output, String name, Matrix other) {
        boolean same = output.offset() == other.offset() && (output.stride() == other.stride() || output.rows() == 1);
        if (!same) {
            refuse(call, outputName, output, name, other);
        }
    }

    private static IllegalArgumentException overlap(String call, String outputName, String output, String name,
            String other) {
        return new IllegalArgumentException(call + ": " + outputName + " (" + output + ") overlaps " + name + " (" + other
                + ") of the same array: give " + outputName + " elements of its own");
    }

    private static String range(float[] array) {
        return range(0, array.length);
    }

    private static String range(int offset, int length) {
        return "elements " + offset + " to " + (offset + length - 1);
    }

    private static String range(Matrix m) {
        String elements = "elements " + m.offset() + " to " + (m.rowOffset(m.rows() - 1) + m.columns() - 1);
        return m.stride() == m.columns() || m.rows() == 1 ? elements
                : elements + ", " + m.columns() + " of every " + m.stride();
    }
}
