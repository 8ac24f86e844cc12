package dev.samebits.spi;

import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Operation;
import dev.samebits.OptimizerStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The gradients of all parameters of steps that a loss is behind, summed over a batch in the order of its rows. */
final class StepUpdates {
    // Neurons whose gradient and update make one part: their weights and gradients stay in cache between the two.
    private static final int BLOCK_NEURONS = 32;

    /** What moves some parameters, apart from all others. */
    interface Task {
        void run(OptimizerStep step);
    }

    private final LayerKernels kernels;
    private final TrainingPlaces places;
    private final List<LearnedStep> steps;
    private final Map<Integer, Matrix> weightGradients = new HashMap<>();
    private final Map<Integer, LearnedTable> tables = new HashMap<>();
    private final int threads;

    StepUpdates(LayerKernels kernels, TrainingPlaces places, List<LearnedStep> steps, int threads) {
        this.kernels = kernels;
        this.places = places;
        this.steps = steps;
        this.threads = threads;
        for (int s = 0; s < steps.size(); s++) {
            Learned weights = steps.get(s).weights;
            if (steps.get(s).operation instanceof Operation.Embed) {
                tables.put(s, new LearnedTable(kernels, weights, threads));
            } else if (weights != null) {
                weightGradients.put(s, Matrix.zeros(weights.values().rows(), weights.values().columns()));
            }
        }
    }

    /** Makes room for a batch. */
    void reserve(int rows) {
        tables.forEach((s, table) -> table.reserve(rows * places.width(operand(s))));
    }

    private int operand(int step) {
        return places.network.steps().get(step).operands().get(0);
    }

    /** What finds the entries that a batch touches, one task for each table. */
    Runnable[] touches(Matrix[] batch) {
        List<Runnable> touches = new ArrayList<>();
        for (int s = 0; s < steps.size(); s++) {
            LearnedTable table = tables.get(s);
            if (table != null && places.hasGradient(places.number(s))) {
                Matrix ids = batch[places.of(operand(s))];
                touches.add(() -> table.touch(ids));
            }
        }
        return touches.toArray(Runnable[]::new);
    }

    /** What moves the parameters by the gradients of a batch. */
    Task[] tasks(Matrix[] batch) {
        List<Task> tasks = new ArrayList<>();
        for (int s = 0; s < steps.size(); s++) {
            LearnedStep step = steps.get(s);
            int value = places.number(s);
            int net = places.netInput(value);
            if (step.learns() && places.hasGradient(net)) {
                add(tasks, s, value, batch, batch[places.gradient(net)]);
            }
        }
        return tasks.toArray(Task[]::new);
    }

    private void add(List<Task> tasks, int s, int value, Matrix[] batch, Matrix dz) {
        LearnedStep step = steps.get(s);
        Matrix x = batch[places.of(operand(s))];
        if (step.operation instanceof Operation.Embed) {
            for (int part = 0; part < threads; part++) {
                int number = part;
                tasks.add(update -> tables.get(s).update(update, number, dz));
            }
            return;
        }
        if (step.weights != null) {
            weights(tasks, step.weights, weightGradients.get(s), dz, x);
        }
        if (step.bias != null) {
            tasks.add(step.bias.task(kernels, sum -> kernels.biasGradient(dz, sum)));
        }
        if (step.operation instanceof Operation.LayerNorm || step.operation instanceof Operation.RmsNorm) {
            Matrix normal = batch[places.kept(value)];
            tasks.add(step.slopes.task(kernels, sum -> kernels.gainGradient(dz, normal, sum)));
        } else if (step.slopes != null) {
            // Of a layer, what its function takes is the net input.
            Matrix z = step.weights == null ? x : batch[places.of(places.netInput(value))];
            Matrix da = batch[places.gradient(value)];
            tasks.add(step.slopes.task(kernels, sum -> kernels.slopeGradient(z, da, sum)));
        }
    }

    private void weights(List<Task> tasks, Learned weights, Matrix gradient, Matrix dz, Matrix x) {
        for (int from = 0; from < gradient.rows(); from += BLOCK_NEURONS) {
            int count = Math.min(BLOCK_NEURONS, gradient.rows() - from);
            Learned some = weights.rows(from, count);
            Matrix dw = gradient.rows(from, count);
            Matrix delta = dz.columns(from, count);
            tasks.add(step -> {
                Arrays.fill(dw.data(), dw.offset(), dw.offset() + dw.rows() * dw.stride(), 0);
                kernels.outerProductGradient(delta, x, dw);
                some.optimize(kernels, step, dw);
            });
        }
    }
}
