package dev.samebits.spi;

import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Optimizer;
import java.util.Arrays;

/**
 * What batch normalisation learns and remembers of one layer, and what the layer becomes without it. Of W and of the shift,
 * which is the layer's bias, it has the session's own arrays.
 */
final class NormedLayer {
    final float epsilon;
    final int width;
    /** g, 1 at first. */
    final Learned gain;
    /** Over the batches. */
    final float[] mean;
    final float[] variance;
    /** Of the present batch, by columns: {@code r = 1 / √(v + ε)}, and what the gradient takes. */
    final float[] reciprocal;
    final float[] shiftGradient;
    final float[] gainGradient;
    final float[] shiftMean;
    final float[] gainMean;
    final float[] scale;
    /** The layer without normalisation, made by {@link #fold}. */
    final Matrix foldedWeights;
    final float[] foldedBias;
    private Matrix weights;
    private float[] shift;
    private float weight;

    NormedLayer(float epsilon, Layer layer, Optimizer.Kind kind) {
        this.epsilon = epsilon;
        width = layer.rows();
        float[] ones = filled(width, 1);
        gain = Learned.of(ones, kind);
        mean = new float[width];
        variance = filled(width, 1);
        reciprocal = new float[width];
        shiftGradient = new float[width];
        gainGradient = new float[width];
        shiftMean = new float[width];
        gainMean = new float[width];
        scale = new float[width];
        foldedWeights = Matrix.zeros(width, layer.inputs());
        foldedBias = new float[width];
    }

    static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    /** Whose weights and bias it normalises. */
    void of(Learned layerWeights, Learned bias) {
        weights = layerWeights.values();
        shift = bias.array();
    }

    float[] shift() {
        return shift;
    }

    /** What part of the running mean and variance the next batch is; 0 if it does not count. */
    void weigh(float part) {
        weight = part;
    }

    /** Takes the mean and variance of a column of the batch into the running ones. */
    void remember(int column, float m, float v) {
        if (weight > 0) {
            mean[column] = Math.fma(weight, m - mean[column], mean[column]);
            variance[column] = Math.fma(weight, v - variance[column], variance[column]);
        }
    }

    /** The reciprocal of a deviation. */
    float reciprocal(float v) {
        return 1 / (float) Math.sqrt(v + epsilon);
    }

    /** Makes the weights and bias that have the running mean and variance in them. */
    void fold() {
        for (int i = 0; i < width; i++) {
            float s = gain.array()[i] * reciprocal(variance[i]);
            for (int j = 0; j < weights.columns(); j++) {
                foldedWeights.data()[foldedWeights.rowOffset(i) + j] = s * weights.data()[weights.rowOffset(i) + j];
            }
            foldedBias[i] = Math.fma(-mean[i], s, shift[i]);
        }
    }
}
