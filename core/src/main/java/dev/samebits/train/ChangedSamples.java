package dev.samebits.train;

import dev.samebits.Matrix;

/** Samples that are changed when they are read. */
record ChangedSamples(Samples samples, Change change) implements SamplesView {
    @Override
    public void read(int index, Matrix x, Matrix targets, int row) {
        samples.read(index, x, targets, row);
        change.apply(x, targets, row);
    }
}
