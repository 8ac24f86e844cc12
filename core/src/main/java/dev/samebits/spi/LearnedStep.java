package dev.samebits.spi;

import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Optimizer;
import dev.samebits.StateExchange;
import dev.samebits.Table;
import org.jspecify.annotations.Nullable;

/**
 * A step of a network with those of its parameters that learn: weights, biases and slopes, gains and shifts of norms,
 * tables. The numbers of scale-shift and center-scale are the data's units, and stay as they are given.
 */
final class LearnedStep {
    final Operation operation;
    /** W, or a table. */
    final @Nullable Learned weights;
    /** b, or the shift of a norm. */
    final @Nullable Learned bias;
    /** PReLU's slopes, or the gain of a norm. */
    final @Nullable Learned slopes;
    /** Batch normalisation of a layer; then b is its shift. */
    final @Nullable NormedLayer norm;

    private LearnedStep(Operation operation, @Nullable Learned weights, @Nullable Learned bias, @Nullable Learned slopes) {
        this(operation, weights, bias, slopes, null);
    }

    private LearnedStep(Operation operation, @Nullable Learned weights, @Nullable Learned bias, @Nullable Learned slopes,
            @Nullable NormedLayer norm) {
        this.norm = norm;
        this.operation = operation;
        this.weights = weights;
        this.bias = bias;
        this.slopes = slopes;
    }

    /** Refuses a network with steps that have no gradient. */
    static void check(Network network) {
        for (int s = 0; s < network.steps().size(); s++) {
            Operation operation = network.steps().get(s).operation();
            if (operation instanceof Operation.Quantize || operation instanceof Operation.IntegerDense) {
                throw new IllegalArgumentException("train: step " + (s + 1) + ", " + operation
                        + ", is of whole numbers, which have no gradient: train the network before it is quantised");
            }
        }
    }

    /** With its parameters as it has them; normed is how a layer is normalised, or null. */
    static LearnedStep of(Operation operation, Optimizer.Kind kind, @Nullable NormedLayer normed) {
        if (operation instanceof Operation.Apply apply) {
            Layer layer = apply.layer();
            Learned weights = Learned.of(layer.weights(), true, kind);
            Learned bias = Learned.of(layer.bias(), kind);
            if (normed != null) {
                normed.of(weights, bias);
            }
            return new LearnedStep(operation, weights, bias, Learned.of(layer.slopes(), kind), normed);
        } else if (operation instanceof Operation.Activate activate) {
            return new LearnedStep(operation, null, null, Learned.of(activate.slopes(), kind));
        } else if (operation instanceof Operation.LayerNorm norm) {
            return new LearnedStep(operation, null, Learned.of(norm.shift(), kind), Learned.of(norm.gain(), kind));
        } else if (operation instanceof Operation.RmsNorm norm) {
            return new LearnedStep(operation, null, null, Learned.of(norm.gain(), kind));
        } else if (operation instanceof Operation.Embed embed) {
            return new LearnedStep(operation, Learned.of(embed.table().toMatrix(), true, kind), null, null);
        }
        return new LearnedStep(operation, null, null, null);
    }

    /** Passes all through that it learns. */
    void exchange(StateExchange state, int step) {
        if (weights != null) {
            weights.exchange(state, step, "weights");
        }
        if (bias != null) {
            bias.exchange(state, step, "bias");
        }
        if (slopes != null) {
            slopes.exchange(state, step, "slopes");
        }
        if (norm != null) {
            norm.gain.exchange(state, step, "gain");
            state.floats(StateExchange.parameters(step, "running mean", ""), norm.mean);
            state.floats(StateExchange.parameters(step, "running variance", ""), norm.variance);
        }
    }

    boolean learns() {
        return weights != null || bias != null || slopes != null;
    }

    /** PReLU's slopes, or none. */
    float[] slopesOrNone() {
        return slopes == null ? new float[0] : slopes.array();
    }

    /** The operation with the present parameters; those of a normalised layer as they were folded last. */
    Operation learned() {
        if (operation instanceof Operation.Apply apply) {
            return new Operation.Apply(Layer.of(apply.layer().spec(), norm == null ? weights.values() : norm.foldedWeights,
                    norm == null ? bias.array() : norm.foldedBias, slopesOrNone()));
        } else if (operation instanceof Operation.Activate activate) {
            return new Operation.Activate(activate.activation(), slopesOrNone());
        } else if (operation instanceof Operation.LayerNorm norm) {
            return new Operation.LayerNorm(norm.epsilon(), slopes.array(), bias.array());
        } else if (operation instanceof Operation.RmsNorm norm) {
            return new Operation.RmsNorm(norm.epsilon(), slopes.array());
        } else if (operation instanceof Operation.Embed) {
            return new Operation.Embed(Table.of(weights.values()));
        }
        return operation;
    }
}
