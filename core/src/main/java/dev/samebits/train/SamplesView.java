package dev.samebits.train;

import dev.samebits.Matrix;

/** Samples as others are, but for what is overridden. */
interface SamplesView extends Samples {
    /** {@return the others} */
    Samples samples();

    @Override
    default int size() {
        return samples().size();
    }

    @Override
    default int inputs() {
        return samples().inputs();
    }

    @Override
    default int outputs() {
        return samples().outputs();
    }

    @Override
    default void read(int index, Matrix x, Matrix targets, int row) {
        samples().read(index, x, targets, row);
    }

    @Override
    default boolean isWeighted() {
        return samples().isWeighted();
    }

    @Override
    default float weight(int index) {
        return samples().weight(index);
    }
}
