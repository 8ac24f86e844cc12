package dev.samebits.spi;

import dev.samebits.Backend;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.Output;
import dev.samebits.RowWeights;
import dev.samebits.Section;
import dev.samebits.SessionOptions;
import dev.samebits.StateExchange;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.TrainingState;
import dev.samebits.Workers;
import dev.samebits.parallel.WorkerTeam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every training session does in front: checks shapes, refuses calls after close, owns the threads, adds up the losses.
 * A backend writes {@link #learn}, {@link #infer} and {@link #layers}.
 *
 * @since 0.1.0
 */
public abstract class AbstractTrainingSession implements TrainingSession {
    private final Backend backend;
    private final Gate gate = new Gate();
    private final int inputs;
    private final int outputs;
    /** What is made small. */
    protected final Loss loss;
    /** What is done with the last layer's activations. */
    protected final Output output;
    private final TrainingOptions training;
    private final OptimizerStep step;
    /** What is dropped in the present step; null if nothing is. */
    protected final @Nullable DropoutMasks dropout;
    private final Names names;
    private final List<String> inputNames;
    private final List<String> outputNames;
    // Held as long as the session: workers that nobody holds any more end.
    private final Workers workers;
    private final boolean ownsWorkers;
    /** What runs the independent parts of a step. */
    protected final WorkerTeam team;
    /** The loss of each sample of a step, filled by {@link #learn}; at least as long as the batch. */
    protected float[] losses = new float[0];
    /**
     * What the loss of each row, and its gradient, are multiplied by in this step, at least as long as the batch; null if
     * all rows count alike. Never set unless {@link #weighsRows}.
     */
    protected float @Nullable [] rowWeights;

    /**
     * For the backend that opens it.
     *
     * @param backend that computes
     * @param network what training starts from
     * @param loss what is made small
     * @param optimizer how
     * @param options its threads
     * @throws IllegalArgumentException if the loss does not fit the network's output
     */
    protected AbstractTrainingSession(Backend backend, Network network, Loss loss, Optimizer optimizer,
            SessionOptions options) {
        this(backend, network, loss, TrainingOptions.of(optimizer), options);
    }

    /**
     * For the backend that opens it. Its session must do what the training asks for: {@linkplain OptimizerStep#clip clip},
     * and {@linkplain #dropout drop}.
     *
     * @param backend that computes
     * @param network what training starts from
     * @param loss what is made small
     * @param training how
     * @param options its threads
     * @throws IllegalArgumentException if the loss does not fit the network's output, or the dropout its layers
     */
    protected AbstractTrainingSession(Backend backend, Network network, Loss loss, TrainingOptions training,
            SessionOptions options) {
        loss.check(network);
        this.backend = backend;
        this.loss = loss;
        this.training = training;
        this.step = new OptimizerStep(training);
        this.dropout = training.dropout() == null ? null : new DropoutMasks(training.dropout(), network);
        this.output = network.output();
        this.names = network.names();
        this.inputNames = network.inputSections().stream().map(Section::name).toList();
        this.outputNames = network.outputSections().stream().map(Section::name).toList();
        this.inputs = network.inputs();
        this.outputs = network.outputs();
        this.workers = options.workersFor(network);
        this.ownsWorkers = !options.shares();
        this.team = workers.team();
    }

    /**
     * One step on valid input; fills {@link #losses}.
     *
     * @param x {@code [N × inputs]}, at least one row
     * @param targets {@code [N × outputs]}
     * @param step the numbers of this step
     */
    protected abstract void learn(Matrix x, Matrix targets, OptimizerStep step);

    /**
     * Predicts valid input with the present parameters.
     *
     * @param x {@code [rows × inputs]}, at least one row
     * @param y {@code [rows × outputs]}, overwritten
     */
    protected abstract void infer(Matrix x, Matrix y);

    /**
     * Makes room for larger batches.
     *
     * @param rows of a batch, more than ever before
     */
    protected abstract void reserve(int rows);

    /** {@return copies of the layers with their present parameters} */
    protected abstract List<Layer> layers();

    /**
     * Passes all through that {@link #learn} keeps from step to step: parameters, and what the optimizer remembers of them,
     * each by the name that {@link StateExchange#parameters} has for it and in the order of {@link Layer#weights}, however
     * it lies here. What the optimizer and dropout count is passed through already.
     *
     * @param state takes it, or gives it
     * @throws UnsupportedOperationException if the backend has not said how
     */
    protected void exchange(StateExchange state) {
        throw new UnsupportedOperationException("state: sessions of the backend " + backend.name()
                + " cannot be saved or restored: use another backend");
    }

    /** Frees what the session holds besides memory of the JVM, once, when no call is inside. */
    protected void release() {}

    /**
     * Whether {@link #learn} multiplies by {@link #rowWeights}.
     *
     * @return whether steps with weights are taken; else they are refused
     */
    protected boolean weighsRows() {
        return false;
    }

    @Override
    public final double step(Matrix x, Matrix targets, float learningRate, float weightDecay) {
        check("step", "targets", x, targets);
        return step(x, targets, null, x.rows(), learningRate, weightDecay);
    }

    @Override
    public final double step(Matrix x, Matrix targets, float[] weights, float learningRate, float weightDecay) {
        check("step", "targets", x, targets);
        if (!weighsRows()) {
            throw new IllegalArgumentException("step: a session of the backend " + backend.name()
                    + " has no weights of rows for this network: leave them out");
        }
        return step(x, targets, weights, RowWeights.sum(weights, x), learningRate, weightDecay);
    }

    private double step(Matrix x, Matrix targets, float @Nullable [] weights, double count, float learningRate,
            float weightDecay) {
        if (x.rows() == 0) {
            throw new IllegalArgumentException("step: a mini-batch needs at least one row");
        }
        gate.enter();
        try {
            hold(x.rows());
            step.advance(learningRate, count > 0 ? 1 / (float) count : 0, weightDecay);
            if (dropout != null) {
                dropout.advance();
            }
            rowWeights = weights;
            learn(x, targets, step);
            double sum = 0;
            for (int n = 0; n < x.rows(); n++) {
                sum += losses[n];
            }
            return count > 0 ? sum / count : 0;
        } finally {
            rowWeights = null;
            gate.exit();
        }
    }

    @Override
    public final void predict(Matrix x, Matrix y) {
        check("predict", "y", x, y);
        Overlap.refuse("predict", "y", y, "x", x);
        gate.enter();
        try {
            if (x.rows() > 0) {
                infer(x, y);
            }
        } finally {
            gate.exit();
        }
    }

    /**
     * Makes sure that there is room for a batch.
     *
     * @param rows of the batch
     */
    protected final void hold(int rows) {
        if (losses.length < rows) {
            reserve(rows);
            losses = new float[rows];
        }
    }

    private void check(String call, String what, Matrix x, Matrix y) {
        if (x.columns() != inputs || y.columns() != outputs || x.rows() != y.rows()) {
            throw new IllegalArgumentException(call + ": the network takes " + inputs + " inputs and gives " + outputs
                    + " outputs, but x is " + x + " and " + what + (what.endsWith("s") ? " are " : " is ") + y);
        }
    }

    @Override
    public final Network network() {
        return Network.of(layers(), output).withSections(inputNames, outputNames).withNames(names);
    }

    @Override
    public final TrainingState state() {
        StateExchange saving = StateExchange.saving();
        gate.enter();
        try {
            exchangeAll(saving);
        } finally {
            gate.exit();
        }
        return saving.state();
    }

    @Override
    public final void restore(TrainingState state) {
        state.checkFits(state());
        gate.enter();
        try {
            exchangeAll(StateExchange.restoring(state));
        } finally {
            gate.exit();
        }
    }

    private void exchangeAll(StateExchange state) {
        step.exchange(state);
        if (dropout != null) {
            dropout.exchange(state);
        }
        exchange(state);
    }

    @Override
    public final Loss loss() {
        return loss;
    }

    @Override
    public final Objective objective() {
        return Objective.of(outputNames.get(0), loss, 1);
    }

    @Override
    public final Optimizer optimizer() {
        return step.optimizer();
    }

    @Override
    public final TrainingOptions training() {
        return training;
    }

    @Override
    public final Backend backend() {
        return backend;
    }

    @Override
    public final int threads() {
        return team.threads();
    }

    /** One line: what is trained by which loss, by which optimizer but plain descent, the backend and the threads. */
    @Override
    public String toString() {
        return "training of " + inputs + " inputs to " + outputs + " outputs by " + loss.label()
                + (training.isPlain() && optimizer().equals(Optimizer.SGD) ? "" : " and " + training)
                + " on " + backend.name() + ", threads " + threads();
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
