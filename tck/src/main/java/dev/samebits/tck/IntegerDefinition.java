package dev.samebits.tck;

import dev.samebits.IntegerLayer;
import dev.samebits.Matrix;
import dev.samebits.Quantization;
import dev.samebits.arithmetic.Quantized;

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
                rowScale = Quantized.row(x.data(), x.rowOffset(n), whole, 0, whole.length);
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
        return Quantized.output(Math.toIntExact(sum), rowScale, layer.scale()[i], layer.shift()[i]);
    }
}
