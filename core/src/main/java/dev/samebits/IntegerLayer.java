package dev.samebits;

import dev.samebits.arithmetic.Quantized;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer of a quantised network. It makes its input whole numbers of eight bits, sums their products with its
 * weights, which are whole numbers too, exactly, and makes a float of each sum:
 *
 * <pre>{@code
 * y_i = (float) (b_i + Σ_j c_j · w_ij) · (r · s_i) + t_i
 * }</pre>
 *
 * <p>{@code c} is the input as whole numbers without their zero point, by a {@link Quantization} that is given, then
 * r is 1; or by the range of each row, as ONNX's DynamicQuantizeLinear has it for a batch of one row, then r is the
 * row's scale. A row with a NaN, or by its own range with an infinity, gives NaN. Immutable.
 *
 * @since 0.1.0
 */
public final class IntegerLayer {
    private final @Nullable Quantization input;
    private final int outputs;
    private final int inputs;
    private final short[] weights;
    private final int[] bias;
    private final float[] scale;
    private final float[] shift;

    private IntegerLayer(@Nullable Quantization input, int outputs, int inputs, short[] weights, int[] bias, float[] scale,
            float[] shift) {
        this.input = input;
        this.outputs = outputs;
        this.inputs = inputs;
        this.weights = weights;
        this.bias = bias;
        this.scale = scale;
        this.shift = shift;
        checkSums();
    }

    /**
     * A layer whose input has a quantisation, with no bias. Arrays are copied.
     *
     * @param input of its input
     * @param inputs columns that it takes
     * @param weights {@code [outputs × inputs]}, without their zero point: whole numbers from −255 to 255
     * @param scale s, one an output, which says how many there are: that of the input times that of the weights
     * @return the layer
     * @throws IllegalArgumentException if there is no input or output, the lengths do not fit, a weight is out of range, or
     *     sums could be larger than an int
     */
    public static IntegerLayer of(Quantization input, int inputs, short[] weights, float[] scale) {
        return checked(Objects.requireNonNull(input, "input"), inputs, weights, scale);
    }

    /**
     * A layer that makes whole numbers of each row by the row's own range, with no bias. Arrays are copied.
     *
     * @param inputs columns that it takes
     * @param weights {@code [outputs × inputs]}, without their zero point: whole numbers from −255 to 255
     * @param scale s, one an output, which says how many there are: that of the weights
     * @return the layer
     * @throws IllegalArgumentException as {@link #of}
     */
    public static IntegerLayer ofRows(int inputs, short[] weights, float[] scale) {
        return checked(null, inputs, weights, scale);
    }

    private static IntegerLayer checked(@Nullable Quantization input, int inputs, short[] weights, float[] scale) {
        int outputs = scale.length;
        if (inputs < 1 || outputs < 1 || (long) inputs * outputs != weights.length) {
            throw new IllegalArgumentException("an integer layer of " + inputs + " inputs and " + outputs
                    + " scales, one an output, needs " + (long) inputs * outputs + " weights, at least one, not "
                    + weights.length);
        }
        for (int k = 0; k < weights.length; k++) {
            if (Math.abs(weights[k]) > Quantized.LARGEST) {
                throw new IllegalArgumentException("the weight of output " + k / inputs + " and input " + k % inputs + " is "
                        + weights[k] + ": without the zero point it must be from −255 to 255");
            }
        }
        return new IntegerLayer(input, outputs, inputs, weights.clone(), new int[outputs], scale.clone(),
                new float[outputs]);
    }

    /**
     * The same with another bias, which is summed exactly with the products.
     *
     * @param b one an output
     * @return a new layer
     * @throws IllegalArgumentException if they are not one an output, or sums could be larger than an int
     */
    public IntegerLayer withBias(int... b) {
        Widths.same(outputs, "outputs", b.length, "biases");
        return new IntegerLayer(input, outputs, inputs, weights, b.clone(), scale, shift);
    }

    /**
     * The same with another shift, which is added to the float that a sum becomes.
     *
     * @param t one an output
     * @return a new layer
     * @throws IllegalArgumentException if they are not one an output
     */
    public IntegerLayer withShift(float... t) {
        Widths.same(outputs, "outputs", t.length, "shifts");
        return new IntegerLayer(input, outputs, inputs, weights, bias, scale, t.clone());
    }

    // So that no sum overflows, whatever the input is.
    private void checkSums() {
        for (int i = 0; i < outputs; i++) {
            long most = Math.abs((long) bias[i]) + reach() * weightsOf(i, 0, inputs);
            if (most > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("the sum of output " + i + " could be " + most + ", with " + inputs
                        + " inputs and the bias " + bias[i] + ", and " + Integer.MAX_VALUE
                        + " is the most: use fewer inputs, or a smaller bias");
            }
        }
    }

    /**
     * The sum of the magnitudes of some weights of an output.
     *
     * @param output counted from 0
     * @param from the first of the inputs
     * @param to the first behind them
     * @return as the name says
     * @throws IndexOutOfBoundsException if there are no such
     */
    public long weightsOf(int output, int from, int to) {
        Objects.checkFromToIndex(from, to, inputs);
        int row = Objects.checkIndex(output, outputs) * inputs;
        long sum = 0;
        for (int j = from; j < to; j++) {
            sum += Math.abs(weights[row + j]);
        }
        return sum;
    }

    /** {@return how its input becomes whole numbers; empty where each row has its own range} */
    public Optional<Quantization> input() {
        return Optional.ofNullable(input);
    }

    /** {@return how large the whole numbers of its input can be, without their zero point} */
    public int reach() {
        return input == null ? Quantized.LARGEST : input.reach();
    }

    /** {@return columns that it takes} */
    public int inputs() {
        return inputs;
    }

    /** {@return columns that it gives} */
    public int outputs() {
        return outputs;
    }

    /**
     * One weight, without the zero point.
     *
     * @param output from 0 on
     * @param in from 0 on
     * @return from −255 to 255
     * @throws IndexOutOfBoundsException if there is no such weight
     */
    public int weight(int output, int in) {
        return weights[Objects.checkIndex(output, outputs) * inputs + Objects.checkIndex(in, inputs)];
    }

    /** {@return a fresh copy of b, one an output} */
    public int[] bias() {
        return bias.clone();
    }

    /** {@return a fresh copy of s, one an output} */
    public float[] scale() {
        return scale.clone();
    }

    /** {@return a fresh copy of t, one an output} */
    public float[] shift() {
        return shift.clone();
    }

    /** {@return the numbers that it has been given: weights, biases, scales and shifts} */
    public long parameters() {
        return weights.length + 3L * outputs;
    }

    short[] weightsShared() {
        return weights;
    }

    /** Whether the numbers are the same, to the bit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof IntegerLayer that && Objects.equals(input, that.input) && inputs == that.inputs
                && Arrays.equals(weights, that.weights) && Arrays.equals(bias, that.bias) && Arrays.equals(scale, that.scale)
                && Arrays.equals(shift, that.shift);
    }

    @Override
    public int hashCode() {
        return Objects.hash(input, inputs, Arrays.hashCode(weights));
    }

    /** As in {@code 64 → 5, input 0.02 + 128 within 0 to 255}. */
    @Override
    public String toString() {
        return inputs + " → " + outputs + ", input " + (input == null ? "by each row's range" : input.toString());
    }
}
