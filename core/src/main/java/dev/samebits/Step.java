package dev.samebits;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One step of a {@link Network}: an operation on values that come before it, and how wide its own value is. The values of a
 * network have numbers: first its inputs, in their order from 0 on, then its steps. Immutable.
 *
 * @param operation what is done
 * @param operands the numbers of the values that it is done with, in order
 * @param width numbers of a row of its value
 * @since 0.1.0
 */
public record Step(Operation operation, List<Integer> operands, int width) {
    /**
     * The list is copied.
     *
     * @param operation what is done
     * @param operands the numbers of the values that it is done with
     * @param width numbers of a row of its value
     */
    public Step {
        Objects.requireNonNull(operation, "operation");
        operands = List.copyOf(operands);
    }

    /** As in {@code add of 3, 1}. */
    @Override
    public String toString() {
        return operation + operands.stream().map(String::valueOf).collect(Collectors.joining(", ", " of ", ""));
    }
}
