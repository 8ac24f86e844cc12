package dev.samebits;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the state of a {@link TrainingSession} passes through, in one direction or the other: a session names each array and
 * each number that it keeps from step to step, in one method for both, so that nothing can be saved without being restored.
 * Names must be those that other backends use for the same thing: {@link #parameters} has them. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class StateExchange {
    private final @Nullable TrainingState given;
    private final Map<String, float[]> floats = new LinkedHashMap<>();
    private final Map<String, Long> numbers = new LinkedHashMap<>();

    private StateExchange(@Nullable TrainingState given) {
        this.given = given;
    }

    /** {@return an exchange that takes what the session has} */
    public static StateExchange saving() {
        return new StateExchange(null);
    }

    /**
     * An exchange that gives the session a state.
     *
     * @param state that {@linkplain TrainingState#checkFits fits}
     * @return the exchange
     */
    public static StateExchange restoring(TrainingState state) {
        return new StateExchange(state);
    }

    /** {@return whether the session is given what it names, and so must put it back to where it was taken from} */
    public boolean restores() {
        return given != null;
    }

    /**
     * The name of parameters of a step, or of what an optimizer remembers of them.
     *
     * @param step its number in {@link Network#steps}, from 0; of a chain that of the layer
     * @param what {@code weights}, {@code bias} or {@code slopes}
     * @param moment empty for the parameters, {@code m} or {@code v} for what the optimizer remembers
     * @return such as {@code step 1 weights m}
     */
    public static String parameters(int step, String what, String moment) {
        return "step " + (step + 1) + " " + what + (moment.isEmpty() ? "" : " " + moment);
    }

    /**
     * An array, all of it.
     *
     * @param name no other array of the session has it
     * @param values saved, or replaced by what was saved
     */
    public void floats(String name, float[] values) {
        if (given == null) {
            if (floats.put(name, values.clone()) != null) {
                throw new IllegalArgumentException("state: there are two arrays " + name + ": give each its own name");
            }
            return;
        }
        System.arraycopy(given.floats().get(name), 0, values, 0, values.length);
    }

    /**
     * A whole number.
     *
     * @param name no other number of the session has it
     * @param present as it is now
     * @return as it is to be: the present one, or the one that was saved
     */
    public long number(String name, long present) {
        if (given == null) {
            if (numbers.put(name, present) != null) {
                throw new IllegalArgumentException("state: there are two numbers " + name + ": give each its own name");
            }
            return present;
        }
        return given.numbers().get(name);
    }

    /**
     * A number with a fraction, by its bits.
     *
     * @param name no other number of the session has it
     * @param present as it is now
     * @return as it is to be
     */
    public double number(String name, double present) {
        return Double.longBitsToDouble(number(name, Double.doubleToRawLongBits(present)));
    }

    /** {@return what was saved} */
    public TrainingState state() {
        return given != null ? given : new TrainingState(floats, numbers);
    }
}
