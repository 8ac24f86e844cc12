package dev.samebits.gpu;

import dev.samebits.Output;

/** A batch from the host through all layers and back to the host. Activations lie in two buffers, used in turn. */
final class ForwardPlan {
    private ForwardPlan() {}

    /** @param capacity rows that there is room for, a multiple of the tiles' rows */
    static Plan of(Params params, int capacity) {
        Plan plan = new Plan();
        int inputs = params.layers.get(0).inputs;
        int ldx = Panels.padded(inputs);
        int widest = params.layers.stream().mapToInt(layer -> Panels.padded(layer.neurons)).max().orElseThrow();
        int x = plan.place(capacity, ldx);
        int[] buffers = {plan.place(capacity, widest), plan.place(capacity, widest)};
        plan.add(DeviceProgram.LOAD, 0, inputs, x, ldx);
        int a = x;
        int lda = ldx;
        int turn = 0;
        for (LayerPlace layer : params.layers) {
            int z = buffers[turn];
            int ldz = Panels.padded(layer.neurons);
            affine(plan, layer, a, lda, z, ldz);
            a = z;
            lda = ldz;
            turn = 1 - turn;
            if (layer.pieces > 1) {
                a = buffers[turn];
                lda = Panels.padded(layer.outputs);
                plan.add(DeviceProgram.MAXOUT, z, ldz, a, lda, layer.outputs, layer.pieces);
                turn = 1 - turn;
            } else if (!layer.isLinear()) {
                activate(plan, layer, z, ldz, z, ldz);
            }
        }
        int outputs = params.layers.get(params.layers.size() - 1).outputs;
        if (params.output != Output.IDENTITY) {
            plan.add(DeviceProgram.SOFTMAX, a, lda, buffers[turn], lda, outputs, params.output == Output.SOFTMAX ? 0 : 1);
            a = buffers[turn];
        }
        plan.add(DeviceProgram.STORE, a, lda, outputs);
        return plan;
    }

    /** Floats of device memory for each row, the batch and its result among them. */
    static long floatsPerRow(Params params) {
        LayerPlace last = params.layers.get(params.layers.size() - 1);
        int inputs = params.layers.get(0).inputs;
        long widest = params.layers.stream().mapToLong(layer -> Panels.padded(layer.neurons)).max().orElseThrow();
        return Panels.padded(inputs) + 2 * widest + inputs + last.outputs;
    }

    static void affine(Plan plan, LayerPlace layer, int x, int ldx, int z, int ldz) {
        plan.add(DeviceProgram.AFFINE, x, ldx, layer.weights, Panels.stride(layer.inputs), layer.inputs,
                Panels.count(layer.neurons), layer.bias, z, ldz);
    }

    static void activate(Plan plan, LayerPlace layer, int z, int ldz, int a, int lda) {
        plan.add(DeviceProgram.ACTIVATE, z, ldz, a, lda, layer.outputs, layer.activation.kind().ordinal(), layer.constants,
                layer.slopes);
    }
}
