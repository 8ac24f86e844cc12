package dev.samebits.spi;

import dev.samebits.Backend;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Optimizer;
import dev.samebits.RowWeights;
import dev.samebits.Section;
import dev.samebits.SessionOptions;
import dev.samebits.StateExchange;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.TrainingState;
import dev.samebits.Workers;
import dev.samebits.parallel.WorkerTeam;
import org.jspecify.annotations.Nullable;

/**
 * Training of any network through a backend's kernels, step by step. As for chains it is two pieces of parallel work: rows
 * of the batch (forward, losses, gradients of values), then parameters (their gradients and updates); where gradients are
 * clipped, these two are apart; batch normalisation sums over the batch between stages of the first. No sum ever crosses
 * threads. Allocates nothing once warm, where the kernels do not.
 */
final class StepTrainingSession implements TrainingSession, WorkerTeam.Work {
    // Rows of a prediction that each thread has at a time.
    private static final int PREDICTED_ROWS = 64;

    private final Backend backend;
    private final Network network;
    private final Objective objective;
    private final TrainingOptions training;
    private final Gate gate = new Gate();
    private final RowIds ids;
    private final Workers workers;
    private final boolean ownsWorkers;
    private final WorkerTeam team;
    private final int inputs;
    private final int outputs;
    private final TrainingProgram program;
    private final Section[] sections;
    private final int[] outputPlaces;
    private final Call call = new Call();

    /** What the threads are at. */
    private static final class Call {
        Phase phase = Phase.LEARN;
        @Nullable TrainingBatch batch;
        int stage;
        @Nullable Matrix x;
        // Targets of a step, outputs of a prediction.
        @Nullable Matrix y;
        int from;
    }

    private enum Phase {
        LEARN, BATCH, SUM, MOVE, SUM_AND_MOVE, PREDICT
    }

    StepTrainingSession(Backend backend, Network network, Objective objective, TrainingOptions training,
            SessionOptions options) {
        this.backend = backend;
        this.network = network;
        this.objective = objective;
        this.training = training;
        this.ids = new RowIds(network.idColumns());
        this.inputs = network.inputs();
        this.outputs = network.outputs();
        this.sections = network.outputSections().toArray(Section[]::new);
        this.program = new TrainingProgram(backend.kernels(), network, objective, training, options.threads());
        this.outputPlaces = network.outputValues().stream().mapToInt(program.places::of).toArray();
        this.workers = options.workersFor(network);
        this.ownsWorkers = !options.shares();
        this.team = workers.team();
    }

    @Override
    public double step(Matrix x, Matrix targets, float learningRate, float weightDecay) {
        check("step", "targets", x, targets);
        return step(x, targets, null, x.rows(), learningRate, weightDecay);
    }

    @Override
    public double step(Matrix x, Matrix targets, float[] weights, float learningRate, float weightDecay) {
        check("step", "targets", x, targets);
        return step(x, targets, weights, RowWeights.sum(weights, x), learningRate, weightDecay);
    }

    private double step(Matrix x, Matrix targets, float @Nullable [] weights, double count, float learningRate,
            float weightDecay) {
        if (x.rows() == 0) {
            throw new IllegalArgumentException("step: a mini-batch needs at least one row");
        }
        ids.check("step", x);
        gate.enter();
        try {
            TrainingBatch batch = program.batch(x.rows());
            program.step.advance(learningRate, count > 0 ? 1 / (float) count : 0, weightDecay);
            program.dropout.advance();
            program.losses.weigh(weights);
            program.batchNorms.advance(x.rows());
            begin(batch, x, targets, 0);
            gradients(batch);
            update(batch);
            double sum = program.losses.sum(x.rows());
            return count > 0 ? sum / count : 0;
        } finally {
            program.losses.weigh(null);
            begin(null, null, null, 0);
            gate.exit();
        }
    }

    private void gradients(TrainingBatch batch) {
        int last = program.stages.count() - 1;
        for (int stage = 0; stage <= last; stage++) {
            call.stage = stage;
            run(Phase.LEARN, batch.parts().length);
            if (stage < last) {
                run(Phase.BATCH, batch.works(program.stages)[stage].length);
            }
        }
    }

    private void update(TrainingBatch batch) {
        for (Runnable touch : batch.touches(program.updates)) {
            touch.run();
        }
        int tasks = batch.tasks(program.updates).length;
        if (program.step.clips()) {
            run(Phase.SUM, tasks);
            program.step.clip(program.updates.squares(program.step.unit()));
            run(Phase.MOVE, tasks);
        } else {
            run(Phase.SUM_AND_MOVE, tasks);
        }
    }

    @Override
    public void predict(Matrix x, Matrix y) {
        check("predict", "y", x, y);
        Overlap.refuse("predict", "y", y, "x", x);
        ids.check("predict", x);
        gate.enter();
        try {
            program.batchNorms.fold();
            int most = Math.max(program.losses.capacity(), Math.min(x.rows(), PREDICTED_ROWS * team.threads()));
            for (int from = 0; from < x.rows(); from += most) {
                TrainingBatch batch = program.batch(Math.min(most, x.rows() - from));
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

    /** One part of what is done now. For the session's threads. */
    @Override
    public void run(int part) {
        switch (call.phase) {
            case LEARN -> learn(call.batch.parts()[part]);
            case BATCH -> call.batch.works(program.stages)[call.stage][part].run();
            case PREDICT -> predict(call.batch.parts()[part]);
            case SUM -> call.batch.tasks(program.updates)[part].sum(program.step);
            case MOVE -> call.batch.tasks(program.updates)[part].move(program.step);
            case SUM_AND_MOVE -> {
                UpdateTask task = call.batch.tasks(program.updates)[part];
                task.sum(program.step);
                task.move(program.step);
            }
        }
    }

    private void learn(TrainingBatch.Part rows) {
        if (call.stage == 0) {
            copy(call.x, rows.from(), rows.matrices()[program.places.inputRow()]);
            copy(call.y, rows.from(), rows.matrices()[program.places.targetRow()]);
        }
        program.stages.run(call.stage, rows);
    }

    private void predict(TrainingBatch.Part rows) {
        copy(call.x, call.from + rows.from(), rows.matrices()[program.places.inputRow()]);
        program.forward.run(rows.matrices());
        write(rows.matrices(), call.from + rows.from(), rows.count());
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
        return program.learned();
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
            program.exchange(state);
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
        return training.optimizer();
    }

    @Override
    public TrainingOptions training() {
        return training;
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
                + (training.isPlain() && optimizer().equals(Optimizer.SGD) ? "" : " and " + training) + " on "
                + backend.name() + ", threads " + threads();
    }

    @Override
    public void close() {
        if (gate.close() && ownsWorkers) {
            workers.close();
        }
    }
}
