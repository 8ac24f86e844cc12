package dev.samebits.gpu;

import dev.samebits.Output;

/** A batch from the host through all layers and back to the host. Activations lie in two buffers, used in turn. */
final class ForwardPlan {
    private ForwardPlan() {}

    /** @param capacity rows that there is room for, a multiple of the tiles' rows */
    static Plan of(Params params, int capacity) {
        Plan plan = new Plan();
        int widest = params.layers.stream().mapToInt(layer -> layer.neurons).max().orElseThrow();
        Rows x = plan.rows(capacity, params.layers.get(0).inputs);
        Rows[] buffers = {plan.rows(capacity, widest), plan.rows(capacity, widest)};
        plan.load(0, x);
        Rows a = x;
        int next = 0;
        for (LayerPlace layer : params.layers) {
            Rows z = buffers[next].of(layer.neurons);
            plan.affine(a, layer.weights, layer.bias, z);
            a = z;
            next = 1 - next;
            if (layer.pieces > 1) {
                a = buffers[next].of(layer.outputs);
                plan.maxout(z, layer.pieces, a);
                next = 1 - next;
            } else if (!layer.isLinear()) {
                plan.activate(z, layer.activation, layer.constants, layer.slopes, z);
            }
        }
        if (params.output != Output.IDENTITY) {
            Rows y = buffers[next].of(a.columns());
            plan.softmax(a, params.output == Output.LOG_SOFTMAX, y);
            a = y;
        }
        plan.store(a, 0);
        return plan;
    }

    /** Floats of device memory for each row, the batch and its result among them. */
    static long floatsPerRow(Params params) {
        LayerPlace last = params.layers.get(params.layers.size() - 1);
        int inputs = params.layers.get(0).inputs;
        long widest = params.layers.stream().mapToLong(layer -> Panels.padded(layer.neurons)).max().orElseThrow();
        return Panels.padded(inputs) + 2 * widest + inputs + last.outputs;
    }
}
