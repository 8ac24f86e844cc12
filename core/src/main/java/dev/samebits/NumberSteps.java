package dev.samebits;

/** The methods of a value that add a step which works number by number. */
abstract class NumberSteps {
    /** {@return the numbers of a row} */
    public abstract int width();

    abstract Value step(Operation operation, Value... others);

    /**
     * An activation alone. PReLU's slopes start at 0.25.
     *
     * @param activation f
     * @return {@code f(x)}
     */
    public Value activate(Activation activation) {
        boolean prelu = activation.kind() == Activation.Kind.PRELU;
        return step(new Operation.Activate(activation,
                GraphBuilder.filled(prelu ? width() : 0, NetworkBuilder.PRELU_START)));
    }

    /**
     * PReLU alone.
     *
     * @param slopes γ, one a column
     * @return {@code x < 0 ? γ · x : x}
     */
    public Value prelu(float... slopes) {
        return step(new Operation.Activate(Activation.PRELU, slopes));
    }

    /**
     * Scale and shift by column, in one rounding.
     *
     * @param scale s, one a column
     * @param shift t, one a column
     * @return {@code fma(s, x, t)}
     */
    public Value scaleShift(float[] scale, float[] shift) {
        return step(new Operation.ScaleShift(scale, shift));
    }

    /**
     * The same scale and shift for all columns.
     *
     * @param scale s
     * @param shift t
     * @return {@code fma(s, x, t)}; {@code 1 − x} for s = −1 and t = 1
     */
    public Value scaleShift(float scale, float shift) {
        return scaleShift(GraphBuilder.filled(width(), scale), GraphBuilder.filled(width(), shift));
    }

    /**
     * Standardisation by column, in two roundings.
     *
     * @param center c, one a column
     * @param scale s, one a column
     * @return {@code (x − c) · s}
     */
    public Value centerScale(float[] center, float[] scale) {
        return step(new Operation.CenterScale(center, scale));
    }

    /**
     * Sum of two values.
     *
     * @param other as wide as this, or one of them of width 1
     * @return {@code x + other}
     */
    public Value add(Value other) {
        return combine(Combination.ADD, other);
    }

    /**
     * Difference of two values.
     *
     * @param other as wide as this, or one of them of width 1
     * @return {@code x − other}
     */
    public Value subtract(Value other) {
        return combine(Combination.SUBTRACT, other);
    }

    /**
     * Product of two values, number by number.
     *
     * @param other as wide as this, or one of them of width 1
     * @return {@code x · other}
     */
    public Value multiply(Value other) {
        return combine(Combination.MULTIPLY, other);
    }

    /**
     * The larger of two values, number by number.
     *
     * @param other as wide as this, or one of them of width 1
     * @return see {@link Combination#MAXIMUM}
     */
    public Value maximum(Value other) {
        return combine(Combination.MAXIMUM, other);
    }

    /**
     * The smaller of two values, number by number.
     *
     * @param other as wide as this, or one of them of width 1
     * @return see {@link Combination#MINIMUM}
     */
    public Value minimum(Value other) {
        return combine(Combination.MINIMUM, other);
    }

    /**
     * Whether it is smaller than another value, number by number. Nothing is learned through a comparison.
     *
     * @param other as wide as this, or one of them of width 1
     * @return see {@link Combination#LESS}
     */
    public Value less(Value other) {
        return combine(Combination.LESS, other);
    }

    /**
     * Whether it is at most another value, number by number. Nothing is learned through a comparison.
     *
     * @param other as wide as this, or one of them of width 1
     * @return see {@link Combination#LESS_OR_EQUAL}
     */
    public Value lessOrEqual(Value other) {
        return combine(Combination.LESS_OR_EQUAL, other);
    }

    /**
     * Whether it equals another value, number by number. Nothing is learned through a comparison.
     *
     * @param other as wide as this, or one of them of width 1
     * @return see {@link Combination#EQUAL}
     */
    public Value equal(Value other) {
        return combine(Combination.EQUAL, other);
    }

    /**
     * The numbers of another value where this is not 0, and −0 elsewhere, whatever the other holds there.
     *
     * @param other as wide as this, or one of them of width 1
     * @return see {@link Combination#KEEP}
     */
    public Value keep(Value other) {
        return combine(Combination.KEEP, other);
    }

    /**
     * One operation on two values, number by number.
     *
     * @param combination which
     * @param other as wide as this, or one of them of width 1
     * @return this first, other second
     */
    public Value combine(Combination combination, Value other) {
        return step(new Operation.Combine(combination), other);
    }

    /**
     * Whole numbers of eight bits.
     *
     * @param quantization how
     * @return {@link Quantization#value} of each number
     */
    public Value quantize(Quantization quantization) {
        return step(new Operation.Quantize(quantization));
    }

    /**
     * What whole numbers of eight bits stand for; this is what {@link #quantize} gave.
     *
     * @param quantization by which they were made
     * @return {@code (q − z) · s}, a step of {@link #centerScale}
     */
    public Value dequantize(Quantization quantization) {
        return centerScale(GraphBuilder.filled(width(), quantization.zeroPoint()),
                GraphBuilder.filled(width(), quantization.scale()));
    }
}
