package dev.samebits.onnx.network;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes layers of steps. An affine operator, the scalings around it and the activation behind it are one layer; where an
 * activation or a scaling has no affine operator to go with, a layer with ones on its diagonal is put in. Notes say so. One
 * use each.
 */
final class Assembler {
    /**
     * Where the center of a normalisation is more than this many times the spread, folding it into a bias would cost more
     * than three of the 24 bits of every sum: then it is subtracted first, exactly as in the file, in a layer of its own.
     */
    private static final double CANCELLATION = 8;

    private final Graph graph;
    private final List<Layer> layers = new ArrayList<>();
    private Output output = Output.IDENTITY;
    /** The affine operator that has no activation yet, or null; and the scalings around it. */
    private Step.Affine open;
    /** Whether it came without a bias, so that a sum behind it is its bias. */
    private boolean biasless;
    private Scaling before;
    private Scaling after;

    Assembler(Graph graph) {
        this.graph = graph;
    }

    /**
     * Makes a network.
     *
     * @param steps in the order of the rows' way; taken off, so that their memory is free once they are layers
     * @param columns of the graph's input, or {@link Shape#UNKNOWN}
     * @throws Refusal if they do not fit together
     */
    Network assemble(Deque<Step> steps, long columns) throws Refusal {
        while (!steps.isEmpty()) {
            accept(steps.poll());
        }
        if (layers.isEmpty() && open == null && before == null) {
            open = inserted(columns, graph.nodes().get(0),
                    "and what follows hand rows on, in a layer with ones on its diagonal");
        }
        close();
        try {
            return Network.of(layers, output);
        } catch (IllegalArgumentException e) {
            throw new Refusal("graph", e.getMessage(), e);
        }
    }

    private void accept(Step step) throws Refusal {
        if (step instanceof Step.Affine affine) {
            if (open != null) {
                close();
            }
            biasless = allZero(affine.bias());
            open = before == null ? affine : behind(before, affine);
            before = null;
        } else if (step instanceof Scaling scaling) {
            if (open != null) {
                after = after == null ? scaling : after.then(scaling);
            } else {
                before = before == null ? scaling : before.then(scaling);
            }
        } else if (step instanceof Step.Activate activate) {
            Step.Affine affine = take(activate.columns(), activate.node());
            add(activate.node(), () -> layer(affine, activate));
        } else if (step instanceof Step.Maxout maxout) {
            maxout(maxout);
        } else if (step instanceof Step.Pair pair) {
            pair(pair);
        } else if (step instanceof Step.Single single) {
            throw single.node().refused("no layer does this");
        } else {
            output = ((Step.Finish) step).output();
        }
    }

    private interface Maker {
        /** @throws IllegalArgumentException if the parameters do not fit */
        Layer make();
    }

    private void add(Node node, Maker maker) throws Refusal {
        try {
            layers.add(maker.make());
        } catch (IllegalArgumentException e) {
            throw new Refusal(node.toString(), e.getMessage(), e);
        }
    }

    static Matrix matrix(Step.Affine affine) {
        return Matrix.of(affine.rows(), affine.inputs(), affine.weights());
    }

    static Layer layer(Step.Affine affine, Step.Activate activate) {
        if (activate.activation().kind() != Activation.Kind.PRELU) {
            return Layer.dense(matrix(affine), affine.bias(), activate.activation());
        }
        float[] slopes = activate.slopes();
        if (slopes.length == 1 && affine.rows() > 1) {
            slopes = new float[affine.rows()];
            Arrays.fill(slopes, activate.slopes()[0]);
        }
        return Layer.prelu(matrix(affine), affine.bias(), slopes);
    }

    /** A layer of what is open, without an activation. */
    private void close() throws Refusal {
        if (open == null && before == null) {
            return;
        }
        Scaling pending = before;
        Step.Affine affine = take(pending == null ? Shape.UNKNOWN : pending.columns(),
                pending == null ? null : pending.nodes().get(0));
        layers.add(Layer.dense(matrix(affine), affine.bias(), Activation.IDENTITY));
    }

    /** What is open, with the scalings behind it; or a diagonal of this many columns, with those in front. */
    private Step.Affine take(long columns, Node node) throws Refusal {
        if (open == null) {
            open = inserted(columns, node,
                    "stands behind no Gemm or MatMul, so a layer with ones on its diagonal is put in front");
            open = before == null ? open : behind(before, open);
            biasless = true;
            before = null;
        }
        if (after != null && !(after.isSum() && biasless)) {
            graph.notes().add(names(after) + ": folded into the weights of layer " + (layers.size() + 1) + ", rounded once");
        }
        Step.Affine affine = after == null ? open : Folding.behind(open, after);
        open = null;
        after = null;
        return affine;
    }

    static boolean allZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private static String names(Scaling scaling) {
        return scaling.nodes().stream().distinct().limit(4).map(Node::label).collect(Collectors.joining(", "))
                + (scaling.nodes().size() > 4 ? ", …" : "");
    }

    /** An affine operator with a scaling in front. */
    private Step.Affine behind(Scaling scaling, Step.Affine affine) throws Refusal {
        Scaling left = scaling;
        boolean cancels = scaling.cancellation() > CANCELLATION;
        if (cancels && affine.inputs() > Limits.INSERTED_COLUMNS) {
            graph.notes().add(names(scaling) + ": its center is large beside the spread, so digits are lost; normalise rows"
                    + " of so many columns before they are predicted");
        }
        if (cancels && affine.inputs() <= Limits.INSERTED_COLUMNS) {
            scaling.checkFits(affine.inputs());
            Step.Affine centering = inserted(affine.inputs(), scaling.nodes().get(0),
                    "is subtracted in a layer of its own, since"
                    + " it is large beside the spread of what is left");
            for (int j = 0; j < affine.inputs(); j++) {
                centering.bias()[j] = (float) -scaling.center(j);
            }
            layers.add(Layer.dense(matrix(centering), centering.bias(), Activation.IDENTITY));
            left = scaling.centered();
        }
        graph.notes().add(names(scaling) + ": folded into the weights of layer " + (layers.size() + 1) + ", rounded once");
        return Folding.inFront(affine, left);
    }

    private Step.Affine inserted(long columns, Node node, String why) throws Refusal {
        if (columns < 1 || columns > Limits.INSERTED_COLUMNS) {
            throw node.refused("it stands where no Gemm or MatMul gives or takes its rows, which is read for 1 to "
                    + Limits.INSERTED_COLUMNS + " columns, not " + (columns == Shape.UNKNOWN ? "an unknown number"
                            : columns));
        }
        int width = (int) columns;
        graph.layers().take(Float.BYTES * (columns * columns + columns));
        float[] weights = new float[width * width];
        for (int i = 0; i < width; i++) {
            weights[i * width + i] = 1;
        }
        graph.notes().add(node.label() + " " + why + " (layer " + (layers.size() + 1) + ")");
        return new Step.Affine(width, width, weights, new float[width]);
    }

    private void maxout(Step.Maxout maxout) throws Refusal {
        long columns = Math.min(Limits.ELEMENTS, maxout.before() * maxout.after()) * maxout.pieces();
        Step.Affine affine = take(columns, maxout.node());
        if (maxout.pieces() < 1 || columns != affine.rows()) {
            throw maxout.node().refused("a maxout of " + maxout.pieces() + " pieces and "
                    + maxout.before() * maxout.after() + " outputs does not fit " + affine.rows() + " rows of weights");
        }
        int pieces = (int) maxout.pieces();
        Step.Affine ordered = maxout.before() == 1 ? affine : pieceByPiece(affine, maxout);
        add(maxout.node(), () -> Layer.maxout(matrix(ordered), ordered.bias(), pieces));
    }

    /**
     * Rows that stand as {@code [before × pieces × after]}, put in the order {@code [pieces × before × after]} of a layer.
     */
    static Step.Affine pieceByPiece(Step.Affine affine, Step.Maxout maxout) {
        int inputs = affine.inputs();
        float[] weights = new float[affine.weights().length];
        float[] bias = new float[affine.rows()];
        int to = 0;
        for (int k = 0; k < maxout.pieces(); k++) {
            for (int before = 0; before < maxout.before(); before++) {
                for (int after = 0; after < maxout.after(); after++) {
                    int from = (int) ((before * maxout.pieces() + k) * maxout.after()) + after;
                    System.arraycopy(affine.weights(), from * inputs, weights, to * inputs, inputs);
                    bias[to++] = affine.bias()[from];
                }
            }
        }
        return new Step.Affine(affine.rows(), inputs, weights, bias);
    }

    /** Two logits of the one: the first is always 0. */
    private void pair(Step.Pair pair) throws Refusal {
        Step.Affine affine = take(1, pair.node());
        if (affine.rows() != 1) {
            throw pair.node().refused("it makes two probabilities of one, but there are " + affine.rows());
        }
        float[] weights = new float[2 * affine.inputs()];
        System.arraycopy(affine.weights(), 0, weights, affine.inputs(), affine.inputs());
        graph.notes().add(pair.node().label() + ": 1 − p and p are computed as the softmax of 0 and the logit");
        open = new Step.Affine(2, affine.inputs(), weights, new float[] {0, affine.bias()[0]});
    }
}
