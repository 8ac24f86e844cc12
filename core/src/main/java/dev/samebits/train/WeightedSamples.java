package dev.samebits.train;

import dev.samebits.RowWeights;

/** Samples of another set, with weights. As thread-safe as that set, while nobody writes the weights. */
record WeightedSamples(Samples samples, float[] weights) implements SamplesView {
    WeightedSamples {
        if (weights.length != samples.size()) {
            throw new IllegalArgumentException("there are " + samples.size() + " samples, but " + weights.length
                    + " weights");
        }
        boolean nothing = true;
        for (int n = 0; n < weights.length; n++) {
            float weight = samples.weight(n) * weights[n];
            if (!RowWeights.isWeight(weight)) {
                throw new IllegalArgumentException("the weight of sample " + n
                        + " must be 0, or lie from 1e-20 to 1e20, not " + weight);
            }
            nothing &= weight == 0;
        }
        if (nothing) {
            throw new IllegalArgumentException("the weights of all " + weights.length
                    + " samples are 0: nothing can be learned");
        }
    }

    @Override
    public boolean isWeighted() {
        return true;
    }

    @Override
    public float weight(int index) {
        return samples.weight(index) * weights[index];
    }
}
