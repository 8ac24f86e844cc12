package dev.samebits;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a training session moves its parameters against their gradients: plain descent, or a method that remembers earlier
 * gradients. Chosen when the session opens ({@link Backend#train(Network, Loss, Optimizer, SessionOptions)}); the learning
 * rate α and the weight decay λ are arguments of each {@link TrainingSession#step}. Immutable, compared by value.
 *
 * <p>Each method is one fixed sequence of float operations for each parameter, written out in docs/arithmetic.md, so every
 * backend gives the same bits. With {@code g} the mean gradient of the mini-batch:
 *
 * <ul>
 * <li>{@code sgd}: {@code g ← g + λw}, {@code w ← w − αg}
 * <li>{@code momentum}: {@code g ← g + λw}, {@code m ← μm + g}, {@code w ← w − αm}
 * <li>{@code nesterov}: {@code g ← g + λw}, {@code m ← μm + g}, {@code w ← w − α(μm + g)}
 * <li>{@code rmsprop}: {@code g ← g + λw}, {@code v ← β₂v + (1 − β₂)g²}, {@code w ← w − αg / (√v + ε)}
 * <li>{@code adam}: {@code g ← g + λw}, {@code m ← β₁m + (1 − β₁)g}, {@code v ← β₂v + (1 − β₂)g²},
 *     {@code w ← w − α m̂ / (√v̂ + ε)}, where {@code m̂ = m / (1 − β₁ᵗ)} and {@code v̂ = v / (1 − β₂ᵗ)} in step t
 * <li>{@code adamw}: Adam without λ in g, and {@code w ← (1 − αλ)w} before its step
 * </ul>
 *
 * <p>λ acts on weights alone, not on biases and slopes. m and v start at 0.
 *
 * @param kind the method
 * @param momentum μ of momentum and nesterov; 0 for all others
 * @param beta1 β₁ of adam and adamw; 0 for all others
 * @param beta2 β₂ of rmsprop, adam and adamw; 0 for all others
 * @param epsilon ε of rmsprop, adam and adamw; 0 for all others
 * @since 0.1.0
 */
public record Optimizer(Kind kind, float momentum, float beta1, float beta2, float epsilon) {
    /**
     * The methods, with the names used on the command line and in messages.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /** {@link Optimizer#SGD}. */
        SGD("sgd", false, false),
        /** {@link Optimizer#momentum(float)}. */
        MOMENTUM("momentum", true, false),
        /** {@link Optimizer#nesterov(float)}. */
        NESTEROV("nesterov", true, false),
        /** {@link Optimizer#rmsprop()}. */
        RMSPROP("rmsprop", false, true),
        /** {@link Optimizer#adam()}. */
        ADAM("adam", true, true),
        /** {@link Optimizer#adamW()}. */
        ADAMW("adamw", true, true);

        private final String label;
        private final boolean first;
        private final boolean second;

        Kind(String label, boolean first, boolean second) {
            this.label = label;
            this.first = first;
            this.second = second;
        }

        /** {@return the name in lower case, such as {@code adamw}} */
        public String label() {
            return label;
        }

        /** {@return whether each parameter has an m, a mean of gradients or a velocity} */
        public boolean hasFirstMoment() {
            return first;
        }

        /** {@return whether each parameter has a v, a mean of squared gradients} */
        public boolean hasSecondMoment() {
            return second;
        }

        /** {@return floats that a session keeps for each parameter besides it: 0, 1 or 2} */
        public int moments() {
            return (first ? 1 : 0) + (second ? 1 : 0);
        }
    }

    /** Plain descent, equations 4.45 to 4.48. */
    public static final Optimizer SGD = new Optimizer(Kind.SGD, 0, 0, 0, 0);

    private static final float SMALLEST_EPSILON = 1e-30f;

    /**
     * A method with all its numbers.
     *
     * @param kind the method
     * @param momentum from 0 to below 1
     * @param beta1 from 0 to below 1
     * @param beta2 from 0 to below 1
     * @param epsilon from 1e-30 to 1
     * @throws IllegalArgumentException if one of them is out of its range, or not 0 where the method has no such number
     */
    public Optimizer {
        checkShare(kind, "momentum", momentum, kind == Kind.MOMENTUM || kind == Kind.NESTEROV);
        checkShare(kind, "beta1", beta1, kind.first && kind.second);
        checkShare(kind, "beta2", beta2, kind.second);
        if (kind.second ? !(epsilon >= SMALLEST_EPSILON && epsilon <= 1) : epsilon != 0) {
            throw new IllegalArgumentException("epsilon of " + kind.label + " must "
                    + (kind.second ? "lie from 1e-30 to 1" : "be 0") + ", not " + epsilon);
        }
    }

    private static void checkShare(Kind kind, String name, float value, boolean has) {
        if (has ? !(value >= 0 && value < 1) : value != 0) {
            throw new IllegalArgumentException(name + " of " + kind.label + " must "
                    + (has ? "lie from 0 to below 1" : "be 0") + ", not " + value);
        }
    }

    /**
     * Descent with momentum.
     *
     * @param momentum μ, from 0 to below 1, such as 0.9
     * @return the optimizer
     * @throws IllegalArgumentException if μ is out of its range
     */
    public static Optimizer momentum(float momentum) {
        return new Optimizer(Kind.MOMENTUM, momentum, 0, 0, 0);
    }

    /**
     * Descent with Nesterov's momentum, which looks one step ahead.
     *
     * @param momentum μ, from 0 to below 1, such as 0.9
     * @return the optimizer
     * @throws IllegalArgumentException if μ is out of its range
     */
    public static Optimizer nesterov(float momentum) {
        return new Optimizer(Kind.NESTEROV, momentum, 0, 0, 0);
    }

    /** {@return RMSprop with β₂ = 0.99 (others call it α or ρ) and ε = 1e-8} */
    public static Optimizer rmsprop() {
        return rmsprop(0.99f, 1e-8f);
    }

    /**
     * RMSprop.
     *
     * @param beta2 β₂, from 0 to below 1
     * @param epsilon ε, from 1e-30 to 1
     * @return the optimizer
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public static Optimizer rmsprop(float beta2, float epsilon) {
        return new Optimizer(Kind.RMSPROP, 0, 0, beta2, epsilon);
    }

    /** {@return Adam with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8} */
    public static Optimizer adam() {
        return adam(0.9f, 0.999f, 1e-8f);
    }

    /**
     * Adam, whose weight decay is part of the gradient.
     *
     * @param beta1 β₁, from 0 to below 1
     * @param beta2 β₂, from 0 to below 1
     * @param epsilon ε, from 1e-30 to 1
     * @return the optimizer
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public static Optimizer adam(float beta1, float beta2, float epsilon) {
        return new Optimizer(Kind.ADAM, 0, beta1, beta2, epsilon);
    }

    /** {@return AdamW with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8} */
    public static Optimizer adamW() {
        return adamW(0.9f, 0.999f, 1e-8f);
    }

    /**
     * AdamW, whose weight decay is apart from the gradient.
     *
     * @param beta1 β₁, from 0 to below 1
     * @param beta2 β₂, from 0 to below 1
     * @param epsilon ε, from 1e-30 to 1
     * @return the optimizer
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public static Optimizer adamW(float beta1, float beta2, float epsilon) {
        return new Optimizer(Kind.ADAMW, 0, beta1, beta2, epsilon);
    }

    /**
     * The method of this name with its usual numbers; momentum and nesterov have μ = 0.9.
     *
     * @param name as {@link Kind#label} has it, in any case
     * @return the optimizer
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static Optimizer named(String name) {
        String label = name.strip().toLowerCase(Locale.ROOT);
        Kind kind = Arrays.stream(Kind.values()).filter(k -> k.label.equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown optimizer '" + name + "'; known are "
                        + Arrays.stream(Kind.values()).map(Kind::label).collect(Collectors.joining(", "))));
        return switch (kind) {
            case SGD -> SGD;
            case MOMENTUM -> momentum(0.9f);
            case NESTEROV -> nesterov(0.9f);
            case RMSPROP -> rmsprop();
            case ADAM -> adam();
            case ADAMW -> adamW();
        };
    }

    /** The name and the numbers that the method has, such as {@code adam(beta1 0.9, beta2 0.999, epsilon 1.0E-8)}. */
    @Override
    public String toString() {
        return kind.label + switch (kind) {
            case SGD -> "";
            case MOMENTUM, NESTEROV -> "(momentum " + momentum + ")";
            case RMSPROP -> "(beta2 " + beta2 + ", epsilon " + epsilon + ")";
            case ADAM, ADAMW -> "(beta1 " + beta1 + ", beta2 " + beta2 + ", epsilon " + epsilon + ")";
        };
    }
}
