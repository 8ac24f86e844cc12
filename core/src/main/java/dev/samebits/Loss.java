package dev.samebits;

import dev.samebits.arithmetic.Softmax;
import dev.samebits.arithmetic.Softplus;
import dev.samebits.arithmetic.Logistic;

/**
 * A loss of one sample and its gradient, both from the last layer's net inputs or activations. Targets are a row per sample,
 * as wide as the network's output: one-hot (or any distribution), 0 or 1, or real values.
 *
 * @since 0.1.0
 */
public enum Loss {
    /**
     * {@code −yᵀ log ŷ} with {@code ŷ = softmax(z)}, equation 4.42, from the logits, finite where ŷ underflows. Gradient
     * {@code δ⁽ᴸ⁾ = ŷ − y}, equations 4.51 to 4.62. Asks for {@link Output#SOFTMAX} or {@link Output#LOG_SOFTMAX}.
     */
    CROSS_ENTROPY("cross-entropy"),
    /**
     * {@code −Σ y log σ(z) + (1 − y) log(1 − σ(z))}: cross-entropy of logistic outputs (equation 4.40), from the net inputs.
     * Gradient {@code δ⁽ᴸ⁾ = σ(z) − y}. Asks for a last layer with {@link Activation#LOGISTIC}.
     */
    LOGISTIC_CROSS_ENTROPY("logistic-cross-entropy"),
    /** {@code ½ Σ (a − y)²}, for regression. Gradient {@code ∂L/∂a = a − y}. Asks for {@link Output#IDENTITY}. */
    SQUARED_ERROR("squared-error");

    private final String label;

    Loss(String label) {
        this.label = label;
    }

    /** {@return the name in lower case with hyphens} */
    public String label() {
        return label;
    }

    /**
     * The loss that goes with a network's output: cross-entropy for softmax, logistic for logistic, else squared error, as
     * where there are several outputs; {@link Objective#of(Network)} has one for each.
     *
     * @param network to be trained
     * @return a loss that fits it, if it has one output
     */
    public static Loss of(Network network) {
        return network.outputValues().size() > 1 ? SQUARED_ERROR : ofValue(network, network.outputValues().get(0));
    }

    /** The loss that goes with one of a network's values. */
    static Loss ofValue(Network network, int value) {
        if (value < network.inputSections().size()) {
            return SQUARED_ERROR;
        }
        Operation last = network.steps().get(value - network.inputSections().size()).operation();
        if (last instanceof Operation.Softmax) {
            return CROSS_ENTROPY;
        }
        boolean logistic = last instanceof Operation.Apply apply && apply.layer().activation().equals(Activation.LOGISTIC)
                || last instanceof Operation.Activate alone && alone.activation().equals(Activation.LOGISTIC);
        return logistic ? LOGISTIC_CROSS_ENTROPY : SQUARED_ERROR;
    }

    /**
     * Refuses a network from whose output, or from one of whose outputs, this loss cannot be computed.
     *
     * @param network to be trained
     * @throws IllegalArgumentException naming what the loss asks for
     */
    public void check(Network network) {
        for (int o = 0; o < network.outputValues().size(); o++) {
            if (!fits(network, network.outputValues().get(o))) {
                boolean several = network.outputValues().size() > 1;
                throw new IllegalArgumentException("the loss " + label + " does not fit "
                        + (several ? "the output " + network.outputSections().get(o).name() + " of " : "")
                        + "the network " + network + ": it asks for " + asksFor()
                        + (several ? "; give each output its own, as Objective.of does" : ""));
            }
        }
    }

    /** Whether it can be computed from one of a network's values; a logistic one may have squared error, too. */
    boolean fits(Network network, int value) {
        Loss own = ofValue(network, value);
        return this == own || this == SQUARED_ERROR && own != CROSS_ENTROPY;
    }

    /** What the loss wants of an output. */
    String asksFor() {
        return switch (this) {
            case CROSS_ENTROPY -> "a softmax or log-softmax output";
            case LOGISTIC_CROSS_ENTROPY -> "a last layer with the logistic activation and no softmax";
            case SQUARED_ERROR -> "an output without softmax";
        };
    }

    /** {@return whether {@link #row} reads the last layer's net input z (and skips its derivative), not its activation a} */
    public boolean readsNetInput() {
        return this == LOGISTIC_CROSS_ENTROPY;
    }

    /**
     * The definition of one sample's loss and gradient, columns ascending.
     *
     * @param in z or a of the last layer (see {@link #readsNetInput}), {@code n} values from {@code inOffset}
     * @param inOffset index of the first
     * @param y the targets, {@code n} values from {@code yOffset}
     * @param yOffset index of the first
     * @param d receives {@code ŷ − y}, {@code σ(z) − y} or {@code a − y}; may not be {@code in}
     * @param dOffset index of the first
     * @param n outputs of the network
     * @return the loss
     */
    public float row(float[] in, int inOffset, float[] y, int yOffset, float[] d, int dOffset, int n) {
        float loss = 0;
        switch (this) {
            case CROSS_ENTROPY -> {
                Softmax.logSoftmax(in, inOffset, d, dOffset, n);
                for (int j = 0; j < n; j++) {
                    float target = y[yOffset + j];
                    // A class that cannot be is not counted even where its logarithm is −∞; NaN is.
                    loss = target == 0 && d[dOffset + j] <= 0 ? loss : Math.fma(-target, d[dOffset + j], loss);
                }
                Softmax.softmax(in, inOffset, d, dOffset, n);
                for (int j = 0; j < n; j++) {
                    d[dOffset + j] -= y[yOffset + j];
                }
            }
            case LOGISTIC_CROSS_ENTROPY -> {
                for (int j = 0; j < n; j++) {
                    float z = in[inOffset + j];
                    float target = y[yOffset + j];
                    // Not softplus(z) − y z, which cancels where the sample is classified well.
                    float wrong = (1 - target) * Softplus.value(z);
                    loss += Math.fma(target, Softplus.value(-z), wrong);
                    d[dOffset + j] = Logistic.value(z) - target;
                }
            }
            case SQUARED_ERROR -> {
                for (int j = 0; j < n; j++) {
                    float error = in[inOffset + j] - y[yOffset + j];
                    loss = Math.fma(0.5f * error, error, loss);
                    d[dOffset + j] = error;
                }
            }
        }
        return loss;
    }

    /**
     * The structural risk {@code (1/N) Σ loss + ½ λ ‖W‖²_F}, equation 4.43.
     *
     * @param meanLoss (1/N) Σ loss
     * @param weightDecay λ
     * @param network whose weights W are
     * @return the risk, in double
     */
    public static double structuralRisk(double meanLoss, double weightDecay, Network network) {
        return meanLoss + 0.5 * weightDecay * network.squaredFrobeniusNorm();
    }
}
