package dev.samebits.onnx.network;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Operation;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.List;

/** A MatMul whose weights meet each part of a row by itself. */
final class LayerParts {
    private LayerParts() {}

    static Part of(Graph graph, Node node, String value) throws Refusal {
        if (!graph.isOfParts(node)) {
            return null;
        }
        Tensor weights = graph.constant(node.input(1));
        if (!weights.isReal() || weights.elements() < 1) {
            throw node.refused("its weights are of type " + weights.type().label + ", not floating-point numbers, or none:"
                    + " export the model in single precision");
        }
        int inputs = (int) (long) weights.dims().get(0);
        int outputs = (int) (long) weights.dims().get(1);
        long copies = graph.columns(node.input(0)) / inputs;
        // Each part has a step, and sessions pack the weights for each.
        graph.layers().take(Float.BYTES * copies * weights.elements());
        Layer layer = Layer.dense(Matrix.of(outputs, inputs, Tensor.transposed(weights.floats(), inputs, outputs)),
                new float[outputs], Activation.IDENTITY);
        return Part.of(node, List.of(node.input(0)), (emitter, operands) -> emitter.groups(operands.get(0), inputs,
                each -> emitter.step(new Operation.Apply(layer), each)));
    }
}
