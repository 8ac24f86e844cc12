package dev.samebits.onnx;

import static dev.samebits.onnx.ModelBuilder.N;

import dev.samebits.onnx.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;

/** Models with branches, as exporters write them: one of each way of putting values together. */
final class GraphModels {
    /** A model by its name. */
    record Model(String name, ModelBuilder model) {}

    /** Writes a form of 6 columns; gives the value of the result. */
    private interface Form {
        String of(ModelBuilder m, String x);
    }

    private GraphModels() {}

    private static Model form(String name, int opset, Form form) {
        ModelBuilder m = new ModelBuilder(opset);
        m.output(m.gemm(form.of(m, m.gemm(m.input(N, 5), 5, 6)), 6, 2));
        return new Model(name, m);
    }

    private static Model last(String name, int opset, Form form) {
        ModelBuilder m = new ModelBuilder(opset);
        m.output(form.of(m, m.gemm(m.input(N, 5), 5, 6)));
        return new Model(name, m);
    }

    private static String with(ModelBuilder m, String value, String attribute, Object is) {
        m.with(attribute, is);
        return value;
    }

    private static String reduce(ModelBuilder m, String type, String x) {
        String reduced = m.op(type, x);
        m.with("axes", new long[] {-1}).with("keepdims", 1);
        return reduced;
    }

    private static String reshaped(ModelBuilder m, String x, long... shape) {
        return m.op("Reshape", x, m.ints(shape));
    }

    private static String layerNorm(ModelBuilder m, String x) {
        String centered = m.op("Sub", x, reduce(m, "ReduceMean", x));
        String variance = reduce(m, "ReduceMean", m.op("Pow", centered, m.scalar(2)));
        String normed = m.op("Div", centered, m.op("Sqrt", m.op("Add", variance, m.scalar(1e-5f))));
        return m.op("Add", m.op("Mul", normed, m.weights(6)), m.weights(6));
    }

    static List<Model> all() {
        List<Model> all = new ArrayList<>(List.of(
                form("residual", 17, (m, x) -> m.op("Add", m.op("Relu", m.gemm(x, 6, 6)), x)),
                form("gated", 17, (m, x) -> m.op("Mul", m.op("Sigmoid", m.gemm(x, 6, 6)), m.op("Tanh", m.gemm(x, 6, 6)))),
                form("difference and quotient", 17, (m, x) -> m.op("Div", m.op("Sub", x, m.gemm(x, 6, 6)),
                        m.op("Add", m.op("Exp", x), m.scalar(1)))),
                form("largest, smallest, sum, mean of several", 17, (m, x) -> {
                    String y = m.gemm(x, 6, 6);
                    String z = m.gemm(x, 6, 6);
                    return m.op("Mean", m.op("Max", x, y, z), m.op("Min", x, m.weights(6), z),
                            m.op("Sum", x, y, m.scalar(2)));
                }),
                form("one column goes with all", 17, (m, x) -> m.op("Mul", x, m.op("Sigmoid", m.gemm(x, 6, 1)))),
                form("a constant widens one column", 17, (m, x) -> m.op("Sub", m.weights(6), m.gemm(x, 6, 1))),
                form("slices, joined again", 17, (m, x) -> with(m, m.op("Concat",
                        m.op("Slice", x, m.ints(4), m.ints(6), m.ints(1)),
                        m.op("Slice", x, m.ints(-6), m.ints(-2), m.ints(-1))),
                        "axis", -1)),
                form("every second column, backwards", 17, (m, x) -> with(m, m.op("Concat",
                        m.op("Slice", x, m.ints(5), m.ints(-7), m.ints(1), m.ints(-2)),
                        m.op("Slice", x, m.ints(0), m.ints(6), m.ints(1), m.ints(2))), "axis", 1)),
                form("split in two", 13, (m, x) -> {
                    String first = m.op("Split", x, m.ints(2, 4));
                    m.with("axis", 1);
                    String second = m.second();
                    return with(m, m.op("Concat", m.op("Relu", second), first), "axis", 1);
                }),
                form("columns gathered", 17, (m, x) -> with(m, m.op("Gather", x, m.ints(5, 0, 0, -2, 3, 1)), "axis", 1)),
                form("layer norm", 17, (m, x) -> with(m, m.op("LayerNormalization", x, m.weights(6), m.weights(6)),
                        "epsilon", 1e-3f)),
                form("layer norm of parts", 17, (m, x) -> reshaped(m, m.op("LayerNormalization", reshaped(m, x, -1, 2, 3),
                        m.weights(3), m.weights(3)), -1, 6)),
                form("layer norm, put together", 13, GraphModels::layerNorm),
                form("RMS norm, put together", 13, (m, x) -> m.op("Mul", m.op("Div", x, m.op("Sqrt", m.op("Add",
                        reduce(m, "ReduceMean", m.op("Mul", x, x)), m.scalar(1e-6f)))), m.weights(6))),
                form("L2 norm, put together", 13, (m, x) -> m.op("Div", x,
                        m.op("Clip", reduce(m, "ReduceL2", x), m.scalar(1e-12f)))),
                form("LpNormalization", 17, (m, x) -> with(m, m.op("LpNormalization", x), "axis", 1)),
                form("skip and norm", 17, (m, x) -> m.op("com.microsoft.SkipLayerNormalization",
                        m.op("Tanh", x), x, m.weights(6), m.weights(6), m.weights(6))),
                form("softmax inside", 17, (m, x) -> m.op("Mul", m.op("Softmax", x), x)),
                form("softmax of parts", 17, (m, x) -> reshaped(m,
                        with(m, m.op("Softmax", reshaped(m, x, -1, 2, 3)), "axis", 1), -1, 6)),
                form("columns moved", 17, (m, x) -> reshaped(m,
                        with(m, m.op("Transpose", reshaped(m, x, -1, 2, 3)), "perm", new long[] {0, 2, 1}), -1, 6)),
                form("weights meet parts", 17, (m, x) -> reshaped(m,
                        m.op("MatMul", reshaped(m, x, -1, 3, 2), m.weights(2, 2)), -1, 6)),
                form("spread over parts", 17, (m, x) -> reshaped(m, m.op("Mul", reshaped(m, x, -1, 2, 3),
                        reshaped(m, m.gemm(x, 6, 2), -1, 2, 1)), -1, 6)),
                form("cube", 17, (m, x) -> m.op("Pow", x, m.scalar(3))),
                form("Clip of a residual", 13, (m, x) -> m.op("Clip", m.op("Add", x, m.op("Tanh", x)), m.scalar(-1),
                        m.scalar(1))),
                last("sum of a row", 13, (m, x) -> with(m, m.op("ReduceSum", x, m.ints(1)), "keepdims", 1)),
                last("mean of parts", 13, (m, x) -> {
                    String mean = m.op("ReduceMean", reshaped(m, x, -1, 3, 2));
                    m.with("axes", new long[] {2}).with("keepdims", 0);
                    return mean;
                }),
                last("extremes of a row", 13, (m, x) -> m.op("Sub", reduce(m, "ReduceMax", m.op("Tanh", x)),
                        reduce(m, "ReduceMin", m.op("Tanh", x)))),
                last("product of a matrix with itself", 13, (m, x) -> {
                    String rows = reshaped(m, x, -1, 2, 3);
                    String turned = with(m, m.op("Transpose", rows), "perm", new long[] {0, 2, 1});
                    return reshaped(m, m.op("MatMul", rows, turned), -1, 4);
                })));
        all.add(heads());
        all.add(inputs());
        all.add(embeddings());
        all.add(masks());
        all.add(vector());
        return all;
    }

    private static Model heads() {
        ModelBuilder m = new ModelBuilder(17);
        String trunk = m.op("Relu", m.gemm(m.input(N, 4), 4, 7));
        m.output(m.op("Softmax", m.gemm(trunk, 7, 3)));
        m.output(m.gemm(trunk, 7, 1));
        m.output(m.op("Tanh", trunk));
        return new Model("several outputs", m);
    }

    private static Model inputs() {
        ModelBuilder m = new ModelBuilder(17);
        String user = m.op("Tanh", m.gemm(m.input("user", N, 3), 3, 4));
        String item = m.op("Tanh", m.gemm(m.input("item", N, 5), 5, 4));
        m.output(with(m, m.op("ReduceSum", m.op("Mul", user, item), m.ints(1)), "keepdims", 1));
        m.output(with(m, m.op("Concat", item, user), "axis", 1));
        return new Model("two towers", m);
    }

    private static Model embeddings() {
        ModelBuilder m = new ModelBuilder(17);
        m.model().getGraphBuilder().addInput(ModelBuilder.value("ids", ElementType.INT64.number, N, 3));
        String numbers = m.input("numbers", N, 2);
        String entries = reshaped(m, m.op("Gather", m.weights(30, 4), m.op("Add", "ids", m.ints(0, 10, 20))), -1, 12);
        String first = m.op("Gather", m.weights(10), with(m, m.op("Gather", "ids", m.ints(2)), "axis", 1));
        String all = with(m, m.op("Concat", entries, numbers, first), "axis", 1);
        m.output(m.gemm(all, 15, 2));
        return new Model("embeddings", m);
    }

    private static Model masks() {
        ModelBuilder m = new ModelBuilder(17);
        m.model().getGraphBuilder().addInput(ModelBuilder.value("mask", ElementType.BOOL.number, N, 4));
        String logits = m.gemm(m.input(N, 3), 3, 4);
        m.output(m.op("Softmax", m.op("Where", "mask", logits, m.scalar(-1e9f))));
        m.output(m.op("Where", m.op("Not", "mask"), m.weights(4), logits));
        return new Model("masks", m);
    }

    private static Model vector() {
        ModelBuilder m = new ModelBuilder(17);
        String h = m.op("Relu", m.op("Add", m.op("MatMul", m.input(6), m.weights(6, 4)), m.weights(4)));
        m.output(m.op("Add", h, m.op("MatMul", h, m.weights(4, 4))));
        m.output(m.op("MatMul", h, m.weights(4, 2)));
        return new Model("one vector", m);
    }
}
