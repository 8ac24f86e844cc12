package dev.samebits.cli.train;

import dev.samebits.Matrix;
import dev.samebits.Operation;
import dev.samebits.train.Samples;
import java.util.List;

/**
 * Samples as the layers of a model see them: each input as the steps in front of the first layer make it, to the bit, and
 * each target as the steps behind the last one would have to be given it. Not thread-safe.
 */
final class ModelRows implements Samples {
    private final Samples samples;
    private final List<Operation> before;
    private final List<Operation.ScaleShift> after;

    ModelRows(Samples samples, List<Operation> before, List<Operation.ScaleShift> after) {
        this.samples = samples;
        this.before = before;
        this.after = after;
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
    public void read(int index, Matrix x, Matrix targets, int row) {
        samples.read(index, x, targets, row);
        for (Operation operation : before) {
            scale(operation, x.data(), x.rowOffset(row));
        }
        for (int k = after.size() - 1; k >= 0; k--) {
            unscale(after.get(k), targets.data(), targets.rowOffset(row));
        }
    }

    private static void scale(Operation operation, float[] data, int at) {
        if (operation instanceof Operation.CenterScale centred) {
            float[] center = centred.center();
            float[] scale = centred.scale();
            for (int j = 0; j < scale.length; j++) {
                data[at + j] = (data[at + j] - center[j]) * scale[j];
            }
        } else if (operation instanceof Operation.ScaleShift scaled) {
            float[] scale = scaled.scale();
            float[] shift = scaled.shift();
            for (int j = 0; j < scale.length; j++) {
                data[at + j] = Math.fma(scale[j], data[at + j], shift[j]);
            }
        }
    }

    // What has no scale is constant.
    private static void unscale(Operation.ScaleShift scaled, float[] data, int at) {
        float[] scale = scaled.scale();
        float[] shift = scaled.shift();
        for (int j = 0; j < scale.length; j++) {
            data[at + j] = scale[j] == 0 ? 0 : (data[at + j] - shift[j]) / scale[j];
        }
    }
}
