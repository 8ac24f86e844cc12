package dev.samebits.bench.spark;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.collection.Seq;

/** The plain way that anybody writes first: rows of objects in, batches of floats, rows of objects out. */
abstract class RowBatches implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    private final int batch;

    RowBatches(int batch) {
        this.batch = batch;
    }

    /** Predicts rows on this executor: the first time, it opens what it needs. */
    abstract void predict(float[] x, float[] y, int rows) throws Exception;

    @Override
    public final Iterator<Row> call(Iterator<Row> rows) {
        return new Iterator<>() {
            private final Row[] taken = new Row[batch];
            private final float[] x = new float[batch * SparkRows.INPUTS];
            private final float[] y = new float[batch * SparkRows.OUTPUTS];
            private int count;
            private int next;

            @Override
            public boolean hasNext() {
                return next < count || rows.hasNext();
            }

            @Override
            public Row next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (next == count) {
                    fill();
                }
                Object[] values = new Object[taken[next].length() + 2];
                for (int i = 0; i < values.length - 2; i++) {
                    values[i] = taken[next].get(i);
                }
                float[] outputs = Arrays.copyOfRange(y, next * SparkRows.OUTPUTS, (next + 1) * SparkRows.OUTPUTS);
                int best = 0;
                for (int i = 1; i < outputs.length; i++) {
                    best = outputs[i] > outputs[best] ? i : best;
                }
                values[values.length - 2] = outputs;
                values[values.length - 1] = (double) best;
                next++;
                return RowFactory.create(values);
            }

            private void fill() {
                next = 0;
                for (count = 0; count < batch && rows.hasNext(); count++) {
                    taken[count] = rows.next();
                    read(taken[count], x, count * SparkRows.INPUTS);
                }
                try {
                    predict(x, y, count);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static void read(Row row, float[] x, int at) {
        if (row.length() > 2) {
            for (int j = 0; j < SparkRows.INPUTS; j++) {
                x[at + j] = row.getFloat(j + 1);
            }
        } else if (row.get(1) instanceof Vector vector) {
            for (int j = 0; j < SparkRows.INPUTS; j++) {
                x[at + j] = (float) vector.apply(j);
            }
        } else {
            Seq<Float> values = row.getSeq(1);
            for (int j = 0; j < SparkRows.INPUTS; j++) {
                x[at + j] = values.apply(j);
            }
        }
    }
}
