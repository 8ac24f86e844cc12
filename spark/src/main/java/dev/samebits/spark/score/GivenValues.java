package dev.samebits.spark.score;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** Features from the objects that a function of Spark's public API gets. */
final class GivenValues {
    private GivenValues() {}

    /** Reads one part, and gives the fault, or null. */
    static @Nullable String read(Part part, @Nullable Object value, float[] x, int at) {
        if (value instanceof Seq<?> numbers) {
            return numbers(part, numbers.length(), numbers::apply, x, at);
        }
        if (value instanceof Vector vector) {
            return vector(part, vector, x, at);
        }
        if (value instanceof Row row) {
            return numbers(part, row.length(), row::get, x, at);
        }
        if (value instanceof Number && part.width() == 1) {
            return put(part, value, x, at, 0);
        }
        return value == null ? Faults.isNull(part) : "column " + part.column() + " holds a "
                + value.getClass().getSimpleName()
                + " where features are an array of floats or doubles, a vector, or a struct of numbers";
    }

    private static @Nullable String numbers(Part part, int count, IntFunction<@Nullable Object> numbers, float[] x, int at) {
        String fault = count == part.width() ? null : Faults.length(part, count);
        for (int j = 0; j < part.width() && fault == null; j++) {
            fault = put(part, numbers.apply(j), x, at, j);
        }
        return fault;
    }

    private static @Nullable String put(Part part, @Nullable Object number, float[] x, int at, int j) {
        if (number instanceof Number n) {
            x[at + j] = rounded(n);
            return Faults.finite(part, x[at + j], j, n);
        }
        return Faults.name(part, j) + (number == null ? " is null"
                : " is no number but " + Faults.shown(number.toString()));
    }

    /** The nearest float. */
    static float rounded(Number n) {
        return n instanceof Double d ? (float) d.doubleValue() : n.floatValue();
    }

    private static @Nullable String vector(Part part, Vector vector, float[] x, int at) {
        if (vector.size() != part.width()) {
            return Faults.length(part, vector.size());
        }
        if (vector instanceof DenseVector dense) {
            double[] values = dense.values();
            for (int j = 0; j < values.length; j++) {
                x[at + j] = (float) values[j];
                if (!Faults.isFinite(x[at + j])) {
                    return Faults.finite(part, x[at + j], j, values[j]);
                }
            }
            return null;
        }
        SparseVector sparse = (SparseVector) vector;
        Arrays.fill(x, at, at + part.width(), 0f);
        for (int k = 0; k < sparse.indices().length; k++) {
            int j = sparse.indices()[k];
            x[at + j] = (float) sparse.values()[k];
            if (!Faults.isFinite(x[at + j])) {
                return Faults.finite(part, x[at + j], j, sparse.values()[k]);
            }
        }
        return null;
    }
}
