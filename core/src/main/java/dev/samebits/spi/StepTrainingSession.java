package dev.samebits.spi;

import dev.samebits.Backend;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
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
 * Training of any network through a backend's kernels, step by step. As for chains it is two pieces of parallel work: rows
 * of the batch (forward, losses, gradients of values), then parameters (their gradients and updates). No sum ever crosses
 * threads. Allocates nothing once warm, where the kernels do not.
 */
final class StepTrainingSession implements TrainingSession, WorkerTeam.Work {
    // Rows of a prediction that each thread has at a time.
    private static final int PREDICTED_ROWS = 64;

    private final Backend backend;
    private final Network network;
    private final Objective objective;
    private final OptimizerStep step;
    private final Gate gate = new Gate();
    private final RowIds ids;
    private final Workers workers;
    private final boolean ownsWorkers;
    private final WorkerTeam team;
    private final int inputs;
    private final int outputs;
    private final Section[] sections;
    private final int[] outputPlaces;
    private final List<LearnedStep> steps;
    private final TrainingPlaces places;
    private final StepForward forward;
    private final StepLosses losses;
    private final StepBackward backward;
    private final StepUpdates updates;
    private float[][] buffers = {};
    private float[] rowLosses = {};
    // By their rows; made at the first batch of so many.
    private @Nullable TrainingBatch[] batches = {};
    private final Call call = new Call();

    /** What the threads are at. */
    private static final class Call {
        Phase phase = Phase.LEARN;
        @Nullable TrainingBatch batch;
        @Nullable Matrix x;
        // Targets of a step, outputs of a prediction.
        @Nullable Matrix y;
        int from;
    }

    private enum Phase {
        LEARN, UPDATE, PREDICT
    }

    StepTrainingSession(Backend backend, Network network, Objective objective, TrainingOptions training,
            SessionOptions options) {
        if (!training.isPlain()) {
            throw new IllegalArgumentException("train: " + training + " for the network " + network + " and "
                    + objective + ": clipping and dropout are for chains of layers, whose loss has no weight:"
                    + " leave them out");
        }
        LearnedStep.check(network);
        this.backend = backend;
        this.network = network;
        this.objective = objective;
        this.step = new OptimizerStep(training);
        this.ids = new RowIds(network.idColumns());
        this.inputs = network.inputs();
        this.outputs = network.outputs();
        this.sections = network.outputSections().toArray(Section[]::new);
        LayerKernels kernels = backend.kernels();
        steps = network.steps().stream().map(s -> LearnedStep.of(s.operation(), training.optimizer().kind())).toList();
        places = new TrainingPlaces(network);
        losses = new StepLosses(places, objective);
        forward = new StepForward(kernels, places, steps, losses.needed(places));
        backward = new StepBackward(kernels, places, steps);
        losses.addTo(backward, kernels, places, objective);
        backward.walk();
        if (!learnsAnything()) {
            throw new IllegalArgumentException("train: no parameter of the network " + network
                    + " has part in the losses " + objective + ": give it a layer, or another output a loss");
        }
        outputPlaces = network.outputValues().stream().mapToInt(places::of).toArray();
        this.workers = options.workersFor(network);
        this.ownsWorkers = !options.shares();
        this.team = workers.team();
        updates = new StepUpdates(kernels, places, steps, team.threads());
    }

    private boolean learnsAnything() {
        for (int s = 0; s < steps.size(); s++) {
            if (steps.get(s).learns() && places.hasGradient(places.netInput(places.number(s)))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double step(Matrix x, Matrix targets, float learningRate, float weightDecay) {
        check("step", "targets", x, targets);
        int rows = x.rows();
        if (rows == 0) {
            throw new IllegalArgumentException("step: a mini-batch needs at least one row");
        }
        ids.check("step", x);
        gate.enter();
        try {
            TrainingBatch batch = batch(rows);
            step.advance(learningRate, 1f / rows, weightDecay);
            begin(batch, x, targets, 0);
            run(Phase.LEARN, batch.parts().length);
            for (Runnable touch : batch.touches(updates)) {
                touch.run();
            }
            run(Phase.UPDATE, batch.tasks(updates).length);
            double sum = 0;
            for (int n = 0; n < rows; n++) {
                sum += rowLosses[n];
            }
            return sum / rows;
        } finally {
            begin(null, null, null, 0);
            gate.exit();
        }
    }

    @Override
    public double step(Matrix x, Matrix targets, float[] weights, float learningRate, float weightDecay) {
        throw new IllegalArgumentException("step: weights of rows are for chains of layers, whose loss has no weight, not"
                + " for the network " + network + " and " + objective + ": leave them out");
    }

    @Override
    public void predict(Matrix x, Matrix y) {
        check("predict", "y", x, y);
        Overlap.refuse("predict", "y", y, "x", x);
        ids.check("predict", x);
        gate.enter();
        try {
            int most = Math.max(rowLosses.length, Math.min(x.rows(), PREDICTED_ROWS * team.threads()));
            for (int from = 0; from < x.rows(); from += most) {
                TrainingBatch batch = batch(Math.min(most, x.rows() - from));
                begin(batch, x, y, from);
                run(Phase.PREDICT, batch.parts().length);
            }
        } finally {
            begin(null, null, null, 0);
            gate.exit();
        }
    }

    private void check(String what, String name, Matrix x, Matrix y) {
        if (x.columns() != inputs || y.columns() != outputs || x.rows() != y.rows()) {
            throw new IllegalArgumentException(what + ": the network takes " + inputs + " inputs and gives " + outputs
                    + " outputs, but x is " + x + " and " + name + (name.endsWith("s") ? " are " : " is ") + y);
        }
    }

    private void begin(@Nullable TrainingBatch batch, @Nullable Matrix x, @Nullable Matrix y, int from) {
        call.batch = batch;
        call.x = x;
        call.y = y;
        call.from = from;
    }

    private void run(Phase phase, int parts) {
        call.phase = phase;
        team.run(this, parts);
    }

    private TrainingBatch batch(int rows) {
        if (rowLosses.length < rows) {
            buffers = places.buffers(rows);
            updates.reserve(rows);
            batches = new TrainingBatch[rows + 1];
            rowLosses = new float[rows];
        }
        TrainingBatch known = batches[rows];
        if (known == null) {
            known = new TrainingBatch(places, buffers, rows, team.threads());
            batches[rows] = known;
        }
        return known;
    }

    /** One part of what is done now. For the session's threads. */
    @Override
    public void run(int part) {
        TrainingBatch batch = call.batch;
        if (call.phase == Phase.UPDATE) {
            batch.tasks(updates)[part].run(step);
            return;
        }
        TrainingBatch.Part rows = batch.parts()[part];
        Matrix[] matrices = rows.matrices();
        copy(call.x, call.from + rows.from(), matrices[places.inputRow()]);
        forward.run(matrices, call.phase == Phase.PREDICT);
        if (call.phase == Phase.PREDICT) {
            write(matrices, call.from + rows.from(), rows.count());
        } else {
            copy(call.y, call.from + rows.from(), matrices[places.targetRow()]);
            losses.run(matrices, rows.losses(), rowLosses, rows.from(), rows.count());
            backward.run(matrices);
        }
    }

    private static void copy(Matrix from, int row, Matrix to) {
        for (int n = 0; n < to.rows(); n++) {
            System.arraycopy(from.data(), from.rowOffset(row + n), to.data(), to.rowOffset(n), to.columns());
        }
    }

    private void write(Matrix[] matrices, int row, int count) {
        Matrix y = call.y;
        for (int o = 0; o < sections.length; o++) {
            Matrix made = matrices[outputPlaces[o]];
            for (int n = 0; n < count; n++) {
                System.arraycopy(made.data(), made.rowOffset(n), y.data(), y.rowOffset(row + n) + sections[o].from(),
                        made.columns());
            }
        }
    }

    @Override
    public Network network() {
        return network.withOperations(steps.stream().map(LearnedStep::learned).toList());
    }

    @Override
    public TrainingState state() {
        StateExchange saving = StateExchange.saving();
        exchange(saving);
        return saving.state();
    }

    @Override
    public void restore(TrainingState state) {
        state.checkFits(state());
        exchange(StateExchange.restoring(state));
    }

    private void exchange(StateExchange state) {
        gate.enter();
        try {
            step.exchange(state);
            for (int s = 0; s < steps.size(); s++) {
                steps.get(s).exchange(state, s);
            }
        } finally {
            gate.exit();
        }
    }

    @Override
    public Loss loss() {
        return objective.terms().get(0).loss();
    }

    @Override
    public Objective objective() {
        return objective;
    }

    @Override
    public Optimizer optimizer() {
        return step.optimizer();
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public int threads() {
        return team.threads();
    }

    /** One line: what is trained by which losses, by which optimizer but plain descent, the backend and the threads. */
    @Override
    public String toString() {
        return "training of " + network + " by " + objective
                + (optimizer().equals(Optimizer.SGD) ? "" : " and " + optimizer()) + " on " + backend.name()
                + ", threads " + threads();
    }

    @Override
    public void close() {
        if (gate.close() && ownsWorkers) {
            workers.close();
        }
    }
}
