package dev.samebits.tck;

import dev.samebits.IntegerLayer;
import dev.samebits.Matrix;
import dev.samebits.Quantization;
import java.util.Arrays;

/** What an integer layer must compute, with integers: a long sum for each output. */
final class IntegerDefinition {
    private IntegerDefinition() {}

    static void dense(IntegerLayer layer, Matrix x, Matrix y) {
        float[] whole = new float[layer.inputs()];
        for (int n = 0; n < x.rows(); n++) {
            float rowScale = 1;
            if (layer.input().isPresent()) {
                Quantization quantization = layer.input().get();
                for (int j = 0; j < whole.length; j++) {
                    whole[j] = quantization.value(x.get(n, j)) - quantization.zeroPoint();
                }
            } else {
                rowScale = row(x, n, whole);
            }
            for (int i = 0; i < layer.outputs(); i++) {
                y.set(n, i, output(layer, whole, rowScale, i));
            }
        }
    }

    private static float output(IntegerLayer layer, float[] whole, float rowScale, int i) {
        long sum = layer.bias()[i];
        for (int j = 0; j < whole.length; j++) {
            if (Float.isNaN(whole[j])) {
                return Float.NaN;
            }
            sum += (long) whole[j] * layer.weight(i, j);
        }
        return Math.toIntExact(sum) * (rowScale * layer.scale()[i]) + layer.shift()[i];
    }

    // A row by the range of its numbers and 0, without its zero point; gives its scale, NaN where a number is not finite.
    private static float row(Matrix x, int n, float[] whole) {
        float lowest = 0;
        float highest = 0;
        boolean isFinite = true;
        for (int j = 0; j < whole.length; j++) {
            lowest = Math.min(lowest, x.get(n, j));
            highest = Math.max(highest, x.get(n, j));
            isFinite &= Float.isFinite(x.get(n, j));
        }
        float range = highest - lowest;
        if (!isFinite || Float.isInfinite(range)) {
            Arrays.fill(whole, Float.NaN);
            return Float.NaN;
        }
        float scale = range / 255 == 0 ? 1 : range / 255;
        int zeroPoint = (int) new Quantization(scale, 0, 0, 255).value(-lowest);
        Quantization quantization = new Quantization(scale, 0, -zeroPoint, 255 - zeroPoint);
        for (int j = 0; j < whole.length; j++) {
            whole[j] = quantization.value(x.get(n, j));
        }
        return scale;
    }
}
