package dev.samebits;

/** The methods of a value that add a step of layers, tables, columns or sums. */
abstract class RowSteps extends NumberSteps {
    private static final float LAYER_EPSILON = 1e-5f;
    private static final float RMS_EPSILON = 1e-6f;
    private static final float L2_EPSILON = 1e-12f;

    abstract GraphBuilder builder();

    abstract Value self();

    /**
     * A dense layer, whose weights are drawn; PReLU slopes start at 0.25.
     *
     * @param outputs neurons
     * @param activation f
     * @return {@code f(W x + b)}
     */
    public Value dense(int outputs, Activation activation) {
        return builder().drawn(self(), outputs, 1, activation);
    }

    /**
     * A maxout layer, whose weights are drawn.
     *
     * @param outputs neurons
     * @param pieces affine pieces per output
     * @return the largest piece of each output
     */
    public Value maxout(int outputs, int pieces) {
        return builder().drawn(self(), outputs, pieces, Activation.IDENTITY);
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
        return layerNorm(LAYER_EPSILON, GraphBuilder.filled(width(), 1), GraphBuilder.filled(width(), 0));
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
        return rmsNorm(RMS_EPSILON, GraphBuilder.filled(width(), 1));
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
        return builder().drawnTable(self(), entries, width);
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
     * A dense layer of whole numbers, whose sums are exact.
     *
     * @param layer that takes so many inputs as this has columns; it makes them whole numbers itself
     * @return its outputs
     */
    public Value integerDense(IntegerLayer layer) {
        return step(new Operation.IntegerDense(layer));
    }
}
