package dev.samebits;

import java.util.Objects;

/**
 * What a layer is, without its parameters. Immutable, compared by value.
 *
 * @param inputs columns of W
 * @param outputs neurons: rows of W divided by the pieces
 * @param pieces affine pieces per output: 1 for a dense layer, K for maxout
 * @param activation f; {@link Activation#IDENTITY} for maxout of several pieces
 * @since 0.1.0
 */
public record LayerSpec(int inputs, int outputs, int pieces, Activation activation) {
    /**
     * Checks what it is.
     *
     * @param inputs columns of W
     * @param outputs neurons
     * @param pieces affine pieces per output
     * @param activation f
     * @throws IllegalArgumentException if a number is not positive, several pieces have an activation, or W has more rows
     *     than a Java array elements
     */
    public LayerSpec {
        Objects.requireNonNull(activation, "activation");
        if (inputs < 1 || outputs < 1 || pieces < 1) {
            throw new IllegalArgumentException("a layer needs at least one input, one output and one piece, not " + inputs
                    + ", " + outputs + " and " + pieces);
        }
        if (pieces > 1 && activation.kind() != Activation.Kind.IDENTITY) {
            throw new IllegalArgumentException("maxout of " + pieces + " pieces has no activation, not " + activation);
        }
        if ((long) outputs * pieces > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a maxout layer of " + outputs + " outputs and " + pieces + " pieces has "
                    + (long) outputs * pieces + " rows, more than a Java array holds");
        }
    }

    /** {@return the rows of W: net inputs per sample, outputs · pieces} */
    public int rows() {
        return outputs * pieces;
    }

    /** {@return whether each neuron has a learnable slope} */
    public boolean isPrelu() {
        return activation.kind() == Activation.Kind.PRELU;
    }

    /** {@return whether a and z are the same numbers, so that one buffer holds both} */
    public boolean isLinear() {
        return pieces == 1 && activation.kind() == Activation.Kind.IDENTITY;
    }

    /** {@return the number of weights, biases and slopes together} */
    public long parameters() {
        return (long) rows() * inputs + rows() + (isPrelu() ? outputs : 0);
    }

    /**
     * Floating-point operations of the affine part for one sample: a fused multiply-add, which counts as two, for each
     * weight. Activations are not counted.
     *
     * @return their number
     */
    public long flops() {
        return 2L * rows() * inputs;
    }

    /** One line, such as {@code 784 → 256 relu}. */
    @Override
    public String toString() {
        return inputs + " → " + outputs + " " + (pieces > 1 ? "maxout of " + pieces : activation.toString());
    }
}
