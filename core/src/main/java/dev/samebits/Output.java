package dev.samebits;

/**
 * What a network does with the last layer's activations, row by row, before it hands them out.
 *
 * @since 0.1.0
 */
public enum Output {
    /** Nothing: regression, and binary classification by one logistic output (equation 4.40). */
    IDENTITY("identity"),
    /** {@code ŷ_i = e^{z_i} / Σ_k e^{z_k}}, equation 4.41. */
    SOFTMAX("softmax"),
    /** {@code log ŷ_i}, computed from the logits without the detour over ŷ, equation 4.42. */
    LOG_SOFTMAX("log-softmax");

    private final String label;

    Output(String label) {
        this.label = label;
    }

    /** {@return the name in lower case with hyphens} */
    public String label() {
        return label;
    }
}
