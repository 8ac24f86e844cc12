package dev.samebits.tck;

import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Operation;
import dev.samebits.OptimizerStep;
import dev.samebits.Step;
import dev.samebits.Table;
import dev.samebits.scalar.ScalarKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a step's operation, their gradients summed over a batch, and their moves by it: tables entry by entry.
 * It remembers m and v from step to step.
 */
final class MovesDefinition {
    private static final LayerKernels KERNELS = new ScalarKernels();

    // By the number of their step and what they are.
    private final Map<String, Matrix[]> moments = new HashMap<>();
    private final Map<Integer, List<Matrix>> sums = new HashMap<>();
    // Of a table, the entries that the batch names, in the order in which it names them first.
    private final Map<Integer, List<Integer>> named = new HashMap<>();

    /** Forgets the gradients of the last batch. */
    void begin() {
        sums.clear();
        named.clear();
    }

    /**
     * Sums the gradients of one operation: of W or a table, then of b or a norm's shift, then of slopes or a norm's gain.
     *
     * @param x its first operand
     * @param z the net input of a layer, or what a norm's gradient made besides
     * @param dz the gradient of the net input, or of the value
     * @param da the gradient of the value
     * @param norm what normalises a layer, or null; its gain comes last
     */
    void sum(Operation operation, int value, Matrix x, Matrix z, Matrix dz, Matrix da, @Nullable NormDefinition norm) {
        List<Matrix> of = new ArrayList<>();
        if (operation instanceof Operation.Apply apply && dz != null) {
            Matrix dw = Matrix.zeros(apply.layer().rows(), apply.layer().inputs());
            KERNELS.outerProductGradient(norm == null ? dz : norm.back(dz), x, dw);
            of.add(dw);
            of.add(bias(dz));
            if (apply.layer().slopes().length > 0) {
                of.add(slopes(z, da));
            }
            if (norm != null) {
                of.add(Matrix.row(norm.gainGradient(dz)));
            }
        } else if (operation instanceof Operation.Activate activate && da != null && activate.slopes().length > 0) {
            of.add(slopes(x, da));
        } else if (operation instanceof Operation.LayerNorm && da != null) {
            of.add(bias(da));
            of.add(gain(z, da));
        } else if (operation instanceof Operation.RmsNorm && da != null) {
            of.add(gain(z, da));
        } else if (operation instanceof Operation.Embed embed && da != null) {
            of.add(table(embed.table(), value, x, da));
        }
        if (!of.isEmpty()) {
            sums.put(value, of);
        }
    }

    private static Matrix bias(Matrix dz) {
        Matrix sum = Matrix.zeros(1, dz.columns());
        KERNELS.biasGradient(dz, sum.data());
        return sum;
    }

    private static Matrix slopes(Matrix z, Matrix da) {
        Matrix sum = Matrix.zeros(1, z.columns());
        KERNELS.slopeGradient(z, da, sum.data());
        return sum;
    }

    private static Matrix gain(Matrix normal, Matrix dy) {
        Matrix sum = Matrix.zeros(1, dy.columns());
        KERNELS.gainGradient(dy, normal, sum.data());
        return sum;
    }

    private Matrix table(Table table, int value, Matrix ids, Matrix dy) {
        Matrix sum = Matrix.zeros(table.entries(), table.width());
        List<Integer> entries = new ArrayList<>();
        for (int n = 0; n < ids.rows(); n++) {
            for (int k = 0; k < ids.columns(); k++) {
                int entry = (int) ids.get(n, k);
                if (!entries.contains(entry)) {
                    entries.add(entry);
                }
                for (int j = 0; j < table.width(); j++) {
                    sum.set(entry, j, sum.get(entry, j) + dy.get(n, k * table.width() + j));
                }
            }
        }
        named.put(value, entries);
        return sum;
    }

    /** The square of the length of all these gradients times k, of the values in this order. */
    float squares(int from, int to, float k) {
        float q = 0;
        for (int value = from; value < to; value++) {
            for (Matrix sum : sums.getOrDefault(value, List.of())) {
                q = q + Gradients.squares(named.containsKey(value) ? named(sum, named.get(value)) : sum, k);
            }
        }
        return q;
    }

    // The entries as rows.
    private static Matrix named(Matrix table, List<Integer> entries) {
        Matrix rows = Matrix.zeros(entries.size(), table.columns());
        for (int i = 0; i < entries.size(); i++) {
            table.rows(entries.get(i), 1).copyTo(rows.rows(i, 1));
        }
        return rows;
    }

    /** The operation after the step. */
    Operation move(Step of, int value, OptimizerStep step, @Nullable NormDefinition normed) {
        Operation operation = of.operation();
        List<Matrix> sum = sums.get(value);
        if (sum == null) {
            return operation;
        } else if (operation instanceof Operation.Apply apply) {
            Layer layer = apply.layer();
            Matrix w = layer.weights();
            Matrix[] moments = moments(value + " 0", w);
            KERNELS.optimize(step, true, w, sum.get(0), moments[0], moments[1]);
            float[] slopes = layer.slopes();
            if (normed != null) {
                moved(value, sum.size() - 1, normed.gain, sum, step);
            }
            return new Operation.Apply(Layer.of(layer.spec(), w, moved(value, 1, layer.bias(), sum, step),
                    slopes.length == 0 ? slopes : moved(value, 2, slopes, sum, step)));
        } else if (operation instanceof Operation.Activate activate) {
            return new Operation.Activate(activate.activation(), moved(value, 0, activate.slopes(), sum, step));
        } else if (operation instanceof Operation.LayerNorm norm) {
            return new Operation.LayerNorm(norm.epsilon(), moved(value, 1, norm.gain(), sum, step),
                    moved(value, 0, norm.shift(), sum, step));
        } else if (operation instanceof Operation.RmsNorm norm) {
            return new Operation.RmsNorm(norm.epsilon(), moved(value, 0, norm.gain(), sum, step));
        } else if (operation instanceof Operation.Embed embed) {
            return new Operation.Embed(moved(embed.table(), value, sum.get(0), step));
        }
        throw new AssertionError(operation);
    }

    private float[] moved(int value, int number, float[] parameters, List<Matrix> sum, OptimizerStep step) {
        Matrix[] of = moments(value + " " + number, sum.get(number));
        KERNELS.optimize(step, false, Matrix.row(parameters), sum.get(number), of[0], of[1]);
        return parameters;
    }

    private Matrix[] moments(String key, Matrix like) {
        return moments.computeIfAbsent(key,
                k -> new Matrix[] {Matrix.zeros(like.rows(), like.columns()), Matrix.zeros(like.rows(), like.columns())});
    }

    // Entries that the batch does not name stay as they are, and so do their moments.
    private Table moved(Table table, int value, Matrix sum, OptimizerStep step) {
        Matrix w = table.toMatrix();
        Matrix[] of = moments(value + " table", w);
        for (int entry : named.get(value)) {
            KERNELS.optimize(step, true, w.rows(entry, 1), sum.rows(entry, 1), of[0].rows(entry, 1), of[1].rows(entry, 1));
        }
        return Table.of(w);
    }
}
