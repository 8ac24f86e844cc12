package dev.samebits.train;

import dev.samebits.Activation;
import java.util.List;

/**
 * How the learning rate changes in the course of training: a factor for each step, a pure function of where training stands.
 * Made of exact operations, so that every machine has the same rates. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Schedule {
    /** The learning rate stays as it is. */
    Schedule CONSTANT = new Constant();

    /**
     * What the learning rate is multiplied by.
     *
     * @param step from 0, counted through all epochs
     * @param steps of all epochs together, if none ends training sooner
     * @param history the epochs that are over
     * @return the factor
     */
    float factor(long step, long steps, List<Epoch> history);

    /**
     * Lower after every so many epochs: the factor multiplies once for each time they have passed.
     *
     * @param epochs at least 1
     * @param factor above 0, at most 1
     * @return the schedule
     * @throws IllegalArgumentException if one of them is out of its range
     */
    static Schedule everyEpochs(int epochs, float factor) {
        return new EveryEpochs(epochs, factor);
    }

    /** {@return half a wave, from 1 at the first step to 0 behind the last: (1 + cos(π step / steps)) / 2} */
    static Schedule cosine() {
        return new Cosine();
    }

    /**
     * Lower each time so many epochs in a row have brought no new lowest validation measure, or no new lowest loss where
     * there is no validation.
     *
     * @param epochs at least 1
     * @param factor above 0, at most 1
     * @return the schedule
     * @throws IllegalArgumentException if one of them is out of its range
     */
    static Schedule onPlateau(int epochs, float factor) {
        return new OnPlateau(epochs, factor);
    }

    /**
     * Rises evenly in the first steps, (step + 1) / warmUp, and then follows this schedule as if training began there.
     *
     * @param warmUp steps, at least 1
     * @return the schedule
     * @throws IllegalArgumentException if there is no step
     */
    default Schedule afterWarmUp(long warmUp) {
        return new WarmUp(warmUp, this);
    }

    /** {@link #CONSTANT}. */
    record Constant() implements Schedule {
        @Override
        public float factor(long step, long steps, List<Epoch> history) {
            return 1;
        }

        @Override
        public String toString() {
            return "constant";
        }
    }

    /**
     * See {@link Schedule#everyEpochs}.
     *
     * @param epochs at least 1
     * @param factor above 0, at most 1
     */
    record EveryEpochs(int epochs, float factor) implements Schedule {
        /**
         * See {@link Schedule#everyEpochs}.
         *
         * @param epochs at least 1
         * @param factor above 0, at most 1
         */
        public EveryEpochs {
            check(epochs, factor);
        }

        @Override
        public float factor(long step, long steps, List<Epoch> history) {
            return power(factor, history.size() / epochs);
        }

        @Override
        public String toString() {
            return "step:" + epochs + ":" + factor;
        }
    }

    /** See {@link Schedule#cosine}. */
    record Cosine() implements Schedule {
        @Override
        public float factor(long step, long steps, List<Epoch> history) {
            // (1 + cos 2u) / 2 = 1 − sin² u.
            float sine = Activation.SINE.value((float) (Math.PI / 2 * step / steps));
            return Math.fma(-sine, sine, 1f);
        }

        @Override
        public String toString() {
            return "cosine";
        }
    }

    /**
     * See {@link Schedule#onPlateau}.
     *
     * @param epochs at least 1
     * @param factor above 0, at most 1
     */
    record OnPlateau(int epochs, float factor) implements Schedule {
        /**
         * See {@link Schedule#onPlateau}.
         *
         * @param epochs at least 1
         * @param factor above 0, at most 1
         */
        public OnPlateau {
            check(epochs, factor);
        }

        @Override
        public float factor(long step, long steps, List<Epoch> history) {
            double lowest = Double.POSITIVE_INFINITY;
            int without = 0;
            int times = 0;
            for (Epoch epoch : history) {
                double measure = Double.isNaN(epoch.validation()) ? epoch.loss() : epoch.validation();
                without = measure < lowest ? 0 : without + 1;
                lowest = Math.min(lowest, measure);
                if (without == epochs) {
                    times++;
                    without = 0;
                }
            }
            return power(factor, times);
        }

        @Override
        public String toString() {
            return "plateau:" + epochs + ":" + factor;
        }
    }

    /**
     * See {@link Schedule#afterWarmUp}.
     *
     * @param warmUp steps, at least 1
     * @param then what follows
     */
    record WarmUp(long warmUp, Schedule then) implements Schedule {
        /**
         * See {@link Schedule#afterWarmUp}.
         *
         * @param warmUp steps, at least 1
         * @param then what follows
         */
        public WarmUp {
            if (warmUp < 1) {
                throw new IllegalArgumentException("warm-up steps must be at least 1, not " + warmUp);
            }
        }

        @Override
        public float factor(long step, long steps, List<Epoch> history) {
            return step < warmUp ? (float) ((step + 1) / (double) warmUp)
                    : then.factor(step - warmUp, steps - warmUp, history);
        }

        @Override
        public String toString() {
            return then + " after a warm-up of " + warmUp + " steps";
        }
    }

    private static void check(int epochs, float factor) {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs of a schedule must be at least 1, not " + epochs);
        }
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("the factor of a schedule must lie above 0 and at most at 1, not " + factor);
        }
    }

    // In double, one product after another: a library's power differs from machine to machine.
    private static float power(float factor, int times) {
        double power = 1;
        for (int k = 0; k < times; k++) {
            power *= factor;
        }
        return (float) power;
    }
}
