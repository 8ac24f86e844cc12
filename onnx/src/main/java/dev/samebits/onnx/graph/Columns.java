package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Constants spread over the columns of a row by ONNX's rules of broadcasting. */
public final class Columns {
    private Columns() {}

    /**
     * One number for all columns, or one for each.
     *
     * @param node the operator that takes the constant with rows of this shape, which fits it
     * @throws Refusal if it is no constant of numbers or does not fit
     */
    public static float[] of(Graph graph, Node node, Tensor constant, Shape shape) throws Refusal {
        if (!constant.isReal()) {
            throw node.refused("its constant " + Refusal.quote(constant.name()) + " is of type "
                    + constant.type().label + ", and weights are floating-point numbers: export the model in single"
                    + " precision");
        }
        float[] values = constant.elements() == 0 ? new float[0] : constant.floats();
        if (values.length == 1) {
            return values;
        }
        long columns = shape == null ? Shape.UNKNOWN : shape.columns();
        List<Long> dims = shape == null ? List.of() : shape.dims();
        if (columns == Shape.UNKNOWN || values.length == 0 || columns % values.length != 0
                || constant.dims().size() > dims.size()) {
            throw node.refused("its constant " + Refusal.quote(constant.name()) + " of shape " + constant.dims()
                    + " does not fit rows of shape " + shape
                    + ": export the model with a fixed number of columns");
        }
        if (values.length == columns) {
            return values;
        }
        graph.budget().take((long) Double.BYTES * columns);
        return spread(values, constant.dims(), shape, (int) columns);
    }

    /** The same as double. */
    public static double[] ofDouble(Graph graph, Node node, Tensor constant, Shape shape) throws Refusal {
        return widened(graph, of(graph, node, constant, shape));
    }

    /** Floats as double. */
    public static double[] widened(Graph graph, float[] values) throws Refusal {
        graph.budget().take((long) Double.BYTES * values.length);
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static float[] spread(float[] values, List<Long> own, Shape shape, int columns) {
        // The dimensions of the constant, with a 1 where it has none, such as that of the rows.
        List<Long> lengths = new ArrayList<>(own);
        while (lengths.size() < shape.rank()) {
            lengths.add(0, 1L);
        }
        float[] spread = new float[columns];
        for (int column = 0; column < columns; column++) {
            long rest = column;
            long index = 0;
            long stride = 1;
            for (int d = shape.rank() - 1; d >= 0; d--) {
                if (d == shape.rows()) {
                    continue;
                }
                index += (lengths.get(d) == 1 ? 0 : rest % shape.dim(d)) * stride;
                rest /= shape.dim(d);
                stride *= lengths.get(d);
            }
            spread[column] = values[(int) index];
        }
        return spread;
    }
}
