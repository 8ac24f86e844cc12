package dev.samebits.cli.train;

import dev.samebits.Matrix;
import dev.samebits.Operation;
import dev.samebits.train.Samples;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes samples of a table what the layers of a model see: each input as the steps in front of the first layer make it, to
 * the bit, and each target as the steps behind the last one would have to be given it. Thread-safe.
 */
final class ModelRows implements Samples.Change {
    private final List<Scaling> before = new ArrayList<>();
    private final List<Scaling> after = new ArrayList<>();

    /** Of some numbers of a row, in place. */
    @FunctionalInterface
    private interface Scaling {
        void apply(float[] data, int at);
    }

    ModelRows(List<Operation> before, List<Operation.ScaleShift> after) {
        for (Operation operation : before) {
            this.before.add(operation instanceof Operation.CenterScale centred
                    ? centered(centred.center(), centred.scale())
                    : shifted(((Operation.ScaleShift) operation).scale(), ((Operation.ScaleShift) operation).shift()));
        }
        // What came last is undone first.
        for (Operation.ScaleShift scaled : after) {
            this.after.add(0, undone(scaled.scale(), scaled.shift()));
        }
    }

    @Override
    public void apply(Matrix x, Matrix targets, int row) {
        before.forEach(scaling -> scaling.apply(x.data(), x.rowOffset(row)));
        after.forEach(scaling -> scaling.apply(targets.data(), targets.rowOffset(row)));
    }

    private static Scaling centered(float[] center, float[] scale) {
        return (data, at) -> {
            for (int j = 0; j < scale.length; j++) {
                data[at + j] = (data[at + j] - center[j]) * scale[j];
            }
        };
    }

    private static Scaling shifted(float[] scale, float[] shift) {
        return (data, at) -> {
            for (int j = 0; j < scale.length; j++) {
                data[at + j] = Math.fma(scale[j], data[at + j], shift[j]);
            }
        };
    }

    // What has no scale is constant.
    private static Scaling undone(float[] scale, float[] shift) {
        return (data, at) -> {
            for (int j = 0; j < scale.length; j++) {
                data[at + j] = scale[j] == 0 ? 0 : (data[at + j] - shift[j]) / scale[j];
            }
        };
    }
}
