package dev.samebits;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value in a network that is being built: an input, or what a step makes of others, {@code [batch × width]}. Its methods
 * add one step each, and give that step's value; {@link GraphBuilder} shows them at work. docs/arithmetic.md defines each to
 * the bit. All of them throw {@link IllegalArgumentException}, naming the step and the widths, if they do not take what they
 * get, or it belongs to another builder.
 *
 * @since 0.1.0
 */
public final class Value {
    private static final float LAYER_EPSILON = 1e-5f;
    private static final float RMS_EPSILON = 1e-6f;
    private static final float L2_EPSILON = 1e-12f;

    private final GraphBuilder builder;
    private final int index;
    private final int width;
    private final List<Value> operands;
    private final @Nullable Section section;
    private final boolean drawn;
    private final GraphBuilder.@Nullable Recipe recipe;
    // Of an input, which of its columns it begins with; −1 if it is computed.
    private final int firstColumn;

    Value(GraphBuilder builder, int index, Section section) {
        this.builder = builder;
        this.index = index;
        this.width = section.width();
        this.operands = List.of();
        this.section = section;
        this.drawn = false;
        this.recipe = null;
        this.firstColumn = 0;
    }

    Value(GraphBuilder builder, int index, List<Value> operands, int width, int firstColumn, boolean drawn,
            GraphBuilder.Recipe recipe) {
        this.builder = builder;
        this.index = index;
        this.width = width;
        this.operands = operands;
        this.section = null;
        this.drawn = drawn;
        this.recipe = recipe;
        this.firstColumn = firstColumn;
    }

    GraphBuilder builder() {
        return builder;
    }

    /** Its place among the builder's inputs, or among its steps. */
    int index() {
        return index;
    }

    List<Value> operands() {
        return operands;
    }

    boolean isInput() {
        return section != null;
    }

    Section section() {
        return Objects.requireNonNull(section);
    }

    boolean isDrawn() {
        return drawn;
    }

    int firstColumn() {
        return firstColumn;
    }

    Operation operation(@Nullable SplitMix64 random) {
        return recipe.operation(random);
    }

    private Value step(Operation operation, Value... others) {
        List<Value> all = new ArrayList<>(List.of(this));
        all.addAll(List.of(others));
        return builder.step(operation, all);
    }

    /** {@return the numbers of a row} */
    public int width() {
        return width;
    }

    /**
     * A dense layer, whose weights are drawn; PReLU slopes start at 0.25.
     *
     * @param outputs neurons
     * @param activation f
     * @return {@code f(W x + b)}
     */
    public Value dense(int outputs, Activation activation) {
        return builder.drawn(this, outputs, 1, activation);
    }

    /**
     * A maxout layer, whose weights are drawn.
     *
     * @param outputs neurons
     * @param pieces affine pieces per output
     * @return the largest piece of each output
     */
    public Value maxout(int outputs, int pieces) {
        return builder.drawn(this, outputs, pieces, Activation.IDENTITY);
    }

    /**
     * A layer of any kind with its parameters.
     *
     * @param layer that takes so many inputs as this has columns
     * @return its outputs
     */
    public Value layer(Layer layer) {
        return step(new Operation.Apply(layer));
    }

    /**
     * An activation alone. PReLU's slopes start at 0.25.
     *
     * @param activation f
     * @return {@code f(x)}
     */
    public Value activate(Activation activation) {
        boolean prelu = activation.kind() == Activation.Kind.PRELU;
        return step(new Operation.Activate(activation,
                GraphBuilder.filled(prelu ? width : 0, NetworkBuilder.PRELU_START)));
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
        return scaleShift(GraphBuilder.filled(width, scale), GraphBuilder.filled(width, shift));
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
     * This and other values side by side; {@link GraphBuilder#concat} takes a list.
     *
     * @param others behind this
     * @return as many columns as all of them
     */
    public Value concat(Value... others) {
        return step(new Operation.Concat(), others);
    }

    /**
     * Some of its columns.
     *
     * @param from the first, counted from 0
     * @param count how many
     * @return these columns
     */
    public Value columns(int from, int count) {
        return step(new Operation.Columns(from, count));
    }

    /**
     * Layer normalisation, ε = 1e-5, without gain and shift.
     *
     * @return {@code (x − mean) / √(variance + ε)} of each row
     */
    public Value layerNorm() {
        return layerNorm(LAYER_EPSILON, GraphBuilder.filled(width, 1), GraphBuilder.filled(width, 0));
    }

    /**
     * Layer normalisation.
     *
     * @param epsilon ε
     * @param gain g, one a column
     * @param shift t, one a column
     * @return {@code (x − mean) / √(variance + ε) · g + t} of each row
     */
    public Value layerNorm(float epsilon, float[] gain, float[] shift) {
        return step(new Operation.LayerNorm(epsilon, gain, shift));
    }

    /**
     * Normalisation by the root of the mean square, ε = 1e-6, without gain.
     *
     * @return {@code x / √(mean square + ε)} of each row
     */
    public Value rmsNorm() {
        return rmsNorm(RMS_EPSILON, GraphBuilder.filled(width, 1));
    }

    /**
     * Normalisation by the root of the mean square.
     *
     * @param epsilon ε
     * @param gain g, one a column
     * @return {@code x / √(mean square + ε) · g} of each row
     */
    public Value rmsNorm(float epsilon, float[] gain) {
        return step(new Operation.RmsNorm(epsilon, gain));
    }

    /**
     * Normalisation to length 1, ε = 1e-12: the dot of two such values is their cosine.
     *
     * @return {@code x / max(‖x‖, ε)} of each row
     */
    public Value l2Norm() {
        return l2Norm(L2_EPSILON);
    }

    /**
     * Normalisation to length 1.
     *
     * @param epsilon ε, the least length that is divided by
     * @return {@code x / max(‖x‖, ε)} of each row
     */
    public Value l2Norm(float epsilon) {
        return step(new Operation.L2Norm(epsilon));
    }

    /**
     * An embedding, whose entries are drawn. This is ids: an input, or columns of one, with whole numbers from 0 on.
     *
     * @param entries how many ids there are
     * @param width numbers of an entry
     * @return the entries of each of the ids, side by side: as many times the width as this has columns
     */
    public Value embedding(int entries, int width) {
        return builder.drawnTable(this, entries, width);
    }

    /**
     * An embedding with its entries. This is ids: an input, or columns of one, with whole numbers from 0 on.
     *
     * @param table the entries
     * @return the entries of each of the ids, side by side
     */
    public Value embedding(Table table) {
        return step(new Operation.Embed(table));
    }

    /**
     * The sum of products with another value.
     *
     * @param other as wide as this
     * @return one number a row
     */
    public Value dot(Value other) {
        return step(new Operation.Dot(), other);
    }

    /**
     * The sum of all columns.
     *
     * @return one number a row
     */
    public Value sum() {
        return sum(1);
    }

    /**
     * Sums of columns that lie so far apart: with the width of an embedding the sum of its entries.
     *
     * @param outputs M, of which the columns are a multiple
     * @return M numbers a row; number i is the sum of columns {@code k·M + i}
     */
    public Value sum(int outputs) {
        return step(new Operation.Sum(outputs));
    }

    /**
     * Softmax.
     *
     * @return probabilities, which add up to 1 in each row
     */
    public Value softmax() {
        return step(new Operation.Softmax(Output.SOFTMAX));
    }

    /**
     * Log-softmax.
     *
     * @return the logarithms of {@link #softmax}
     */
    public Value logSoftmax() {
        return step(new Operation.Softmax(Output.LOG_SOFTMAX));
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
        return centerScale(GraphBuilder.filled(width, quantization.zeroPoint()),
                GraphBuilder.filled(width, quantization.scale()));
    }

    /**
     * A dense layer of whole numbers, whose sums are exact.
     *
     * @param layer that takes so many inputs as this has columns; it makes them whole numbers itself
     * @return its outputs
     */
    public Value integerDense(IntegerLayer layer) {
        return step(new Operation.IntegerDense(layer));
    }

    /** Its place and its width, as in {@code step 3, 64 wide}. */
    @Override
    public String toString() {
        return (section != null ? "input " + section.name() : "step " + (index + 1)) + ", " + width + " wide";
    }
}
