package dev.samebits.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Floats to try a function of one variable on: every 1009th of those in whose range functions are curved, every 10007th of
 * the tiny, the huge and the NaNs, or with {@code -Dsamebits.exhaustive=true} all 2³²; and the floats nearest to every
 * power of two and to every number at which some function changes its form.
 */
final class Sweep {
    /** Whether all floats are tried. */
    static final boolean EXHAUSTIVE = Boolean.getBoolean("samebits.exhaustive");
    private static final int BLOCK = 1 << 12;
    // Primes, so that all low bits of the mantissa are met.
    private static final int STEP = EXHAUSTIVE ? 1 : 1009;
    private static final int WIDE_STEP = EXHAUSTIVE ? 1 : 10007;
    private static final int CURVED_FROM = Float.floatToIntBits(0x1p-40f);
    private static final int CURVED_TO = Float.floatToIntBits(0x1p18f);
    private static final float[] CHANGES = {
        0.57f, 0.5700877f, 1f, 2f, 3f, 6f, 9.1f, 10.9f, 14.6f, 16f, 17f, 64.25f, 87.33654f, 88.72284f, 103.97208f, 104f,
        109.8f, 126f, 173f, 346f, 1.2784645f, 0.7517916f, 1.5707964f, 3.1415927f, 0x1p17f, 0x1p22f, 0x1p24f
    };

    // The bits from (inclusive) to (exclusive), in steps; a long, since the last of them ends at 2³².
    private record Segment(long from, long to, int step) {
        int blocks() {
            return (int) ((count() + BLOCK - 1) / BLOCK);
        }

        long count() {
            return (to - from + step - 1) / step;
        }
    }

    private static final List<Segment> SEGMENTS = segments();
    private static final int BLOCKS = SEGMENTS.stream().mapToInt(Segment::blocks).sum();

    private Sweep() {}

    private static List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        for (long sign : new long[] {0, 1L << 31}) {
            segments.add(new Segment(sign, sign + CURVED_FROM, WIDE_STEP));
            segments.add(new Segment(sign + CURVED_FROM, sign + CURVED_TO, STEP));
            segments.add(new Segment(sign + CURVED_TO, sign + (1L << 31), WIDE_STEP));
        }
        return segments;
    }

    static String description() {
        return EXHAUSTIVE
                ? "all floats"
                : "every " + STEP + "th float of magnitude 2⁻⁴⁰ to 2¹⁸, every " + WIDE_STEP
                        + "th of the others,\nand those around powers of two and changes of form";
    }

    /** Runs the consumer for the number of every block, on all cores, and throws what the first that fails throws. */
    static void blocks(IntConsumer block) {
        // Handed on as a value: a stream that fails in another thread throws a copy of the failure, without its message.
        Optional<Throwable> failure = IntStream.rangeClosed(0, BLOCKS).parallel()
                .mapToObj(number -> failure(block, number))
                .flatMap(Optional::stream)
                .findFirst();
        if (failure.isPresent()) {
            if (failure.get() instanceof Error e) {
                throw e;
            }
            throw (RuntimeException) failure.get();
        }
    }

    private static Optional<Throwable> failure(IntConsumer block, int number) {
        try {
            block.accept(number);
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            return Optional.of(e);
        }
    }

    /** The floats of a block; the last are the special ones. */
    static float[] block(int number) {
        int left = number;
        for (Segment segment : SEGMENTS) {
            if (left < segment.blocks()) {
                long first = (long) left * BLOCK;
                float[] x = new float[(int) Math.min(BLOCK, segment.count() - first)];
                for (int i = 0; i < x.length; i++) {
                    x[i] = Float.intBitsToFloat((int) (segment.from() + (first + i) * segment.step()));
                }
                return x;
            }
            left -= segment.blocks();
        }
        return special();
    }

    private static float[] special() {
        IntStream centres = IntStream.concat(
                IntStream.range(0, 256).map(exponent -> exponent << 23),
                IntStream.range(0, CHANGES.length).map(i -> Float.floatToIntBits(CHANGES[i])));
        int[] bits = centres
                .flatMap(centre -> IntStream.rangeClosed(centre - 3, centre + 3))
                .flatMap(value -> IntStream.of(value, value ^ Integer.MIN_VALUE))
                .toArray();
        float[] x = new float[bits.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(bits[i]);
        }
        return x;
    }
}
