package dev.samebits.onnx.network;

import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code y = (x − center) · factor + shift}, column by column: what Add, Sub, Mul and Div by constants, BatchNormalization
 * and a Scaler come to. Factor and shift are double, so that several in a row are rounded to float but once. Immutable.
 *
 * @param center one number for all columns, or one for each; as the file gives it
 * @param factor likewise
 * @param shift likewise
 * @param columns of the rows, or {@link Shape#UNKNOWN}
 * @param nodes where it stands in the file, for notes
 */
record Scaling(double[] center, double[] factor, double[] shift, long columns, List<Node> nodes) implements Step {
    private static final double[] ZERO = {0};
    private static final double[] ONE = {1};

    static Scaling subtract(double[] center, long columns, Node node) {
        return new Scaling(center, ONE, ZERO, columns, List.of(node));
    }

    static Scaling multiply(double[] factor, double[] shift, long columns, Node node) {
        return new Scaling(ZERO, factor, shift, columns, List.of(node));
    }

    /** This one, then the next. */
    Scaling then(Scaling next) {
        List<Node> all = new ArrayList<>(nodes);
        all.addAll(next.nodes);
        if (all(center, 0) && all(factor, 1) && all(shift, 0)) {
            return new Scaling(next.center, next.factor, next.shift, next.columns, all);
        }
        int length = Math.max(length(), next.length());
        double[] factors = new double[length];
        double[] shifts = new double[length];
        for (int i = 0; i < length; i++) {
            factors[i] = factor(i) * next.factor(i);
            shifts[i] = (shift(i) - next.center(i)) * next.factor(i) + next.shift(i);
        }
        return new Scaling(center, factors, shifts, next.columns, all);
    }

    /** The same without its center: what is left once that has been subtracted. */
    Scaling centered() {
        return new Scaling(ZERO, factor, shift, columns, nodes);
    }

    private int length() {
        return Math.max(center.length, Math.max(factor.length, shift.length));
    }

    /** @throws Refusal if it has one number for each column, but of another number of columns */
    void checkFits(int columns) throws Refusal {
        if (length() != 1 && length() != columns) {
            throw nodes.get(0).refused("it has " + length() + " columns, but the layer beside it " + columns);
        }
    }

    double center(int column) {
        return center[center.length == 1 ? 0 : column];
    }

    double factor(int column) {
        return factor[factor.length == 1 ? 0 : column];
    }

    double shift(int column) {
        return shift[shift.length == 1 ? 0 : column];
    }

    /** One of its numbers as a float. */
    float rounded(double number) throws Refusal {
        float rounded = (float) number;
        if (Float.isInfinite(rounded) && !Double.isInfinite(number)) {
            throw nodes.get(0).refused("it scales or shifts by " + number + ", which no float holds");
        }
        return rounded;
    }

    /** Whether it only adds something to each column. */
    boolean isSum() {
        return all(factor, 1);
    }

    /**
     * How many times larger than its result this may be before the center is subtracted: digits that rounding would cost.
     */
    double cancellation() {
        double worst = 0;
        for (int i = 0; i < length(); i++) {
            worst = Math.max(worst, Math.abs(center(i) * factor(i)));
        }
        return worst;
    }

    private static boolean all(double[] values, double value) {
        for (double each : values) {
            if (each != value) {
                return false;
            }
        }
        return true;
    }
}
