package dev.samebits.gpu;

import dev.samebits.Loss;

/** A training step: forward, loss, back to δ of every layer, then gradients and steps of all parameters. */
final class TrainingPlan {
    private TrainingPlan() {}

    /** @param capacity rows that there is room for, a multiple of a panel */
    static Plan of(Params params, Loss loss, int capacity) {
        Plan plan = new Plan();
        int count = params.layers.size();
        int inputs = params.layers.get(0).inputs;
        LayerPlace last = params.layers.get(count - 1);
        int[] z = new int[count];
        int[] a = new int[count];
        int[] dz = new int[count];
        int[] da = new int[count];
        int x = plan.place(capacity, Panels.padded(inputs));
        int targets = plan.place(capacity, Panels.padded(last.outputs));
        int losses = plan.place(capacity, 1);
        int neurons = params.layers.stream().mapToInt(layer -> layer.neurons).max().orElseThrow();
        int turned = plan.place(neurons, capacity);
        for (int l = 0; l < count; l++) {
            LayerPlace layer = params.layers.get(l);
            z[l] = plan.place(capacity, Panels.padded(layer.neurons));
            dz[l] = plan.place(capacity, Panels.padded(layer.neurons));
            a[l] = layer.isLinear() ? z[l] : plan.place(capacity, Panels.padded(layer.outputs));
            da[l] = layer.isLinear() ? dz[l] : plan.place(capacity, Panels.padded(layer.outputs));
        }
        plan.add(DeviceProgram.LOAD, 0, inputs, x, Panels.padded(inputs));
        plan.add(DeviceProgram.LOAD, inputs, last.outputs, targets, Panels.padded(last.outputs));
        for (int l = 0; l < count; l++) {
            forward(plan, params.layers.get(l), l == 0 ? x : a[l - 1], z[l], a[l]);
        }
        boolean fromNetInput = loss.readsNetInput();
        int ldLast = Panels.padded(last.outputs);
        plan.add(DeviceProgram.LOSS, fromNetInput ? z[count - 1] : a[count - 1], ldLast, targets, ldLast,
                fromNetInput ? dz[count - 1] : da[count - 1], ldLast, last.outputs, loss.ordinal(), losses);
        for (int l = count - 1; l >= 0; l--) {
            LayerPlace layer = params.layers.get(l);
            if (l < count - 1 || !fromNetInput) {
                delta(plan, layer, z[l], da[l], dz[l]);
            }
            if (l > 0) {
                int ldz = Panels.padded(layer.neurons);
                plan.add(DeviceProgram.TURN, dz[l], ldz, layer.neurons, turned, capacity);
                plan.add(DeviceProgram.BACKPROPAGATE, turned, capacity, layer.weights, Panels.stride(layer.inputs),
                        layer.neurons, layer.inputs, da[l - 1], Panels.padded(layer.inputs));
            }
        }
        for (int l = 0; l < count; l++) {
            step(plan, params.layers.get(l), l == 0 ? x : a[l - 1], z[l], da[l], dz[l]);
        }
        plan.add(DeviceProgram.STORE, losses, 1, 1);
        return plan;
    }

    private static void forward(Plan plan, LayerPlace layer, int x, int z, int a) {
        int ldz = Panels.padded(layer.neurons);
        ForwardPlan.affine(plan, layer, x, Panels.padded(layer.inputs), z, ldz);
        if (layer.pieces > 1) {
            plan.add(DeviceProgram.MAXOUT, z, ldz, a, Panels.padded(layer.outputs), layer.outputs, layer.pieces);
        } else if (!layer.isLinear()) {
            ForwardPlan.activate(plan, layer, z, ldz, a, ldz);
        }
    }

    private static void delta(Plan plan, LayerPlace layer, int z, int da, int dz) {
        int ldz = Panels.padded(layer.neurons);
        if (layer.pieces > 1) {
            plan.add(DeviceProgram.MAXOUT_DELTA, z, ldz, da, Panels.padded(layer.outputs), layer.outputs, layer.pieces, dz);
        } else if (!layer.isLinear()) {
            plan.add(DeviceProgram.DELTA, z, ldz, da, ldz, layer.outputs, layer.activation.kind().ordinal(), layer.constants,
                    layer.slopes, dz);
        }
    }

    private static void step(Plan plan, LayerPlace layer, int x, int z, int da, int dz) {
        int ldz = Panels.padded(layer.neurons);
        plan.add(DeviceProgram.GRADIENT, dz, ldz, x, Panels.padded(layer.inputs), layer.weights, Panels.stride(layer.inputs),
                layer.inputs, Panels.count(layer.neurons));
        plan.add(DeviceProgram.BIAS, dz, ldz, layer.neurons, layer.bias);
        if (layer.isPrelu()) {
            plan.add(DeviceProgram.SLOPES, z, ldz, da, ldz, layer.outputs, layer.slopes);
        }
    }

    /** Floats of device memory for a batch of this many rows, besides the parameters. */
    static long floats(Params params, int rows) {
        int inputs = params.layers.get(0).inputs;
        LayerPlace last = params.layers.get(params.layers.size() - 1);
        long perRow = Panels.padded(inputs) + Panels.padded(last.outputs) + 1 + inputs + last.outputs;
        for (LayerPlace layer : params.layers) {
            perRow += 2L * (Panels.padded(layer.neurons) + (layer.isLinear() ? 0 : Panels.padded(layer.outputs)));
        }
        perRow += params.layers.stream().mapToLong(layer -> layer.neurons).max().orElseThrow();
        return perRow * Panels.padded(rows);
    }
}
