package dev.samebits.tck;

import dev.samebits.IntegerLayer;
import dev.samebits.Quantization;
import dev.samebits.SplitMix64;
import org.jspecify.annotations.Nullable;

/** Layers and quantisations of whole numbers, at random. */
final class Integers {
    private static final float[] SCALES = {0.02f, 1, 0.0117f, 1e-3f, 0.5f, 3e-39f, 1e30f};

    private Integers() {}

    /** Signed or unsigned, with a zero point anywhere. */
    static Quantization quantization(SplitMix64 random) {
        float scale = SCALES[random.nextInt(SCALES.length)];
        int zero = random.nextInt(256);
        return random.nextInt(2) == 0 ? Quantization.uint8(scale, zero) : Quantization.int8(scale, zero - 128);
    }

    /**
     * A layer with biases and shifts.
     *
     * @param input null for the range of each row
     * @param largest magnitude of its weights
     */
    static IntegerLayer layer(@Nullable Quantization input, int inputs, int outputs, long seed, int largest) {
        SplitMix64 random = new SplitMix64(seed);
        short[] weights = new short[inputs * outputs];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (short) (random.nextInt(2 * largest + 1) - largest);
        }
        float[] scale = new float[outputs];
        int[] bias = new int[outputs];
        float[] shift = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            scale[i] = (1 + random.nextFloat()) / 4096;
            bias[i] = random.nextInt(3) * (random.nextInt(200_001) - 100_000);
            shift[i] = random.nextInt(2) * (random.nextFloat() - 0.5f);
        }
        IntegerLayer layer = input == null ? IntegerLayer.ofRows(inputs, weights, scale)
                : IntegerLayer.of(input, inputs, weights, scale);
        return layer.withBias(bias).withShift(shift);
    }
}
