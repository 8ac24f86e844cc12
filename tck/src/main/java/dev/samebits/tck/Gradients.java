package dev.samebits.tck;

import dev.samebits.Matrix;
import java.util.List;

/** The sums over a mini-batch of one layer's gradients; no slopes where it is no PReLU. */
record Gradients(Matrix weights, float[] bias, float[] slopes) {
    /** The square of the length of all layers' gradients times k, in the order that docs/arithmetic.md gives. */
    static float squares(List<Gradients> layers, float k) {
        float q = 0;
        for (Gradients layer : layers) {
            q = q + squares(layer.weights, k);
            q = q + squares(layer.bias, k);
            if (layer.slopes.length > 0) {
                q = q + squares(layer.slopes, k);
            }
        }
        return q;
    }

    /** That of a matrix: the sum of those of its rows. */
    static float squares(Matrix weights, float k) {
        if (weights.rows() == 1) {
            return squares(weights.copy().data(), k);
        }
        float[] rows = new float[weights.rows()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = squares(weights.rows(i, 1).copy().data(), k);
        }
        return sum(rows);
    }

    private static float sum(float[] row) {
        float[] t = new float[16];
        for (int j = 0; j < row.length; j++) {
            t[j % 16] += row[j];
        }
        return tree(t);
    }

    private static float squares(float[] row, float k) {
        float[] t = new float[16];
        for (int j = 0; j < row.length; j++) {
            float r = k * row[j];
            t[j % 16] = Math.fma(r, r, t[j % 16]);
        }
        return tree(t);
    }

    private static float tree(float[] t) {
        for (int d = 8; d >= 1; d /= 2) {
            for (int l = 0; l < d; l++) {
                t[l] += t[l + d];
            }
        }
        return t[0];
    }
}
