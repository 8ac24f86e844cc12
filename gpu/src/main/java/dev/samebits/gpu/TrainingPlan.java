package dev.samebits.gpu;

import dev.samebits.Loss;

/** A training step: forward, losses, back to δ of every layer, then gradients and steps of all parameters. */
final class TrainingPlan {
    private TrainingPlan() {}

    /** @param capacity rows that there is room for, a multiple of a panel */
    static Plan of(Params params, Loss loss, int capacity) {
        Plan plan = new Plan();
        int count = params.layers.size();
        int last = count - 1;
        int outputs = params.layers.get(last).outputs;
        // in[l] is what layer l reads, in[l + 1] what it makes.
        Rows[] in = new Rows[count + 1];
        Rows[] z = new Rows[count];
        Rows[] dz = new Rows[count];
        Rows[] da = new Rows[count];
        in[0] = plan.rows(capacity, params.layers.get(0).inputs);
        Rows targets = plan.rows(capacity, outputs);
        Rows losses = plan.rows(capacity, 1, 1);
        int neurons = params.layers.stream().mapToInt(layer -> layer.neurons).max().orElseThrow();
        Rows transposed = plan.rows(neurons, capacity, capacity);
        for (int l = 0; l < count; l++) {
            LayerPlace layer = params.layers.get(l);
            z[l] = plan.rows(capacity, layer.neurons);
            dz[l] = plan.rows(capacity, layer.neurons);
            in[l + 1] = layer.isLinear() ? z[l] : plan.rows(capacity, layer.outputs);
            da[l] = layer.isLinear() ? dz[l] : plan.rows(capacity, layer.outputs);
        }
        plan.load(0, in[0]);
        plan.load(in[0].columns(), targets);
        for (int l = 0; l < count; l++) {
            forward(plan, params.layers.get(l), in[l], z[l], in[l + 1]);
        }
        boolean fromNetInput = loss.readsNetInput();
        plan.losses(fromNetInput ? z[last] : in[count], targets, loss, fromNetInput ? dz[last] : da[last], losses);
        for (int l = last; l >= 0; l--) {
            LayerPlace layer = params.layers.get(l);
            if (l < last || !fromNetInput) {
                delta(plan, layer, z[l], da[l], dz[l]);
            }
            if (l > 0) {
                plan.transpose(dz[l], transposed);
                plan.inputGradient(transposed, layer.weights, layer.neurons, da[l - 1]);
            }
        }
        for (int l = 0; l < count; l++) {
            step(plan, params.layers.get(l), in[l], z[l], da[l], dz[l]);
            if (params.gradients > 0) {
                optimize(plan, params.layers.get(l));
            }
        }
        plan.store(losses, 0);
        return plan;
    }

    private static void forward(Plan plan, LayerPlace layer, Rows x, Rows z, Rows a) {
        plan.affine(x, layer.weights, layer.bias, z);
        if (layer.pieces > 1) {
            plan.maxout(z, layer.pieces, a);
        } else if (!layer.isLinear()) {
            plan.activate(z, layer.activation, layer.constants, layer.slopes, a);
        }
    }

    private static void delta(Plan plan, LayerPlace layer, Rows z, Rows da, Rows dz) {
        if (layer.pieces > 1) {
            plan.maxoutDelta(z, layer.pieces, da, dz);
        } else if (!layer.isLinear()) {
            plan.delta(z, da, layer.activation, layer.constants, layer.slopes, dz);
        }
    }

    private static void step(Plan plan, LayerPlace layer, Rows x, Rows z, Rows da, Rows dz) {
        plan.weightGradient(dz, x, layer.weights);
        plan.biasGradient(dz, layer.bias);
        if (layer.isPrelu()) {
            plan.slopeGradient(z, da, layer.slopes);
        }
    }

    private static void optimize(Plan plan, LayerPlace layer) {
        plan.optimize(layer.weights, Panels.length(layer.neurons, layer.inputs), true);
        plan.optimize(layer.bias, layer.neurons, false);
        if (layer.isPrelu()) {
            plan.optimize(layer.slopes, layer.outputs, false);
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
