package dev.samebits.onnx.network;

import dev.samebits.Value;
import dev.samebits.onnx.graph.Layout;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Some dimensions of a row put last, so that the columns along them stand side by side; and back again. */
final class OfAxes {
    private final Emitter emitter;
    private final Shape shape;
    private final List<Integer> order = new ArrayList<>();
    private final boolean moved;

    OfAxes(Emitter emitter, Shape shape, IntPredicate axes) {
        this.emitter = emitter;
        this.shape = shape;
        List<Integer> dims = Layout.dimensions(shape).stream().filter(d -> shape.dim(d) != 1).toList();
        dims.stream().filter(d -> !axes.test(d)).forEach(order::add);
        dims.stream().filter(axes::test).forEach(order::add);
        this.moved = !dims.equals(order);
        Layout.dimensions(shape).stream().filter(d -> shape.dim(d) == 1).forEach(order::add);
    }

    /**
     * How many columns stand along some dimensions.
     *
     * @return that one number; null if the rows are among them, and are several
     */
    static int[] group(Shape shape, IntPredicate axes) {
        int width = 1;
        for (int d = 0; d < shape.rank(); d++) {
            if (axes.test(d) && d == shape.rows()) {
                return null;
            }
            width *= axes.test(d) ? (int) shape.dim(d) : 1;
        }
        return new int[] {width};
    }

    Value last(Value value) throws Refusal {
        return moved ? emitter.select(value, columns()) : value;
    }

    Value back(Value value) throws Refusal {
        if (!moved) {
            return value;
        }
        int[] columns = columns();
        int[] inverse = new int[columns.length];
        for (int i = 0; i < columns.length; i++) {
            inverse[columns[i]] = i;
        }
        return emitter.select(value, inverse);
    }

    private int[] columns() throws Refusal {
        return Layout.columns(emitter.graph(), shape, order, Layout.all(shape));
    }
}
