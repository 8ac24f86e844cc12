package dev.samebits.spi;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.Workers;
import dev.samebits.parallel.WorkerTeam;
import java.nio.FloatBuffer;

/**
 * What every inference session does in front: checks shapes, refuses calls after close, owns the threads. A backend writes
 * {@link #compute}.
 *
 * @since 0.1.0
 */
public abstract class AbstractInferenceSession implements InferenceSession {
    private final Backend backend;
    private final Network network;
    private final Gate gate = new Gate();
    // Held as long as the session: workers that nobody holds any more end.
    private final Workers workers;
    private final boolean ownsWorkers;
    private final BufferRows buffers;
    private final RowIds ids;
    /** What runs the independent parts of a call. */
    protected final WorkerTeam team;

    /**
     * For the backend that opens it, and knows chains of layers alone.
     *
     * @param backend that computes
     * @param network to predict with
     * @param options its threads
     * @throws IllegalArgumentException if the network is no chain
     */
    protected AbstractInferenceSession(Backend backend, Network network, SessionOptions options) {
        this(backend, network, options, false);
    }

    /** For a session that may know more than chains. */
    AbstractInferenceSession(Backend backend, Network network, SessionOptions options, boolean walksSteps) {
        if (!walksSteps && !network.isChain()) {
            throw new IllegalArgumentException("open: the network " + network + " has branches, which this session of "
                    + backend.name() + " does not know: extend KernelBackend, and override openChain instead of open");
        }
        this.backend = backend;
        this.network = network;
        this.ids = new RowIds(network.idColumns());
        this.workers = options.workersFor(network);
        this.ownsWorkers = !options.shares();
        this.team = workers.team();
        this.buffers = new BufferRows(network.inputs(), network.outputs(), team.threads());
    }

    /**
     * Predicts valid input. Called by many threads at a time, never after {@link #release}.
     *
     * @param x the array of {@code [rows × inputs]}
     * @param xOffset index of its first element
     * @param xStride elements from one of its rows to the next
     * @param rows at least 1
     * @param y the array of {@code [rows × outputs]}, which may be x's where they do not overlap; overwritten
     * @param yOffset index of its first element
     * @param yStride elements from one of its rows to the next
     */
    protected abstract void compute(
            float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride);

    /** Frees what the session holds, once, when no call is inside. */
    protected void release() {}

    @Override
    public final void predict(Matrix x, Matrix y) {
        check(x.columns(), y.columns());
        if (x.rows() != y.rows()) {
            throw new IllegalArgumentException(
                    "predict: x is " + x + " and y is " + y + ": they must have the same number of rows");
        }
        Overlap.refuse("predict", "y", y, "x", x);
        ids.check(x);
        run(x.data(), x.offset(), x.stride(), x.rows(), y.data(), y.offset(), y.stride());
    }

    @Override
    public final void predict(float[] x, float[] y) {
        check(x.length, y.length);
        Overlap.refuse("predict", "y", y, "x", x);
        ids.check(x);
        run(x, 0, x.length, 1, y, 0, y.length);
    }

    @Override
    public final void predict(FloatBuffer x, FloatBuffer y) {
        int rows = x.remaining() / network.inputs();
        if (x.remaining() % network.inputs() != 0 || y.remaining() % network.outputs() != 0
                || y.remaining() / network.outputs() != rows) {
            throw new IllegalArgumentException("predict: the network takes " + network.inputs() + " inputs and gives "
                    + network.outputs() + " outputs, but from position to limit x has " + x.remaining()
                    + " elements and y has " + y.remaining() + ": they must be whole rows, equally many");
        }
        if (y.isReadOnly()) {
            throw new IllegalArgumentException("predict: y is read-only (" + y + "): give a buffer that can be written");
        }
        BufferOverlap.refuse("predict", y, x);
        ids.check(x, network.inputs(), rows);
        gate.enter();
        try {
            if (rows > 0) {
                buffers.predict(this, x, y, rows);
            }
        } finally {
            gate.exit();
        }
    }

    private void check(int xColumns, int yColumns) {
        if (xColumns != network.inputs() || yColumns != network.outputs()) {
            throw new IllegalArgumentException("predict: the network takes " + network.inputs() + " inputs and gives "
                    + network.outputs() + " outputs, but x has " + xColumns + " columns and y has " + yColumns);
        }
    }

    private void run(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        gate.enter();
        try {
            if (rows > 0) {
                compute(x, xOffset, xStride, rows, y, yOffset, yStride);
            }
        } finally {
            gate.exit();
        }
    }

    @Override
    public final Network network() {
        return network;
    }

    @Override
    public final Backend backend() {
        return backend;
    }

    @Override
    public final int threads() {
        return team.threads();
    }

    /** One line: the network, the backend and the threads. */
    @Override
    public String toString() {
        return "inference of " + network + " on " + backend.name() + ", threads " + threads();
    }

    @Override
    public final void close() {
        if (gate.close()) {
            if (ownsWorkers) {
                workers.close();
            }
            release();
        }
    }
}
