package dev.samebits.simd.session;

import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.simd.kernel.MomentUpdate;
import dev.samebits.simd.kernel.Update;
import java.util.function.BiConsumer;

/** Parameters that an optimizer moves, and the moments it remembers of each, which lie as the parameters do. */
final class Moments {
    private static final float[] NONE = {};

    private final float[] parameters;
    private final float[] first;
    private final float[] second;

    Moments(Optimizer.Kind kind, float[] parameters) {
        this.parameters = parameters;
        first = kind.hasFirstMoment() ? new float[parameters.length] : NONE;
        second = kind.hasSecondMoment() ? new float[parameters.length] : NONE;
    }

    /** Passes each array through that there is, by its moment, which is empty for the parameters themselves. */
    void exchange(BiConsumer<String, float[]> each) {
        each.accept("", parameters);
        if (first.length > 0) {
            each.accept("m", first);
        }
        if (second.length > 0) {
            each.accept("v", second);
        }
    }

    /**
     * One step of some parameters.
     *
     * @param decays whether the weight decay acts on them
     * @param gradient the sums of their samples' gradients, from its offset on
     */
    void apply(OptimizerStep step, boolean decays, int offset, float[] gradient, int gradientOffset, int length) {
        if (step.optimizer().kind() == Optimizer.Kind.SGD) {
            Update.apply(parameters, offset, gradient, gradientOffset, length, step.rate(), step.scale(),
                    decays ? step.weightDecay() : 0);
        } else {
            MomentUpdate.apply(step, decays, parameters, offset, gradient, gradientOffset, first, offset, second, offset,
                    length);
        }
    }
}
