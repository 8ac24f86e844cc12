package dev.samebits.train;

import java.util.Arrays;

/**
 * Weights of samples by their class, for classes of which some are rare: what {@link Samples#withWeights} takes.
 *
 * @since 0.1.0
 */
public final class ClassWeights {
    private ClassWeights() {}

    /**
     * Weights by which every class counts as much as any other, however few samples it has: N / (K · its samples) for N
     * samples of K classes, in double, rounded once. Their mean over the samples is 1.
     *
     * @param labels a class for each sample, from 0
     * @param classes how many there are
     * @return a weight for each class; 1 for one without samples, which is not among the K
     * @throws IllegalArgumentException if a label is not below {@code classes}, naming its row
     */
    public static float[] balanced(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int n = 0; n < labels.length; n++) {
            counts[check(labels, n, classes)]++;
        }
        long present = Arrays.stream(counts).filter(count -> count > 0).count();
        float[] weights = new float[classes];
        for (int c = 0; c < classes; c++) {
            weights[c] = counts[c] == 0 ? 1 : (float) (labels.length / ((double) present * counts[c]));
        }
        return weights;
    }

    /**
     * The weight of each sample's class.
     *
     * @param labels a class for each sample, from 0
     * @param weights of the classes
     * @return a weight for each sample
     * @throws IllegalArgumentException if a label is not below the number of weights, naming its row
     */
    public static float[] ofSamples(int[] labels, float[] weights) {
        float[] all = new float[labels.length];
        for (int n = 0; n < labels.length; n++) {
            all[n] = weights[check(labels, n, weights.length)];
        }
        return all;
    }

    private static int check(int[] labels, int n, int classes) {
        if (labels[n] < 0 || labels[n] >= classes) {
            throw new IllegalArgumentException(
                    "label " + labels[n] + " in row " + n + " is not one of the classes 0 to " + (classes - 1));
        }
        return labels[n];
    }
}
