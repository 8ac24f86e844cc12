package dev.samebits.spi;

import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Operation;
import java.util.ArrayList;
import java.util.List;

/** The gradients of all parameters of steps that a loss is behind, summed over a batch in the order of its rows. */
final class StepUpdates {
    // Neurons whose gradient and update make one part: their weights and gradients stay in cache between the two.
    private static final int BLOCK_NEURONS = 32;

    private final LayerKernels kernels;
    private final TrainingPlaces places;
    private final List<LearnedStep> steps;
    private final List<GradientSums> sums;
    private final StepNorms norms;
    private final int threads;

    StepUpdates(LayerKernels kernels, TrainingPlaces places, List<LearnedStep> steps, StepNorms norms, int threads) {
        this.norms = norms;
        this.kernels = kernels;
        this.places = places;
        this.steps = steps;
        this.threads = threads;
        this.sums = steps.stream().map(step -> new GradientSums(kernels, step, threads)).toList();
    }

    /** Makes room for a batch. */
    void reserve(int rows) {
        for (int s = 0; s < steps.size(); s++) {
            if (sums.get(s).table != null) {
                sums.get(s).table.reserve(rows * places.width(operand(s)));
            }
        }
    }

    /** Whether there is anything to learn in a step. */
    boolean learns(int step) {
        return steps.get(step).learns() && places.hasGradient(places.netInput(places.number(step)));
    }

    /** The square of the length of the gradient, in this unit: of every step that learns, in their order. */
    float squares(float unit) {
        float sum = 0;
        for (int s = 0; s < steps.size(); s++) {
            if (learns(s)) {
                sum = sums.get(s).addSquares(sum, unit);
            }
        }
        return sum;
    }

    private int operand(int step) {
        return places.network.steps().get(step).operands().get(0);
    }

    /** What finds the entries that a batch touches, one task for each table. */
    Runnable[] touches(Matrix[] batch) {
        List<Runnable> touches = new ArrayList<>();
        for (int s = 0; s < steps.size(); s++) {
            LearnedTable table = sums.get(s).table;
            if (table != null && learns(s)) {
                Matrix ids = batch[places.of(operand(s))];
                touches.add(() -> table.touch(ids));
            }
        }
        return touches.toArray(Runnable[]::new);
    }

    /** What moves the parameters by the gradients of a batch. */
    UpdateTask[] tasks(Matrix[] batch) {
        List<UpdateTask> tasks = new ArrayList<>();
        for (int s = 0; s < steps.size(); s++) {
            if (learns(s)) {
                add(tasks, s, places.number(s), batch);
            }
        }
        return tasks.toArray(UpdateTask[]::new);
    }

    private void add(List<UpdateTask> tasks, int s, int value, Matrix[] batch) {
        LearnedStep step = steps.get(s);
        GradientSums sum = sums.get(s);
        Matrix x = batch[places.of(operand(s))];
        NormedLayer norm = step.norm;
        Matrix dz = batch[norm == null ? places.gradient(places.netInput(value)) : norms.of(s).raw];
        if (sum.table != null) {
            for (int part = 0; part < threads; part++) {
                tasks.add(new UpdateTask.Entries(sum.table, part, dz));
            }
            return;
        }
        for (int from = 0; step.weights != null && from < sum.weights.rows(); from += BLOCK_NEURONS) {
            int count = Math.min(BLOCK_NEURONS, sum.weights.rows() - from);
            tasks.add(new UpdateTask.Neurons(kernels, step.weights.rows(from, count), sum, from,
                    sum.weights.rows(from, count), dz.columns(from, count), x));
        }
        if (norm != null) {
            row(tasks, step.bias, sum.bias, dt -> System.arraycopy(norm.shiftGradient, 0, dt, 0, dt.length));
            row(tasks, norm.gain, sum.gain, dg -> System.arraycopy(norm.gainGradient, 0, dg, 0, dg.length));
        } else if (step.bias != null) {
            row(tasks, step.bias, sum.bias, db -> kernels.biasGradient(dz, db));
        }
        if (step.operation instanceof Operation.LayerNorm || step.operation instanceof Operation.RmsNorm) {
            Matrix normal = batch[places.kept(value)];
            row(tasks, step.slopes, sum.slopes, dg -> kernels.gainGradient(dz, normal, dg));
        } else if (step.slopes != null) {
            // Of a layer, what its function takes is the net input.
            Matrix z = step.weights == null ? x : batch[places.of(places.netInput(value))];
            Matrix da = batch[places.gradient(value)];
            row(tasks, step.slopes, sum.slopes, ds -> kernels.slopeGradient(z, da, ds));
        }
    }

    private void row(List<UpdateTask> tasks, Learned parameters, Matrix gradient, UpdateTask.Sum adds) {
        tasks.add(new UpdateTask.Row(kernels, parameters, gradient, adds));
    }
}
