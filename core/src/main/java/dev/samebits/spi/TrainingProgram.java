package dev.samebits.spi;

import dev.samebits.LayerKernels;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Operation;
import dev.samebits.OptimizerStep;
import dev.samebits.StateExchange;
import dev.samebits.Step;
import dev.samebits.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Training of a network on some kernels, laid out once: where everything lies, what is computed for the rows of a batch, and
 * what moves the parameters then.
 */
final class TrainingProgram {
    final TrainingPlaces places;
    final OptimizerStep step;
    final StepDropout dropout;
    final BatchNorms batchNorms;
    final StepForward forward;
    final StepLosses losses;
    /** What a step does with the rows of its batch. */
    final TrainingStages stages = new TrainingStages();
    final StepUpdates updates;
    private final Network network;
    private final List<LearnedStep> steps;
    private final int threads;
    private float[][] buffers = {};
    // By their rows; made at the first batch of so many.
    private @Nullable TrainingBatch[] batches = {};

    /**
     * For so many threads.
     *
     * @throws IllegalArgumentException if there is nothing to learn, or the dropout does not fit
     */
    TrainingProgram(LayerKernels kernels, Network network, Objective objective, TrainingOptions training, int threads) {
        LearnedStep.check(network);
        this.network = network;
        this.threads = threads;
        step = new OptimizerStep(training);
        dropout = new StepDropout(kernels, training.dropout(), network);
        places = new TrainingPlaces(network);
        losses = new StepLosses(places, objective);
        boolean[] needed = losses.needed(places);
        batchNorms = new BatchNorms(training.batchNorm(), network, Arrays.copyOfRange(needed, places.number(0),
                places.values), training.optimizer().kind());
        steps = new ArrayList<>();
        for (Step each : network.steps()) {
            steps.add(LearnedStep.of(each.operation(), training.optimizer().kind(), batchNorms.of(steps.size())));
        }
        StepNorms norms = new StepNorms(kernels, places, steps);
        forward = new StepForward(kernels, places, steps, stages, needed, dropout, norms);
        StepBackward backward = new StepBackward(kernels, places, steps, stages, dropout, norms);
        losses.addTo(stages, backward, kernels, places, objective);
        backward.walk();
        updates = new StepUpdates(kernels, places, steps, norms, threads);
        if (!learnsAnything()) {
            throw new IllegalArgumentException("train: no parameter of the network " + network
                    + " has part in the losses " + objective + ": give it a layer, or another output a loss");
        }
    }

    private boolean learnsAnything() {
        for (int s = 0; s < steps.size(); s++) {
            if (updates.learns(s)) {
                return true;
            }
        }
        return false;
    }

    /** Views for a batch of so many rows. */
    TrainingBatch batch(int rows) {
        if (losses.capacity() < rows) {
            buffers = places.buffers(rows);
            updates.reserve(rows);
            batches = new TrainingBatch[rows + 1];
            losses.reserve(rows);
        }
        TrainingBatch known = batches[rows];
        if (known == null) {
            known = new TrainingBatch(places, buffers, rows, threads);
            batches[rows] = known;
        }
        return known;
    }

    /** Passes all through that a next step depends on. */
    void exchange(StateExchange state) {
        step.exchange(state);
        dropout.exchange(state);
        batchNorms.exchange(state);
        for (int s = 0; s < steps.size(); s++) {
            steps.get(s).exchange(state, s);
        }
    }

    /** The network with its present parameters. */
    Network learned() {
        batchNorms.fold();
        List<Operation> learned = steps.stream().map(LearnedStep::learned).toList();
        return network.withOperations(learned);
    }
}
