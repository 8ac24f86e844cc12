package dev.samebits.tck;

import dev.samebits.SplitMix64;

/** Kinds of test data. The seed of a run is 1, or the system property {@code samebits.seed}; failures print it. */
enum Values {
    /** About normally distributed. */
    NORMAL {
        @Override
        float next(SplitMix64 random) {
            return normal(random);
        }
    },
    /** Normal, with zeros of both signs, denormals, tiny and huge numbers: rounding, underflow and overflow on the way. */
    EXTREME {
        @Override
        float next(SplitMix64 random) {
            return random.nextInt(6) == 0 ? pick(FINITE, random) : normal(random);
        }
    },
    /** Normal, with zeros, and a few infinities and NaNs for them to meet: few, since one in a sum is enough. */
    NON_FINITE {
        @Override
        float next(SplitMix64 random) {
            return switch (random.nextInt(97)) {
                case 0 -> pick(INFINITE, random);
                case 1, 2, 3, 4, 5, 6, 7, 8 -> 0f;
                case 9, 10, 11, 12 -> -0f;
                default -> normal(random);
            };
        }
    },
    /** Half special values of all sorts, for kernels that work element by element. */
    SPECIAL {
        @Override
        float next(SplitMix64 random) {
            return switch (random.nextInt(6)) {
                case 0, 1 -> pick(FINITE, random);
                case 2 -> pick(INFINITE, random);
                default -> 4 * normal(random);
            };
        }
    };

    private static final float[] FINITE = {
        0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-40f, -1e-40f, Float.MIN_NORMAL, -Float.MIN_NORMAL, 1e-38f, -3e-39f,
        1e-20f, -1e-20f, 1e38f, -1e38f, Float.MAX_VALUE, -Float.MAX_VALUE, 1f, -1f, 88.8f, -88.8f, -103.5f, 16777216f
    };
    private static final float[] INFINITE = {
        Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.intBitsToFloat(0xFFC00001)
    };

    abstract float next(SplitMix64 random);

    /** An array of such values. */
    float[] array(int length, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = next(random);
        }
        return values;
    }

    /** The seed of this run. */
    static long seed() {
        return Long.getLong("samebits.seed", 1);
    }

    // A sum of uniform draws: near enough to normal, and the same on every platform, as a library logarithm is not.
    private static float normal(SplitMix64 random) {
        return (random.nextFloat() + random.nextFloat() + random.nextFloat() + random.nextFloat() - 2) * 1.75f;
    }

    private static float pick(float[] values, SplitMix64 random) {
        return values[random.nextInt(values.length)];
    }
}
