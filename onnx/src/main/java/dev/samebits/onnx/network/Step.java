package dev.samebits.onnx.network;

import dev.samebits.Activation;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;

/** What is done to rows between the input of a graph and its output. {@link Assembler} makes layers of it. */
sealed interface Step permits Step.Affine, Scaling, Step.Activate, Step.Maxout, Step.Pair, Step.Single, Step.Finish {
    /**
     * {@code z = W x + b}.
     *
     * @param weights W {@code [rows × inputs]}, which nobody else holds
     * @param bias b {@code [rows]}, likewise
     */
    record Affine(int rows, int inputs, float[] weights, float[] bias) implements Step {}

    /**
     * An activation.
     *
     * @param slopes those of PReLU, one or one for each column; empty for every other
     * @param columns of its rows, or {@link Shape#UNKNOWN}
     * @param node where it stands in the file
     */
    record Activate(Activation activation, float[] slopes, long columns, Node node) implements Step {}

    /**
     * The largest of some columns, which stand as {@code [before × pieces × after]} and become {@code [before × after]}.
     *
     * @param node where it stands in the file
     */
    record Maxout(long before, long pieces, long after, Node node) implements Step {}

    /**
     * {@code [1 − p, p]} of the logistic p of one column z, which is the softmax of {@code [0, z]}.
     *
     * @param node where it stands in the file
     */
    record Pair(Node node) implements Step {}

    /**
     * What no chain of layers has.
     *
     * @param operation of one operand
     * @param node where it stands in the file
     */
    record Single(Operation operation, Node node) implements Step {}

    /** The last step of all, but of networks with branches. */
    record Finish(Output output) implements Step {}
}
