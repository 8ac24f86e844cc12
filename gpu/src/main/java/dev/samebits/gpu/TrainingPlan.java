package dev.samebits.gpu;

import dev.samebits.Loss;
import dev.samebits.spi.DropoutMasks;
import org.jspecify.annotations.Nullable;

/** A training step: forward, losses, back to δ of every layer, then gradients and steps of all parameters. */
final class TrainingPlan {
    private final Params params;
    private final Loss loss;
    private final @Nullable DropoutMasks dropout;
    private final int capacity;
    private final boolean weighted;
    private final Plan plan = new Plan();
    // in[l] is what layer l reads, in[l + 1] what it makes.
    private final Rows[] in;
    private final Rows[] z;
    private final Rows[] dz;
    private final Rows[] da;

    /**
     * @param dropout null for none
     * @param capacity rows that there is room for, a multiple of a panel
     * @param weighted whether each row's weight comes behind its targets
     */
    TrainingPlan(Params params, Loss loss, @Nullable DropoutMasks dropout, int capacity, boolean weighted) {
        this.params = params;
        this.loss = loss;
        this.dropout = dropout;
        this.capacity = capacity;
        this.weighted = weighted;
        int count = params.layers.size();
        in = new Rows[count + 1];
        z = new Rows[count];
        dz = new Rows[count];
        da = new Rows[count];
    }

    /** The whole step, once. */
    Plan plan() {
        int count = params.layers.size();
        int last = count - 1;
        int outputs = params.layers.get(last).outputs;
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
            drop(l, in[l + 1]);
        }
        boolean fromNetInput = loss.readsNetInput();
        Rows output = fromNetInput ? dz[last] : da[last];
        plan.losses(fromNetInput ? z[last] : in[count], targets, loss, output, losses);
        if (weighted) {
            Rows weights = plan.rows(capacity, 1, 1);
            plan.load(in[0].columns() + outputs, weights);
            plan.weigh(weights, losses, output);
        }
        for (int l = last; l >= 0; l--) {
            LayerPlace layer = params.layers.get(l);
            if (l < last || !fromNetInput) {
                delta(plan, layer, z[l], da[l], dz[l]);
            }
            if (l > 0) {
                plan.transpose(dz[l], transposed);
                plan.inputGradient(transposed, layer.weights, layer.neurons, da[l - 1]);
                drop(l - 1, da[l - 1]);
            }
        }
        for (int l = 0; l < count; l++) {
            step(plan, params.layers.get(l), in[l], z[l], da[l], dz[l]);
        }
        Rows scale = params.training.clips() ? clip() : null;
        for (int l = 0; params.gradients > 0 && l < count; l++) {
            optimize(params.layers.get(l), scale);
        }
        plan.store(losses, 0);
        return plan;
    }

    private void drop(int l, Rows a) {
        if (dropout != null && dropout.drops(l)) {
            plan.dropout(a, l, dropout.threshold(l), params.layers.get(l).dropoutFactor());
        }
    }

    // The scale of all gradients.
    private Rows clip() {
        Rows sum = plan.rows(1, 1, 1);
        Rows scale = plan.rows(1, 1, 1);
        for (int l = 0; l < params.layers.size(); l++) {
            LayerPlace layer = params.layers.get(l);
            Rows squares = plan.rows(1, layer.neurons, layer.neurons);
            plan.squares(layer, squares);
            plan.length(l, layer, squares, sum);
        }
        plan.clip(sum, scale);
        return scale;
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

    private void optimize(LayerPlace layer, @Nullable Rows scale) {
        optimize(layer.weights, Panels.length(layer.neurons, layer.inputs), true, scale);
        optimize(layer.bias, layer.neurons, false, scale);
        if (layer.isPrelu()) {
            optimize(layer.slopes, layer.outputs, false, scale);
        }
    }

    private void optimize(int parameters, int count, boolean decays, @Nullable Rows scale) {
        if (scale == null) {
            plan.optimize(parameters, count, decays);
        } else {
            plan.optimize(parameters, count, decays, scale);
        }
    }

    /** Floats of device memory for a batch of this many rows, besides the parameters. */
    static long floats(Params params, int rows) {
        int inputs = params.layers.get(0).inputs;
        LayerPlace last = params.layers.get(params.layers.size() - 1);
        long perRow = Panels.padded(inputs) + Panels.padded(last.outputs) + 1 + inputs + last.outputs;
        // Weights, on both sides.
        perRow += 2;
        for (LayerPlace layer : params.layers) {
            perRow += 2L * (Panels.padded(layer.neurons) + (layer.isLinear() ? 0 : Panels.padded(layer.outputs)));
        }
        perRow += params.layers.stream().mapToLong(layer -> layer.neurons).max().orElseThrow();
        long neurons = params.layers.stream().mapToLong(layer -> layer.neurons).sum();
        return perRow * Panels.padded(rows) + (params.training.clips() ? neurons + 2 : 0);
    }
}
