package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The shape behind an operator that only moves the walls between numbers, if it leaves each row by itself. One use each. */
final class Reshaping {
    private final Graph graph;
    private final Node node;
    private final Shape shape;

    /**
     * For this operator.
     *
     * @param node a Reshape, Flatten, Squeeze, Unsqueeze or Transpose
     * @param shape of its first input
     */
    Reshaping(Graph graph, Node node, Shape shape) {
        this.graph = graph;
        this.node = node;
        this.shape = shape;
    }

    /** The new shape; null if rows are torn apart or put together, of which the graph then knows. */
    Shape result() throws Refusal {
        return switch (node.operator()) {
            case "Reshape" -> reshape();
            case "Flatten" -> flatten();
            case "Squeeze" -> squeeze();
            case "Unsqueeze" -> unsqueeze();
            default -> transpose();
        };
    }

    private Shape problem(String why) {
        graph.problem(node, why);
        return null;
    }

    private Shape mixed() {
        return problem("it makes other rows of those of shape " + shape
                + ", and here a row in gives a row out: export the model so that each of its rows gives one");
    }

    private Shape reshape() throws Refusal {
        Tensor target = graph.constant(node.input(1));
        if (target == null || !target.type().isInteger() || target.dims().size() != 1
                || target.elements() > Limits.RANK) {
            return problem("its shape is not a constant list of integers: export the model with a fixed shape");
        }
        if (shape.rows() == Shape.ONE_ROW) {
            return reshapeOneRow(target.longs());
        }
        if (shape.rows() != 0 || target.elements() == 0) {
            return mixed();
        }
        long[] lengths = target.longs();
        if (lengths.length == 1 && shape.dim(0) == 1 && (lengths[0] == -1 || lengths[0] == shape.columns())) {
            // A batch of one row becomes a vector.
            return new Shape(List.of(shape.columns()), Shape.ONE_ROW);
        }
        boolean allowZero = node.intAttribute("allowzero", 0) != 0;
        long columns = shape.columns();
        List<Long> dims = new ArrayList<>(List.of(shape.dim(0)));
        int open = -1;
        long product = 1;
        for (int d = 1; d < lengths.length; d++) {
            long length = lengths[d];
            if (length == 0 && !allowZero && d < shape.rank()) {
                length = shape.dim(d);
                if (length == Shape.UNKNOWN) {
                    // The dimension stays what it is; what it is must be known wherever it matters.
                    dims.add(length);
                    product = Shape.UNKNOWN;
                    continue;
                }
            }
            if (length == -1 && open < 0) {
                open = d;
                dims.add(Shape.UNKNOWN);
            } else if (length < 1 || length > Limits.ELEMENTS) {
                return mixed();
            } else {
                dims.add(length);
                product = product == Shape.UNKNOWN || product > Limits.ELEMENTS ? product : product * length;
            }
        }
        return columns == Shape.UNKNOWN || product == Shape.UNKNOWN
                ? reshapeUnknown(lengths, allowZero, dims, open)
                : reshape(lengths[0], allowZero, dims, open, columns, product);
    }

    /** All that the numbers of one row can become is that row, whatever walls stand between them. */
    private Shape reshapeOneRow(long[] lengths) {
        List<Long> dims = new ArrayList<>();
        long product = 1;
        int open = -1;
        for (long length : lengths) {
            if (length == -1 && open < 0) {
                open = dims.size();
            } else if (length < 1 || length > Limits.ELEMENTS) {
                return mixed();
            }
            dims.add(length);
            product = Math.min(product, Limits.ELEMENTS) * Math.max(length, 1);
        }
        long columns = shape.columns();
        if (open >= 0) {
            if (columns == Shape.UNKNOWN && product > 1) {
                // As many numbers as the other dimensions say make one row, which is what the file computes.
                columns = product;
            }
            dims.set(open, columns == Shape.UNKNOWN ? Shape.UNKNOWN : columns / product);
        }
        return columns == Shape.UNKNOWN || columns == (open < 0 ? product : dims.get(open) * product)
                ? Shape.ofOneRow(dims) : mixed();
    }

    /** Without the number of columns, only a target that says that rows stay rows will do. */
    private Shape reshapeUnknown(long[] lengths, boolean allowZero, List<Long> dims, int open) {
        boolean sameRows = lengths[0] == Tensor.ROWS || lengths[0] == 0 && !allowZero;
        return sameRows && (open > 0 || dims.equals(shape.dims())) ? new Shape(dims, 0) : mixed();
    }

    private Shape reshape(long first, boolean allowZero, List<Long> dims, int open, long columns, long product) {
        boolean rowsLeft = first == -1 && open < 0;
        boolean sameRows = first == Tensor.ROWS || first == 0 && !allowZero || first > 0 && first == shape.dim(0);
        if (!rowsLeft && !sameRows || open < 0 && product != columns || columns % product != 0) {
            return mixed();
        }
        if (open > 0) {
            dims.set(open, columns / product);
        }
        return new Shape(dims, 0);
    }

    private Shape flatten() throws Refusal {
        // The axis may also lie behind the last dimension.
        long given = node.intAttribute("axis", 1);
        int axis = given == shape.rank() ? shape.rank() : shape.axis(given);
        if (shape.rows() == Shape.ONE_ROW && axis >= 0 && shape.dims().subList(0, axis).stream().allMatch(d -> d == 1)) {
            return new Shape(List.of(1L, shape.columns()), 0);
        }
        if (axis < 1 || shape.rows() != 0 || !shape.dims().subList(1, axis).stream().allMatch(d -> d == 1)) {
            return mixed();
        }
        return new Shape(List.of(shape.dim(0), shape.columns()), 0);
    }

    private Shape squeeze() throws Refusal {
        List<Long> axes = Axes.of(graph, node, Axes.SQUEEZE);
        boolean[] gone = new boolean[shape.rank()];
        boolean oneRow = shape.rows() == Shape.ONE_ROW;
        if (axes == null) {
            if (!oneRow && (shape.dim(shape.rows()) == 1 || shape.dims().stream().filter(d -> d == Shape.UNKNOWN).count() > 1
                    || shape.dim(shape.rows()) != Shape.UNKNOWN && !shape.isKnown())) {
                return problem("it may take away the dimension of the rows: give it axes when exporting the model");
            }
            for (int d = 0; d < gone.length; d++) {
                gone[d] = d != shape.rows() && shape.dim(d) == 1;
            }
        } else {
            for (long each : axes) {
                int axis = shape.axis(each);
                if (axis < 0 || shape.dim(axis) != 1) {
                    return mixed();
                }
                gone[axis] = true;
            }
        }
        List<Long> dims = new ArrayList<>();
        // Without the dimension of the rows, which the file says is 1, what is left is one of them.
        int rows = Shape.ONE_ROW;
        for (int d = 0; d < gone.length; d++) {
            if (d == shape.rows() && !gone[d]) {
                rows = dims.size();
            }
            if (!gone[d]) {
                dims.add(shape.dim(d));
            }
        }
        return rows == Shape.ONE_ROW ? Shape.ofOneRow(dims) : new Shape(dims, rows);
    }

    private Shape unsqueeze() throws Refusal {
        List<Long> axes = Axes.of(graph, node, Axes.SQUEEZE);
        if (axes == null || shape.rank() + axes.size() > Limits.RANK) {
            return problem("its axes are not constant or too many: export the model with a fixed shape");
        }
        int rank = shape.rank() + axes.size();
        boolean[] added = new boolean[rank];
        for (long each : axes) {
            long axis = each < 0 ? each + rank : each;
            if (axis < 0 || axis >= rank || added[(int) axis]) {
                return problem("its axes " + axes + " are no " + axes.size() + " of " + rank + " dimensions:"
                        + " the file is damaged; export the model again");
            }
            added[(int) axis] = true;
        }
        List<Long> dims = new ArrayList<>();
        int rows = Shape.ONE_ROW;
        int from = 0;
        for (int d = 0; d < rank; d++) {
            if (!added[d] && from == shape.rows()) {
                rows = d;
            }
            dims.add(added[d] ? (Long) 1L : shape.dims().get(from++));
        }
        return rows == Shape.ONE_ROW ? Shape.ofOneRow(dims) : new Shape(dims, rows);
    }

    /** Whether a Transpose puts the columns of a row in another order, and the rows remain. */
    static boolean movesColumns(Node node, Shape shape) throws Refusal {
        List<Long> permutation = node.intsAttribute("perm");
        long latest = -1;
        for (int d = 0; d < shape.rank() && (permutation == null || permutation.size() == shape.rank()); d++) {
            long from = permutation == null ? shape.rank() - 1 - d : permutation.get(d);
            if (from != shape.rows() && from >= 0 && from < shape.rank() && shape.dim((int) from) != 1) {
                if (from < latest) {
                    return true;
                }
                latest = from;
            }
        }
        return false;
    }

    /** Only the place of the rows may change: the columns keep their order. */
    private Shape transpose() throws Refusal {
        List<Long> permutation = node.intsAttribute("perm");
        List<Long> dims = new ArrayList<>();
        int rows = Shape.ONE_ROW;
        int latest = -1;
        for (int d = 0; d < shape.rank(); d++) {
            long from = permutation == null ? shape.rank() - 1 - d
                    : d < permutation.size() && permutation.size() == shape.rank() ? permutation.get(d) : -1;
            if (from < 0 || from >= shape.rank()) {
                return problem("its perm does not fit " + shape + ": the file is damaged; export the model again");
            }
            if (from == shape.rows()) {
                rows = d;
            } else if (shape.dim((int) from) != 1) {
                if (from <= latest) {
                    return mixed();
                }
                latest = (int) from;
            }
            dims.add(shape.dim((int) from));
        }
        boolean lost = rows == Shape.ONE_ROW && shape.rows() != Shape.ONE_ROW;
        if (lost || permutation != null && permutation.stream().distinct().count() != shape.rank()) {
            return mixed();
        }
        return rows == Shape.ONE_ROW ? Shape.ofOneRow(dims) : new Shape(dims, rows);
    }
}
