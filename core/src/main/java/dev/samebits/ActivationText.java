package dev.samebits;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads what {@link Activation#toString} writes. */
final class ActivationText {
    private ActivationText() {}

    static Activation parse(String text) {
        String[] parts = text.trim().split(":", -1);
        // The name alone: the parameters may be Infinity, which Java reads in this spelling only.
        String label = parts[0].toLowerCase(Locale.ROOT);
        Activation.Kind kind = Arrays.stream(Activation.Kind.values())
                .filter(k -> k.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown activation '" + text + "': known are "
                        + Arrays.stream(Activation.Kind.values()).map(Activation.Kind::label)
                                .collect(Collectors.joining(", "))));
        if (parts.length - 1 > kind.parameters()) {
            throw new IllegalArgumentException("activation '" + text + "': " + kind.label() + " takes " + kind.parameters()
                    + " parameters, not " + (parts.length - 1));
        }
        float[] values = Arrays.copyOf(kind.defaults(), 2);
        for (int i = 1; i < parts.length; i++) {
            try {
                values[i - 1] = Float.parseFloat(parts[i]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("activation '" + text + "': '" + parts[i] + "' is not a number", e);
            }
        }
        return switch (kind) {
            case LINEAR_LOGISTIC -> Activation.linearLogistic(values[0], values[1]);
            case HARD_LOGISTIC -> Activation.hardLogistic(values[0], values[1]);
            case HARD_TANH -> Activation.hardTanh(values[0], values[1]);
            case LEAKY_RELU -> Activation.leakyRelu(values[0]);
            case ELU -> Activation.elu(values[0]);
            case SWISH -> Activation.swish(values[0]);
            case SOFTSHRINK -> Activation.softshrink(values[0]);
            default -> new Activation(kind, 0, 0);
        };
    }
}
