package dev.samebits.onnx.network;

import dev.samebits.Value;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one value of a graph is made of others: by steps that a chain of layers has too, or in a way of its own.
 *
 * @param node the last operator of it
 * @param operands the values that it is made of
 * @param steps what is done to the only operand, in order; empty if a maker is there
 * @param maker makes the value, or null
 */
record Part(Node node, List<String> operands, List<Step> steps, @Nullable Maker maker) {
    /** Makes a value of the values of the operands. */
    interface Maker {
        /** @throws Refusal if a constant or a width is not read */
        Value make(Emitter emitter, List<Value> operands) throws Refusal;
    }

    static Part ofSteps(Node node, String x, List<Step> steps) {
        return new Part(node, List.of(x), steps, null);
    }

    static Part of(Node node, List<String> operands, Maker maker) {
        return new Part(node, operands, List.of(), maker);
    }
}
