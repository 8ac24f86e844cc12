package dev.samebits;

import java.util.Objects;

/**
 * An element-wise activation function {@code a = f(z)} (equation 4.3) with its first derivative: a kind and up to two
 * parameters. Immutable, compared by value.
 *
 * <p>What each kind computes, as an exact sequence of float operations, stands in docs/arithmetic.md and, one file per
 * function, in {@code dev.samebits.arithmetic}; how far that is from the real number at most, in docs/numerics.md. Softmax
 * is not element-wise: see {@link Output}.
 *
 * @since 0.1.0
 */
public final class Activation {
    /**
     * The functions, with the names used on the command line and in messages.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /** {@link Activation#IDENTITY}. */
        IDENTITY("identity", 0),
        /** {@link Activation#LOGISTIC}. */
        LOGISTIC("logistic", 0),
        /** {@link Activation#TANH}. */
        TANH("tanh", 0),
        /** {@link Activation#linearLogistic}. */
        LINEAR_LOGISTIC("linear-logistic", 2, 0.25f, 0.5f),
        /** {@link Activation#hardLogistic}. */
        HARD_LOGISTIC("hard-logistic", 2, 0.25f, 0.5f),
        /** {@link Activation#hardTanh}. */
        HARD_TANH("hard-tanh", 2, -1, 1),
        /** {@link Activation#RELU}. */
        RELU("relu", 0),
        /** {@link Activation#leakyRelu}. */
        LEAKY_RELU("leaky-relu", 1, 0.01f),
        /** {@link Activation#PRELU}. */
        PRELU("prelu", 0),
        /** {@link Activation#elu}. */
        ELU("elu", 1, 1),
        /** {@link Activation#SOFTPLUS}. */
        SOFTPLUS("softplus", 0),
        /** {@link Activation#swish}. */
        SWISH("swish", 1, 1),
        /** {@link Activation#GELU}. */
        GELU("gelu", 0),
        /** {@link Activation#GELU_TANH}. */
        GELU_TANH("gelu-tanh", 0),
        /** {@link Activation#GELU_LOGISTIC}. */
        GELU_LOGISTIC("gelu-logistic", 0),
        /** {@link Activation#SINE}. */
        SINE("sine", 0),
        /** {@link Activation#HARD_SWISH}. */
        HARD_SWISH("hard-swish", 0),
        /** {@link Activation#MISH}. */
        MISH("mish", 0),
        /** {@link Activation#SOFTSIGN}. */
        SOFTSIGN("softsign", 0),
        /** {@link Activation#LOG_LOGISTIC}. */
        LOG_LOGISTIC("log-logistic", 0),
        /** {@link Activation#softshrink}. */
        SOFTSHRINK("softshrink", 1, 0.5f),
        /** {@link Activation#ABS}. */
        ABS("abs", 0),
        /** {@link Activation#SQUARE}. */
        SQUARE("square", 0),
        /** {@link Activation#EXP}. */
        EXP("exp", 0),
        /** {@link Activation#SQRT}. */
        SQRT("sqrt", 0),
        /** {@link Activation#RECIPROCAL}. */
        RECIPROCAL("reciprocal", 0),
        /** {@link Activation#COSINE}. */
        COSINE("cosine", 0),
        /** {@link Activation#LOG}. */
        LOG("log", 0);

        private final String label;
        private final int parameters;
        private final float[] defaults;

        Kind(String label, int parameters, float... defaults) {
            this.label = label;
            this.parameters = parameters;
            this.defaults = defaults;
        }

        /** {@return the name in lower case with hyphens, such as {@code leaky-relu}} */
        public String label() {
            return label;
        }

        /** {@return how many parameters the function takes: 0, 1 or 2; PReLU's slopes belong to the {@link Layer}} */
        public int parameters() {
            return parameters;
        }

        /** The parameters that a text may leave out. */
        float[] defaults() {
            return defaults;
        }
    }

    /** {@code f(x) = x}. */
    public static final Activation IDENTITY = new Activation(Kind.IDENTITY, 0, 0);
    /** {@code 1 / (1 + e⁻ˣ)}, equation 4.4. */
    public static final Activation LOGISTIC = new Activation(Kind.LOGISTIC, 0, 0);
    /** {@code tanh x}, equations 4.5 and 4.6. */
    public static final Activation TANH = new Activation(Kind.TANH, 0, 0);
    /** {@code 0.25 x + 0.5}, the first-order Taylor polynomial of the logistic function at 0, equations 4.7 and 4.8. */
    public static final Activation LINEAR_LOGISTIC = new Activation(Kind.LINEAR_LOGISTIC, 0.25f, 0.5f);
    /** {@code max(min(0.25 x + 0.5, 1), 0)}, equations 4.9 to 4.11. */
    public static final Activation HARD_LOGISTIC = hardLogistic(0.25f, 0.5f);
    /** {@code x}, the first-order Taylor polynomial of tanh at 0, equations 4.12 and 4.13: the identity. */
    public static final Activation LINEAR_TANH = IDENTITY;
    /** {@code max(min(x, 1), −1)}, equations 4.14 and 4.15. */
    public static final Activation HARD_TANH = hardTanh(-1, 1);
    /** {@code max(0, x)}, equations 4.16 and 4.17. */
    public static final Activation RELU = new Activation(Kind.RELU, 0, 0);
    /**
     * {@code max(0, x) + γ_i min(0, x)} with one learnable slope γ_i per neuron, equations 4.21 and 4.22. The slopes are
     * parameters of the layer: see {@link Layer#prelu}.
     */
    public static final Activation PRELU = new Activation(Kind.PRELU, 0, 0);
    /** {@code log(1 + eˣ)}, equation 4.25. */
    public static final Activation SOFTPLUS = new Activation(Kind.SOFTPLUS, 0, 0);
    /** {@code x Φ(x)}, Φ the standard normal distribution function, equation 4.27. */
    public static final Activation GELU = new Activation(Kind.GELU, 0, 0);
    /** {@code 0.5 x (1 + tanh(√(2/π)(x + 0.044715 x³)))}, equation 4.28. */
    public static final Activation GELU_TANH = new Activation(Kind.GELU_TANH, 0, 0);
    /** {@code x σ(1.702 x)}, equation 4.29. */
    public static final Activation GELU_LOGISTIC = new Activation(Kind.GELU_LOGISTIC, 0, 0);
    /** {@code sin x}, the example of equation 4.3. */
    public static final Activation SINE = new Activation(Kind.SINE, 0, 0);
    /** {@code x max(min(x + 3, 6), 0) / 6}, swish with a gate of straight lines. */
    public static final Activation HARD_SWISH = new Activation(Kind.HARD_SWISH, 0, 0);
    /** {@code x tanh(log(1 + eˣ))}. */
    public static final Activation MISH = new Activation(Kind.MISH, 0, 0);
    /** {@code x / (1 + |x|)}. */
    public static final Activation SOFTSIGN = new Activation(Kind.SOFTSIGN, 0, 0);
    /** {@code log(1 / (1 + e⁻ˣ))}, the logarithm of the logistic function, also called LogSigmoid. */
    public static final Activation LOG_LOGISTIC = new Activation(Kind.LOG_LOGISTIC, 0, 0);
    /** {@code |x|}. */
    public static final Activation ABS = new Activation(Kind.ABS, 0, 0);
    /** {@code x²}. */
    public static final Activation SQUARE = new Activation(Kind.SQUARE, 0, 0);
    /** {@code eˣ}. */
    public static final Activation EXP = new Activation(Kind.EXP, 0, 0);
    /** {@code √x}; NaN for negative x. */
    public static final Activation SQRT = new Activation(Kind.SQRT, 0, 0);
    /** {@code 1 / x}; an infinity for zero. */
    public static final Activation RECIPROCAL = new Activation(Kind.RECIPROCAL, 0, 0);
    /** {@code cos x}. */
    public static final Activation COSINE = new Activation(Kind.COSINE, 0, 0);
    /** {@code log x}, to base e; −∞ for zero, NaN for negative x. */
    public static final Activation LOG = new Activation(Kind.LOG, 0, 0);

    private final Kind kind;
    private final float first;
    private final float second;

    Activation(Kind kind, float first, float second) {
        this.kind = kind;
        this.first = first;
        this.second = second;
    }

    /**
     * {@code max(min(slope · x + shift, 1), 0)}, equations 4.9 to 4.11 for slope 0.25 and shift 0.5.
     *
     * @param slope of the line
     * @param shift its value at 0
     * @return the function
     * @throws IllegalArgumentException if one of them is not finite
     */
    public static Activation hardLogistic(float slope, float shift) {
        checkFinite("hard-logistic", "slope", slope);
        checkFinite("hard-logistic", "shift", shift);
        return new Activation(Kind.HARD_LOGISTIC, slope, shift);
    }

    /**
     * {@code max(min(x, maximum), minimum)}, equations 4.14 and 4.15 for −1 and 1. An infinite bound leaves that side open.
     *
     * @param minimum the least value
     * @param maximum the greatest value
     * @return the function
     * @throws IllegalArgumentException if a bound is NaN or minimum exceeds maximum
     */
    public static Activation hardTanh(float minimum, float maximum) {
        if (!(minimum <= maximum)) {
            throw new IllegalArgumentException(
                    "hard-tanh needs minimum ≤ maximum, not " + minimum + " and " + maximum);
        }
        return new Activation(Kind.HARD_TANH, minimum, maximum);
    }

    /**
     * {@code max(0, x) + γ min(0, x)} with a fixed slope γ, equations 4.18 to 4.20.
     *
     * @param gamma γ
     * @return the function
     * @throws IllegalArgumentException if γ is not finite
     */
    public static Activation leakyRelu(float gamma) {
        checkFinite("leaky-relu", "slope γ", gamma);
        return new Activation(Kind.LEAKY_RELU, gamma, 0);
    }

    /**
     * {@code max(0, x) + min(0, γ(eˣ − 1))}, equations 4.23 and 4.24.
     *
     * @param gamma γ
     * @return the function
     * @throws IllegalArgumentException if γ is negative or not finite
     */
    public static Activation elu(float gamma) {
        checkFinite("elu", "γ", gamma);
        if (gamma < 0) {
            throw new IllegalArgumentException("elu needs γ ≥ 0, not " + gamma);
        }
        return new Activation(Kind.ELU, gamma, 0);
    }

    /**
     * {@code x σ(βx)}, equation 4.26; β = 1 is also called SiLU.
     *
     * @param beta β
     * @return the function
     * @throws IllegalArgumentException if β is not finite
     */
    public static Activation swish(float beta) {
        checkFinite("swish", "β", beta);
        return new Activation(Kind.SWISH, beta, 0);
    }

    /**
     * {@code x} moved by λ towards zero, and zero where it would pass it.
     *
     * @param lambda λ
     * @return the function
     * @throws IllegalArgumentException if λ is negative or not finite
     */
    public static Activation softshrink(float lambda) {
        checkFinite("softshrink", "λ", lambda);
        if (lambda < 0) {
            throw new IllegalArgumentException("softshrink needs λ ≥ 0, not " + lambda);
        }
        return new Activation(Kind.SOFTSHRINK, lambda, 0);
    }

    private static void checkFinite(String function, String name, float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(function + " needs a finite " + name + ", not " + value);
        }
    }

    /**
     * Reads what {@link #toString()} writes: a name, then parameters behind colons, as in {@code relu},
     * {@code leaky-relu:0.01} or {@code hard-tanh:-1:1}. Parameters left out take their usual values.
     *
     * @param text in any case, with blanks around it
     * @return the function
     * @throws IllegalArgumentException naming the known functions if this is none, or a parameter that it does not take
     */
    public static Activation parse(String text) {
        return ActivationText.parse(text);
    }

    /**
     * {@code slope · x + shift}, equations 4.7 and 4.8 for slope 0.25 and shift 0.5.
     *
     * @param slope of the line
     * @param shift its value at 0
     * @return the function
     * @throws IllegalArgumentException if one of them is not finite
     */
    public static Activation linearLogistic(float slope, float shift) {
        checkFinite("linear-logistic", "slope", slope);
        checkFinite("linear-logistic", "shift", shift);
        return new Activation(Kind.LINEAR_LOGISTIC, slope, shift);
    }

    /** {@return which function it is} */
    public Kind kind() {
        return kind;
    }

    /** {@return the first parameter (γ, β, λ, slope or minimum); 0 where the kind has none} */
    public float first() {
        return first;
    }

    /** {@return the second parameter (shift or maximum); 0 where the kind has none} */
    public float second() {
        return second;
    }

    /**
     * The definition of {@code f(x)} that every backend reproduces to the bit.
     *
     * @param x any float
     * @param slope the neuron's slope γ_i, read by PReLU alone
     * @return {@code f(x)}
     */
    public float value(float x, float slope) {
        return Functions.value(kind, x, first, second, slope);
    }

    /**
     * The definition of {@code f'(x)} that every backend reproduces to the bit.
     *
     * @param x any float
     * @param slope the neuron's slope γ_i, read by PReLU alone
     * @return {@code f'(x)}
     */
    public float derivative(float x, float slope) {
        return Functions.derivative(kind, x, first, second, slope);
    }

    /**
     * {@link #value(float, float)} for the functions without a learnable slope.
     *
     * @param x any float
     * @return {@code f(x)}
     */
    public float value(float x) {
        return value(x, 0);
    }

    /**
     * {@link #derivative(float, float)} for the functions without a learnable slope.
     *
     * @param x any float
     * @return {@code f'(x)}
     */
    public float derivative(float x) {
        return derivative(x, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Activation that
                && kind == that.kind
                && Float.floatToIntBits(first) == Float.floatToIntBits(that.first)
                && Float.floatToIntBits(second) == Float.floatToIntBits(that.second);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, first, second);
    }

    /** The name and its parameters, as {@link #parse} reads them. */
    @Override
    public String toString() {
        return switch (kind.parameters) {
            case 0 -> kind.label;
            case 1 -> kind.label + ":" + first;
            default -> kind.label + ":" + first + ":" + second;
        };
    }
}
