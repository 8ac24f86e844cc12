package dev.samebits.gpu;

import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.OptimizerStep;
import dev.samebits.StateExchange;
import dev.samebits.spi.DropoutMasks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that are learned on the device and stay there, though the device may forget them: Aparapi makes a device array
 * anew, from the Java array, when the garbage collector has moved that array between two runs.
 *
 * <p>The host keeps the parameters as they were at some step (the checkpoint) and the batches since then. The first number
 * of the array is the step it stands at, on the device as on the host. Each run names the step it belongs to; a device that
 * does not stand there leaves its parameters alone and says where it stands. Then the batches since the checkpoint are run
 * again: they give the same bits. After each of them the parameters are read back, so that another move costs one batch and
 * not all. Reading is safe: it does not look at where the array lies.
 *
 * <p>Not thread-safe.
 */
final class TrainedParameters implements AutoCloseable {
    // What batches since the checkpoint may take, by the size of the parameters: reading those back is then seldom.
    private static final int LOG_RATIO = 8;
    private static final long LEAST_LOG = 1 << 20;
    private static final long LARGEST_LOG = 64L << 20;

    private static final class Batch {
        int rows;
        float[] data = {};
        float rate;
        float scale;
        float weightDecay;
        float shrinkage;
        float correction;
        float unit;
        int dropoutKey0;
        int dropoutKey1;
        boolean weighted;
    }

    final Params params;
    private final Loss loss;
    private final @Nullable DropoutMasks dropout;
    final ProgramRunner runner;
    private final Deque<Batch> log = new ArrayDeque<>();
    private final Deque<Batch> spare = new ArrayDeque<>();
    private final long logLimit;
    private long logBytes;
    private long step;
    private int capacity;
    private Plan training = new Plan();
    // Made when the first rows with weights come.
    private @Nullable Plan weighted;
    private Plan forward = new Plan();
    private int forwardRows;

    /** @param dropout what layers drop, though not in which step; null for nothing */
    TrainedParameters(Params params, Loss loss, @Nullable DropoutMasks dropout, ProgramRunner runner) {
        this.params = params;
        this.loss = loss;
        this.dropout = dropout;
        for (int l = 0; dropout != null && l < params.layers.size(); l++) {
            params.data[params.layers.get(l).dropoutFactor()] = dropout.factor(l);
        }
        this.runner = runner;
        long bytes = (long) params.data.length * Float.BYTES;
        logLimit = Math.max(LEAST_LOG, Math.min(LARGEST_LOG, LOG_RATIO * bytes));
        runner.program.params = params.data;
        runner.program.learning = params.gradients == 0 ? 1 : 2;
        runner.program.gradients = params.gradients;
        runner.program.firstMoments = params.firstMoments;
        runner.program.secondMoments = params.secondMoments;
        runner.set(params.training.optimizer());
    }

    /** Makes room for steps on this many rows. */
    void reserve(int rows) {
        Plan larger = new TrainingPlan(params, loss, dropout, Panels.padded(rows), false).plan();
        reserveWork(larger);
        training = larger;
        capacity = Panels.padded(rows);
        weighted = null;
    }

    /** Makes room for predictions of this many rows. */
    void reserveForward(int rows) {
        if (forwardRows < rows) {
            Plan larger = ForwardPlan.of(params, Panels.padded(rows));
            reserveWork(larger);
            forward = larger;
            forwardRows = Panels.padded(rows);
        }
    }

    // One array for both plans: nothing in it outlives a run.
    private void reserveWork(Plan plan) {
        if (runner.program.work.length < plan.floats()) {
            runner.program.work = new float[plan.floats()];
        }
    }

    private Plan planOf(Batch batch) {
        if (!batch.weighted) {
            return training;
        }
        if (weighted == null) {
            weighted = new TrainingPlan(params, loss, dropout, capacity, true).plan();
            reserveWork(weighted);
        }
        return weighted;
    }

    /** A batch to be filled: inputs row by row, then targets row by row, then, if they are weighted, the rows' weights. */
    float[] next(int rows, int floats, boolean weighs, OptimizerStep numbers, @Nullable DropoutMasks masks) {
        runner.checkUsable();
        Batch batch = spare.isEmpty() ? new Batch() : spare.pop();
        if (batch.data.length != floats) {
            batch.data = new float[floats];
        }
        batch.rows = rows;
        batch.rate = numbers.rate();
        batch.scale = numbers.scale();
        batch.weightDecay = numbers.weightDecay();
        batch.shrinkage = numbers.shrinkage();
        batch.correction = numbers.correction();
        batch.unit = numbers.unit();
        batch.dropoutKey0 = masks == null ? 0 : masks.key0();
        batch.dropoutKey1 = masks == null ? 0 : masks.key1();
        batch.weighted = weighs;
        spare.push(batch);
        return batch.data;
    }

    /** One step on the batch that {@link #next} gave and the caller has filled. The losses of its rows go into the array. */
    void learn(float[] losses) {
        Batch batch = spare.pop();
        if (!run(batch)) {
            recover();
            if (!run(batch)) {
                throw runner.fail("it does not keep the parameters", null);
            }
        }
        System.arraycopy(runner.program.out, DeviceRows.STAMPS, losses, 0, batch.rows);
        step++;
        log.add(batch);
        logBytes += (long) batch.data.length * Float.BYTES;
        if (logBytes > logLimit || log.size() >= ProgramRunner.NUMBERS / 2) {
            readBack();
        }
    }

    // Whether the device stood where the batch belongs.
    private boolean run(Batch batch) {
        DeviceProgram program = runner.program;
        program.learningRate = batch.rate;
        program.scale = batch.scale;
        program.weightDecay = batch.weightDecay;
        program.shrinkage = batch.shrinkage;
        program.correction = batch.correction;
        program.unit = batch.unit;
        program.dropoutKey0 = batch.dropoutKey0;
        program.dropoutKey1 = batch.dropoutKey1;
        program.nextStep = number(step + 1);
        return run(planOf(batch), batch.rows, batch.data, 1);
    }

    private boolean run(Plan plan, int rows, float[] data, int columns) {
        DeviceProgram program = runner.program;
        program.plan = plan.records();
        program.rows = rows;
        if (program.in.length != data.length) {
            program.in = new float[data.length];
        }
        System.arraycopy(data, 0, program.in, 0, data.length);
        int floats = DeviceRows.STAMPS + rows * columns;
        if (program.out.length != floats) {
            program.out = new float[floats];
        }
        program.step = number(step);
        runner.run(plan.passes(), Math.max(plan.widest(rows), params.data.length / DeviceProducts.TILE_ROWS));
        return program.out[1] == program.step;
    }

    /** Predicts rows with the present parameters. They are then behind the stamps of the program's output. */
    void infer(int rows, float[] data, int outputs) {
        runner.checkUsable();
        runner.program.nextStep = number(step);
        if (!run(forward, rows, data, outputs)) {
            recover();
            runner.program.nextStep = number(step);
            if (!run(forward, rows, data, outputs)) {
                throw runner.fail("it does not keep the parameters", null);
            }
        }
    }

    // From the checkpoint to the present step again. The host's parameters are those of the checkpoint, and so are the
    // device's.
    private void recover() {
        runner.noteRecreation();
        long present = step;
        step = present - log.size();
        while (step < present) {
            Batch batch = log.peek();
            if (!run(batch)) {
                throw runner.fail("it does not keep the parameters", null);
            }
            step++;
            readBack(log.poll());
        }
    }

    private void readBack(Batch done) {
        logBytes -= (long) done.data.length * Float.BYTES;
        recycle(done);
        readParameters();
    }

    private void readBack() {
        readParameters();
        while (!log.isEmpty()) {
            recycle(log.poll());
        }
        logBytes = 0;
    }

    private void recycle(Batch batch) {
        if (spare.size() * (long) batch.data.length * Float.BYTES < LEAST_LOG) {
            spare.push(batch);
        }
    }

    // A download that fails is silent; but the step tells.
    private void readParameters() {
        runner.get(params.data);
        if (params.data[DeviceFloats.STEP] != number(step)) {
            throw runner.fail("the parameters did not arrive", null);
        }
    }

    private static float number(long step) {
        return step % ProgramRunner.NUMBERS;
    }

    /** The layers with their present parameters, read from the device. */
    List<Layer> layers() {
        if (step > 0) {
            runner.checkUsable();
            readBack();
        }
        return params.layers();
    }

    /** Passes parameters and moments through, as they are after the present step; restored ones go up with the next run. */
    void exchange(StateExchange state) {
        layers();
        params.exchange(state);
        if (state.restores()) {
            step = 0;
            params.data[DeviceFloats.STEP] = number(step);
            runner.replaceParameters();
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}
