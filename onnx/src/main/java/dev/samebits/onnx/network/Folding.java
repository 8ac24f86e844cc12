package dev.samebits.onnx.network;

import dev.samebits.onnx.limits.Refusal;
import java.util.List;

/**
 * Puts a {@link Scaling} into the weights and bias of the affine operator behind or in front of it. Every sum is taken in
 * double, and every weight and bias is rounded to float once.
 */
final class Folding {
    private Folding() {}

    /** One operator of an affine one and the scalings behind it. */
    static Step.Affine fold(List<Step> steps) throws Refusal {
        Step.Affine affine = (Step.Affine) steps.get(0);
        Scaling after = null;
        for (Step step : steps.subList(1, steps.size())) {
            after = after == null ? (Scaling) step : after.then((Scaling) step);
        }
        return after == null ? affine : behind(affine, after);
    }

    /** {@code (W x + b − center) · factor + shift}; the arrays are written to. */
    static Step.Affine behind(Step.Affine affine, Scaling scaling) throws Refusal {
        scaling.checkFits(affine.rows());
        float[] weights = affine.weights();
        float[] bias = affine.bias();
        for (int i = 0; i < affine.rows(); i++) {
            double factor = scaling.factor(i);
            bias[i] = rounded((bias[i] - scaling.center(i)) * factor + scaling.shift(i), bias[i], scaling);
            if (factor == 1) {
                continue;
            }
            for (int j = i * affine.inputs(); j < (i + 1) * affine.inputs(); j++) {
                weights[j] = rounded(weights[j] * factor, weights[j], scaling);
            }
        }
        return affine;
    }

    /** {@code W ((x − center) · factor + shift) + b}; the arrays are written to. */
    static Step.Affine inFront(Step.Affine affine, Scaling scaling) throws Refusal {
        scaling.checkFits(affine.inputs());
        float[] weights = affine.weights();
        float[] bias = affine.bias();
        for (int i = 0; i < affine.rows(); i++) {
            double sum = bias[i];
            for (int j = 0; j < affine.inputs(); j++) {
                int at = i * affine.inputs() + j;
                float weight = weights[at];
                sum += weight * (scaling.shift(j) - scaling.center(j) * scaling.factor(j));
                weights[at] = rounded(weight * scaling.factor(j), weight, scaling);
            }
            bias[i] = rounded(sum, bias[i], scaling);
        }
        return affine;
    }

    private static float rounded(double value, float before, Scaling scaling) throws Refusal {
        float rounded = (float) value;
        if (!Float.isFinite(rounded) && Float.isFinite(before)) {
            throw scaling.nodes().get(0).refused("with it a weight or bias of the layer beside it becomes " + value
                    + ", which no float holds");
        }
        return rounded;
    }
}
