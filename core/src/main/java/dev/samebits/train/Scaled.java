package dev.samebits.train;

import dev.samebits.Matrix;
import org.jspecify.annotations.Nullable;

/** Samples whose inputs or targets are scaled when they are read. */
final class Scaled implements Samples {
    private final Samples samples;
    private final @Nullable Standardization inputs;
    private final @Nullable Standardization targets;

    Scaled(Samples samples, @Nullable Standardization inputs, @Nullable Standardization targets) {
        this.samples = samples;
        this.inputs = inputs;
        this.targets = targets;
        check("inputs", inputs, samples.inputs());
        check("targets", targets, samples.outputs());
    }

    private static void check(String what, @Nullable Standardization scaling, int columns) {
        if (scaling != null && scaling.columns() != columns) {
            throw new IllegalArgumentException("the samples have " + columns + " " + what + ", and the standardization is"
                    + " of " + scaling.columns() + ": take one of such samples");
        }
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public int inputs() {
        return samples.inputs();
    }

    @Override
    public int outputs() {
        return samples.outputs();
    }

    @Override
    public boolean isWeighted() {
        return samples.isWeighted();
    }

    @Override
    public float weight(int index) {
        return samples.weight(index);
    }

    @Override
    public void read(int index, Matrix x, Matrix y, int row) {
        samples.read(index, x, y, row);
        if (inputs != null) {
            inputs.apply(x, row);
        }
        if (targets != null) {
            targets.apply(y, row);
        }
    }
}
