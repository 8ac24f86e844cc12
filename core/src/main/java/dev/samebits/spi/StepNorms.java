package dev.samebits.spi;

import dev.samebits.LayerKernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By the numbers of steps, the calls that normalise a layer. */
final class StepNorms {
    private final @Nullable NormCalls[] calls;

    StepNorms(LayerKernels kernels, TrainingPlaces places, List<LearnedStep> steps) {
        calls = new NormCalls[steps.size()];
        for (int s = 0; s < calls.length; s++) {
            NormedLayer norm = steps.get(s).norm;
            calls[s] = norm == null ? null : new NormCalls(kernels, places, norm);
        }
    }

    /** Null for a step that is not normalised. */
    @Nullable NormCalls of(int step) {
        return calls[step];
    }
}
