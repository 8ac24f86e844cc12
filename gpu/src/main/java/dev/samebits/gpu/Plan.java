package dev.samebits.gpu;

import dev.samebits.Activation;
import dev.samebits.Loss;
import java.util.Arrays;

/**
 * The passes of a call, written down one by one, and the room in the work array that they need.
 *
 * <p>A pass is a record of integers: the number of the pass, then what its class below names. The methods here write
 * records, the passes of {@link DeviceProgram} read them by those names; the order stands nowhere else. {@link Rows} lie in
 * the work array; weights, biases, slopes and constants are offsets among the parameters.
 */
final class Plan {
    static final class Load {
        static final int PASS = 0;
        static final int BEHIND = 1;
        static final int COLUMNS = 2;
        static final int X = 3;
        static final int X_STRIDE = 4;
    }

    /** Rows of the host's batch, of which each row of the batch has this many columns in front. */
    void load(int behind, Rows x) {
        add(Load.PASS, behind, x.columns(), x.offset(), x.stride());
    }

    static final class Affine {
        static final int PASS = 1;
        static final int X = 1;
        static final int X_STRIDE = 2;
        static final int WEIGHTS = 3;
        static final int PANEL_STRIDE = 4;
        static final int INPUTS = 5;
        static final int PANELS = 6;
        static final int BIAS = 7;
        static final int Z = 8;
        static final int Z_STRIDE = 9;
    }

    /** {@code z = x Wᵀ + b}. */
    void affine(Rows x, int weights, int bias, Rows z) {
        add(Affine.PASS, x.offset(), x.stride(), weights, Panels.stride(x.columns()), x.columns(), Panels.count(z.columns()),
                bias, z.offset(), z.stride());
    }

    static final class Activate {
        static final int PASS = 2;
        static final int Z = 1;
        static final int Z_STRIDE = 2;
        static final int A = 3;
        static final int A_STRIDE = 4;
        static final int COLUMNS = 5;
        static final int KIND = 6;
        static final int CONSTANTS = 7;
        static final int SLOPES = 8;
    }

    /** {@code a = f(z)}; constants: f's two parameters. */
    void activate(Rows z, Activation f, int constants, int slopes, Rows a) {
        add(Activate.PASS, z.offset(), z.stride(), a.offset(), a.stride(), z.columns(), f.kind().ordinal(), constants,
                slopes);
    }

    /** As of {@link Activate}, with da for a, and dz, whose stride is da's, besides. */
    static final class Delta {
        static final int PASS = 7;
        static final int DA = Activate.A;
        static final int DA_STRIDE = Activate.A_STRIDE;
        static final int DZ = 9;
    }

    /** {@code dz = f'(z) ⊙ da}. */
    void delta(Rows z, Rows da, Activation f, int constants, int slopes, Rows dz) {
        add(Delta.PASS, z.offset(), z.stride(), da.offset(), da.stride(), z.columns(), f.kind().ordinal(), constants, slopes,
                dz.offset());
    }

    static final class Maxout {
        static final int PASS = 3;
        static final int Z = 1;
        static final int Z_STRIDE = 2;
        static final int A = 3;
        static final int A_STRIDE = 4;
        static final int OUTPUTS = 5;
        static final int PIECES = 6;
    }

    /** The largest of each neuron's pieces. */
    void maxout(Rows z, int pieces, Rows a) {
        add(Maxout.PASS, z.offset(), z.stride(), a.offset(), a.stride(), a.columns(), pieces);
    }

    /** As of {@link Maxout}, with da for a, and dz, whose stride is z's, besides. */
    static final class MaxoutDelta {
        static final int PASS = 8;
        static final int DA = Maxout.A;
        static final int DA_STRIDE = Maxout.A_STRIDE;
        static final int DZ = 7;
    }

    /** dz is da where a piece was the largest, and 0 elsewhere. */
    void maxoutDelta(Rows z, int pieces, Rows da, Rows dz) {
        add(MaxoutDelta.PASS, z.offset(), z.stride(), da.offset(), da.stride(), da.columns(), pieces, dz.offset());
    }

    static final class Softmax {
        static final int PASS = 4;
        static final int Z = 1;
        static final int Z_STRIDE = 2;
        static final int Y = 3;
        static final int Y_STRIDE = 4;
        static final int COLUMNS = 5;
        static final int LOGARITHM = 6;
    }

    /** Softmax of each row, or its logarithm. */
    void softmax(Rows z, boolean logarithm, Rows y) {
        add(Softmax.PASS, z.offset(), z.stride(), y.offset(), y.stride(), z.columns(), logarithm ? 1 : 0);
    }

    static final class Store {
        static final int PASS = 5;
        static final int A = 1;
        static final int A_STRIDE = 2;
        static final int COLUMNS = 3;
        static final int BEHIND = 4;
    }

    /** Hands rows to the host, behind this many columns of all rows. Comes last: it proves that the call has run. */
    void store(Rows a, int behind) {
        add(Store.PASS, a.offset(), a.stride(), a.columns(), behind);
    }

    static final class Losses {
        static final int PASS = 6;
        static final int FROM = 1;
        static final int FROM_STRIDE = 2;
        static final int TARGETS = 3;
        static final int TARGETS_STRIDE = 4;
        static final int D = 5;
        static final int D_STRIDE = 6;
        static final int COLUMNS = 7;
        static final int LOSS = 8;
        static final int LOSSES = 9;
    }

    /** Losses of all rows, and d, their gradient with respect to what they are taken from: net inputs or activations. */
    void losses(Rows from, Rows targets, Loss loss, Rows d, Rows losses) {
        add(Losses.PASS, from.offset(), from.stride(), targets.offset(), targets.stride(), d.offset(), d.stride(),
                from.columns(), loss.ordinal(), losses.offset());
    }

    static final class Transpose {
        static final int PASS = 9;
        static final int FROM = 1;
        static final int FROM_STRIDE = 2;
        static final int COLUMNS = 3;
        static final int TO = 4;
        static final int TO_STRIDE = 5;
    }

    /** Each column becomes a row. */
    void transpose(Rows from, Rows to) {
        add(Transpose.PASS, from.offset(), from.stride(), from.columns(), to.offset(), to.stride());
    }

    static final class InputGradient {
        static final int PASS = 10;
        static final int DZ = 1;
        static final int DZ_STRIDE = 2;
        static final int WEIGHTS = 3;
        static final int PANEL_STRIDE = 4;
        static final int OUTPUTS = 5;
        static final int INPUTS = 6;
        static final int DX = 7;
        static final int DX_STRIDE = 8;
    }

    /** {@code dx = dz W}, from dz {@linkplain #transpose transposed}: a row for each output. */
    void inputGradient(Rows transposed, int weights, int outputs, Rows dx) {
        add(InputGradient.PASS, transposed.offset(), transposed.stride(), weights, Panels.stride(dx.columns()), outputs,
                dx.columns(), dx.offset(), dx.stride());
    }

    static final class WeightGradient {
        static final int PASS = 11;
        static final int DZ = 1;
        static final int DZ_STRIDE = 2;
        static final int X = 3;
        static final int X_STRIDE = 4;
        static final int WEIGHTS = 5;
        static final int PANEL_STRIDE = 6;
        static final int INPUTS = 7;
        static final int PANELS = 8;
    }

    /** {@code dW = dzᵀ x}, added to the weights' place or taken as a step from there. */
    void weightGradient(Rows dz, Rows x, int weights) {
        add(WeightGradient.PASS, dz.offset(), dz.stride(), x.offset(), x.stride(), weights, Panels.stride(x.columns()),
                x.columns(), Panels.count(dz.columns()));
    }

    static final class BiasGradient {
        static final int PASS = 12;
        static final int DZ = 1;
        static final int DZ_STRIDE = 2;
        static final int COLUMNS = 3;
        static final int BIAS = 4;
    }

    /** The sum of each column of dz, likewise. */
    void biasGradient(Rows dz, int bias) {
        add(BiasGradient.PASS, dz.offset(), dz.stride(), dz.columns(), bias);
    }

    static final class SlopeGradient {
        static final int PASS = 13;
        static final int Z = 1;
        static final int Z_STRIDE = 2;
        static final int DA = 3;
        static final int DA_STRIDE = 4;
        static final int COLUMNS = 5;
        static final int SLOPES = 6;
    }

    /** The gradient of PReLU's slopes, likewise. */
    void slopeGradient(Rows z, Rows da, int slopes) {
        add(SlopeGradient.PASS, z.offset(), z.stride(), da.offset(), da.stride(), z.columns(), slopes);
    }

    static final class Update {
        static final int PASS = 14;
        static final int WEIGHTS = 1;
        static final int DW = 2;
        static final int COUNT = 3;
    }

    /** A step on a given gradient, which is one row. */
    void update(int weights, Rows dw) {
        add(Update.PASS, weights, dw.offset(), dw.columns());
    }

    static final class Optimize {
        static final int PASS = 15;
        static final int PARAMETERS = 1;
        static final int COUNT = 2;
        static final int DECAYS = 3;
        static final int CLIPPED = 4;
        static final int SCALE = 5;
    }

    /** A step of an optimizer with moments, on gradients that lie where the program says. */
    void optimize(int parameters, int count, boolean decays) {
        add(Optimize.PASS, parameters, count, decays ? 1 : 0);
    }

    /** The same, or one of plain descent, by a scale that lies in the work array. */
    void optimize(int parameters, int count, boolean decays, Rows scale) {
        add(Optimize.PASS, parameters, count, decays ? 1 : 0, 1, scale.offset());
    }

    static final class Weigh {
        static final int PASS = 16;
        static final int WEIGHTS = 1;
        static final int LOSSES = 2;
        static final int D = 3;
        static final int D_STRIDE = 4;
        static final int COLUMNS = 5;
    }

    /** Multiplies each row's loss and gradient by its weight. */
    void weigh(Rows weights, Rows losses, Rows d) {
        add(Weigh.PASS, weights.offset(), losses.offset(), d.offset(), d.stride(), d.columns());
    }

    static final class Dropout {
        static final int PASS = 17;
        static final int A = 1;
        static final int A_STRIDE = 2;
        static final int COLUMNS = 3;
        static final int LAYER = 4;
        static final int THRESHOLD = 5;
        static final int FACTOR = 6;
    }

    /** Drops activations of a layer, or their gradients; factor: its place among the parameters. */
    void dropout(Rows a, int layer, int threshold, int factor) {
        add(Dropout.PASS, a.offset(), a.stride(), a.columns(), layer, threshold, factor);
    }

    static final class Squares {
        static final int PASS = 18;
        static final int WEIGHTS = 1;
        static final int PANEL_STRIDE = 2;
        static final int INPUTS = 3;
        static final int NEURONS = 4;
        static final int TO = 5;
    }

    /** The sum of the squares of each neuron's weight gradients. */
    void squares(LayerPlace layer, Rows to) {
        add(Squares.PASS, layer.weights, Panels.stride(layer.inputs), layer.inputs, layer.neurons, to.offset());
    }

    static final class Length {
        static final int PASS = 19;
        static final int LAYER = 1;
        static final int SQUARES = 2;
        static final int NEURONS = 3;
        static final int BIAS = 4;
        static final int SLOPES = 5;
        static final int TO = 6;
    }

    /** Adds to the sum of the layers before the squares of this one's neurons, biases and slopes. */
    void length(int number, LayerPlace layer, Rows squares, Rows sum) {
        add(Length.PASS, number, squares.offset(), layer.neurons, layer.bias, layer.isPrelu() ? layer.slopes : 0,
                sum.offset());
    }

    static final class Clip {
        static final int PASS = 20;
        static final int SQUARES = 1;
        static final int TO = 2;
    }

    /** Makes the scale of all gradients of the sum of their squares. */
    void clip(Rows sum, Rows scale) {
        add(Clip.PASS, sum.offset(), scale.offset());
    }

    private int[] records = new int[DeviceFloats.RECORD];
    private int passes;
    private int floats;
    private int columns;

    private void add(int... record) {
        records = Arrays.copyOf(records, (passes + 1) * DeviceFloats.RECORD);
        System.arraycopy(record, 0, records, passes * DeviceFloats.RECORD, record.length);
        passes++;
    }

    /** Room for this many rows, with the padding that tiles write. */
    Rows rows(int count, int columns) {
        return rows(count, Panels.padded(columns), columns);
    }

    /** Room for this many rows of this stride. */
    Rows rows(int count, int stride, int columns) {
        Rows rows = new Rows(floats, stride, columns);
        floats = Math.addExact(floats, Math.multiplyExact(count, stride));
        this.columns = Math.max(this.columns, stride);
        return rows;
    }

    int[] records() {
        return records;
    }

    int passes() {
        return passes;
    }

    /** Floats of the work array. */
    int floats() {
        return Math.max(1, floats);
    }

    /** Floats that the widest pass makes of this many rows. */
    long widest(int rows) {
        return (long) rows * columns;
    }
}
