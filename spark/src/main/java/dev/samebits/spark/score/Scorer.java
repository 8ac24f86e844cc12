package dev.samebits.spark.score;

import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.train.Classification;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Scores the rows of one task, some at a time: the features of row n go to {@code x} at {@code n · inputs}, or its fault is
 * told, then all are predicted. It has its session until the task ends, or, outside of a task, until it is closed. Not
 * thread-safe.
 */
public final class Scorer implements AutoCloseable {
    // 4 MiB: of wider rows fewer are predicted together.
    private static final int MOST_FLOATS = 1 << 20;
    private static final System.Logger LOG = System.getLogger("dev.samebits");

    private final Scoring scoring;
    private final @Nullable TaskContext task;
    private final Sessions.Lease lease;
    private final InferenceSession session;
    private final Features features;
    private final int inputs;
    private final int outputs;
    private final int rows;
    private final float[] x;
    private final float[] y;
    private final int[] classes;
    private final Matrix xs;
    private final Matrix ys;
    private final BitSet bad = new BitSet();

    private long before;
    private int predicted;
    private long faults;
    private @Nullable String firstFault;
    private long unknown;
    private @Nullable String firstUnknown;

    /**
     * For the task of this thread.
     *
     * @param scoring how
     * @param most rows that are predicted together, fewer where they are wide
     */
    public Scorer(Scoring scoring, int most) {
        this.scoring = scoring;
        this.task = TaskContext.get();
        this.lease = Sessions.lease(scoring.model(), task == null ? 1 : Math.max(1, task.cpus()));
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) context -> close());
        }
        this.session = lease.session();
        this.inputs = session.network().inputs();
        this.outputs = session.network().outputs();
        this.features = Features.of(session.network(), lease.preparation(), scoring.parts());
        this.rows = Math.min(most, Math.max(1, MOST_FLOATS / Math.max(inputs, outputs)));
        this.x = new float[rows * inputs];
        this.y = new float[rows * outputs];
        this.classes = new int[scoring.prediction() == Scoring.Prediction.CLASS ? rows : 0];
        this.xs = Matrix.of(rows, inputs, x);
        this.ys = Matrix.of(rows, outputs, y);
    }

    /**
     * Whether it has its session for a task.
     *
     * @param other a task
     * @return whether it is that one
     */
    public boolean isOf(TaskContext other) {
        return task == other;
    }

    /** {@return what reads features} */
    public Features features() {
        return features;
    }

    /** {@return the features of the rows to predict} */
    public float[] x() {
        return x;
    }

    /** {@return how many rows are predicted together at most} */
    public int rows() {
        return rows;
    }

    /** {@return the width of a row} */
    public int inputs() {
        return inputs;
    }

    /** {@return how many outputs a row has} */
    public int outputs() {
        return outputs;
    }

    // Takes a row for a bad one where there is a fault.
    private void check(int n, @Nullable String fault) {
        if (fault == null) {
            return;
        }
        String message = fault + at(n);
        if (scoring.invalid() == Invalid.ERROR) {
            throw new IllegalArgumentException(message + ": mend it, or set handleInvalid to skip or keep");
        }
        if (firstFault == null) {
            firstFault = message;
        }
        faults++;
        bad.set(n);
        // What is predicted all the same is nobody's.
        Arrays.fill(x, n * inputs, (n + 1) * inputs, 0f);
    }

    /**
     * Takes a row as its features were read just now.
     *
     * @param n its number among those that are predicted together
     * @param fault that was found, or null
     * @throws IllegalArgumentException if bad rows are errors
     */
    public void take(int n, @Nullable String fault) {
        if (fault == null && features.hasUnknown()) {
            if (firstUnknown == null) {
                firstUnknown = features.unknown() + at(n);
            }
            unknown++;
        }
        check(n, fault);
    }

    private String at(int n) {
        return ": row " + (before + n + 1) + " of partition " + (task == null ? "?" : task.partitionId());
    }

    /** Forgets the rows before, for others to be read. */
    public void clear() {
        before += predicted;
        predicted = 0;
        bad.clear();
    }

    /**
     * Predicts the rows that were read.
     *
     * @param count how many
     * @throws IllegalArgumentException if one has no class, and bad rows are errors
     */
    public void predict(int count) {
        if (rows == 1 && count == 1) {
            session.predict(x, y);
        } else if (count > 0) {
            session.predict(xs.rows(0, count), ys.rows(0, count));
        }
        predicted = count;
        if (scoring.prediction() == Scoring.Prediction.CLASS) {
            for (int n = 0; n < count; n++) {
                classes[n] = Classification.classOf(ys, n);
                if (classes[n] == Classification.NONE && !bad.get(n)) {
                    check(n, "the outputs are NaN, so the row has no class");
                }
            }
        }
    }

    /**
     * Whether a row has no score.
     *
     * @param n its number among those predicted together
     * @return whether it is a bad one
     */
    public boolean isBad(int n) {
        return bad.get(n);
    }

    /** {@return the outputs of the rows predicted, row after row} */
    public float[] y() {
        return y;
    }

    /**
     * The prediction of a row: the class, or the only output.
     *
     * @param n its number among those predicted together
     * @return the number
     */
    public double prediction(int n) {
        return scoring.prediction() == Scoring.Prediction.CLASS ? classes[n] : y[n * outputs];
    }

    /** Gives the session back, and tells of bad rows. */
    @Override
    public void close() {
        lease.close();
        if (firstFault != null) {
            LOG.log(Level.WARNING, faults + (faults == 1 ? " row" : " rows") + (scoring.invalid() == Invalid.SKIP
                    ? " left out" : " kept without a score") + ", the first: " + firstFault);
            firstFault = null;
        }
        if (firstUnknown != null) {
            LOG.log(Level.WARNING, unknown + (unknown == 1 ? " row has fields" : " rows have fields")
                    + " of categories that the model was not trained on, the first: " + firstUnknown);
            firstUnknown = null;
        }
    }
}
