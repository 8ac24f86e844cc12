package dev.samebits.cli.train;

import dev.samebits.Matrix;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.cli.text.FloatText;
import dev.samebits.train.Samples;
import dev.samebits.train.Standardization;
import java.util.ArrayList;
import java.util.List;

/** Looks through the inputs that are learned from: columns that say nothing, or that are far too large. */
final class InputCheck {
    // Hidden neurons are made for inputs of about 1; from here on the first steps of descent may kill them all.
    private static final float LARGE = 100;
    // No row of less than 2,500 can lie so many deviations from their mean.
    private static final float FAR = 50;

    private final TrainingData data;
    private final Standardization scaling;
    private final String file;
    private final Samples training;
    private boolean large;

    /**
     * Reads nothing yet.
     *
     * @param training the rows to learn from, not scaled
     * @param scaling of the inputs, or null
     */
    InputCheck(TrainingData data, Samples training, Standardization scaling, String file) {
        this.data = data;
        this.training = training;
        this.scaling = scaling;
        this.file = file;
    }

    /** Whether inputs are too large to learn from. */
    boolean areLarge() {
        return large;
    }

    private String name(int column) {
        return data.columns().inputs().isEmpty() ? "input " + (column + 1) : data.columns().inputs().get(column);
    }

    /** Warns on stderr, one line each. */
    void warn() {
        float[] highest = new float[data.inputs()];
        float[] lowest = new float[data.inputs()];
        Matrix x = Matrix.zeros(1, data.inputs());
        Matrix y = Matrix.zeros(1, training.outputs());
        for (int n = 0; n < training.size(); n++) {
            training.read(n, x, y, 0);
            for (int j = 0; j < highest.length; j++) {
                float value = x.data()[j];
                highest[j] = n == 0 ? value : Math.max(highest[j], value);
                lowest[j] = n == 0 ? value : Math.min(lowest[j], value);
            }
        }
        warnOfConstants(highest, lowest);
        if (scaling == null) {
            warnOfLarge(highest, lowest);
        } else {
            warnOfFar(highest, lowest);
        }
    }

    private void warnOfConstants(float[] highest, float[] lowest) {
        List<String> constant = new ArrayList<>();
        for (int j = 0; j < highest.length; j++) {
            if (highest[j] == lowest[j]) {
                constant.add(name(j));
            }
        }
        // Images have margins.
        if (!constant.isEmpty() && !data.isScaled() && training.size() > 1) {
            DataCheck.warn((constant.size() == 1 ? "a column has" : constant.size() + " columns have")
                    + " the same value in every row to learn from, and so cannot tell anything, " + Problem.shown(constant)
                    + ": " + file + ": leave " + (constant.size() == 1 ? "it" : "them") + " out with --columns");
        }
    }

    private void warnOfLarge(float[] highest, float[] lowest) {
        int column = 0;
        float largest = 0;
        for (int j = 0; j < highest.length; j++) {
            float size = Math.max(Math.abs(highest[j]), Math.abs(lowest[j]));
            column = size > largest ? j : column;
            largest = Math.max(largest, size);
        }
        large = largest > LARGE;
        if (large) {
            DataCheck.warn("inputs reach " + FloatText.of(largest) + " (" + name(column) + "), and large ones often keep a "
                    + "network from learning: " + file + ": leave out --scaling none, or scale them to about -1 to 1");
        }
    }

    private void warnOfFar(float[] highest, float[] lowest) {
        float[] center = scaling.center();
        float[] scale = scaling.scale();
        for (int j = 0; j < highest.length; j++) {
            float value = highest[j] - center[j] > center[j] - lowest[j] ? highest[j] : lowest[j];
            float far = Math.abs((value - center[j]) * scale[j]);
            if (far > FAR) {
                DataCheck.warn("a value lies " + Math.round(far) + " deviations from the mean of its column, "
                        + FloatText.of(value) + " (" + name(j) + "): " + file + ": mend it if it is a mistake, or take its "
                        + "logarithm if such values are usual");
                return;
            }
        }
    }
}
