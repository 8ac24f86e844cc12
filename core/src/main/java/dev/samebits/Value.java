package dev.samebits;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value in a network that is being built: an input, or what a step makes of others, {@code [batch × width]}. Its methods
 * add one step each, and give that step's value; {@link GraphBuilder} shows them at work. docs/arithmetic.md defines each to
 * the bit. All of them throw {@link IllegalArgumentException}, naming the step and the widths, if they do not take what they
 * get, or it belongs to another builder.
 *
 * @since 0.1.0
 */
public final class Value extends RowSteps {
    private final GraphBuilder builder;
    private final int index;
    private final int width;
    private final List<Value> operands;
    private final @Nullable Section section;
    private final boolean drawn;
    private final GraphBuilder.@Nullable Recipe recipe;
    // Of an input, which of its columns it begins with; −1 if it is computed.
    private final int firstColumn;

    Value(GraphBuilder builder, int index, Section section) {
        this.builder = builder;
        this.index = index;
        this.width = section.width();
        this.operands = List.of();
        this.section = section;
        this.drawn = false;
        this.recipe = null;
        this.firstColumn = 0;
    }

    Value(GraphBuilder builder, int index, List<Value> operands, int width, int firstColumn, boolean drawn,
            GraphBuilder.Recipe recipe) {
        this.builder = builder;
        this.index = index;
        this.width = width;
        this.operands = operands;
        this.section = null;
        this.drawn = drawn;
        this.recipe = recipe;
        this.firstColumn = firstColumn;
    }

    @Override
    GraphBuilder builder() {
        return builder;
    }

    /** Its place among the builder's inputs, or among its steps. */
    int index() {
        return index;
    }

    List<Value> operands() {
        return operands;
    }

    boolean isInput() {
        return section != null;
    }

    Section section() {
        return Objects.requireNonNull(section);
    }

    boolean isDrawn() {
        return drawn;
    }

    int firstColumn() {
        return firstColumn;
    }

    Operation operation(@Nullable SplitMix64 random) {
        return recipe.operation(random);
    }

    @Override
    Value self() {
        return this;
    }

    @Override
    Value step(Operation operation, Value... others) {
        List<Value> all = new ArrayList<>(List.of(this));
        all.addAll(List.of(others));
        return builder.step(operation, all);
    }

    @Override
    public int width() {
        return width;
    }

    /** Its place and its width, as in {@code step 3, 64 wide}. */
    @Override
    public String toString() {
        return (section != null ? "input " + section.name() : "step " + (index + 1)) + ", " + width + " wide";
    }
}
