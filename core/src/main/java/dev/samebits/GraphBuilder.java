package dev.samebits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Network} of named inputs, values that are computed from them, and named outputs. Each {@link Value} has
 * methods for what can be made of it:
 *
 * <pre>{@code
 * GraphBuilder g = Network.graph();
 * Value x = g.input("numbers", 13);
 * Value h = x.dense(64, Activation.RELU);
 * Value r = h.dense(64, Activation.RELU).dense(64, Activation.IDENTITY).add(h).activate(Activation.RELU);
 * g.output("policy", r.dense(5, Activation.IDENTITY).softmax());
 * g.output("value", r.dense(1, Activation.IDENTITY));
 * Network network = g.build(42);
 * }</pre>
 *
 * <p>Inputs and outputs are sections of one row each, in the order in which they are named here. Parameters that are not
 * given are drawn from one {@link SplitMix64}, step by step in the order of these calls and row by row, so a seed names one
 * network. A step takes values that exist, so that there are no circles. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class GraphBuilder {
    /** Steps of a network at most. */
    public static final int MOST_STEPS = 8192;
    /** Columns of a value, or of a row, at most. */
    public static final int MOST_COLUMNS = 1 << 24;
    /** Columns of all values together at most, each operand of a step counted again. */
    public static final long MOST_COLUMNS_TOGETHER = 1L << 28;

    private static final int COMPUTED = -1;

    private final List<Value> inputs = new ArrayList<>();
    private final List<Value> steps = new ArrayList<>();
    private final List<Value> outputs = new ArrayList<>();
    private final Set<String> outputNames = new LinkedHashSet<>();
    private final Set<String> inputNames = new HashSet<>();
    private Initializer initializer = Initializer.HE_UNIFORM;
    private float bias;
    private long columns;
    private int inputColumns;

    GraphBuilder() {}

    /** What a step does, perhaps with parameters that are yet to be drawn. */
    interface Recipe {
        Operation operation(@Nullable SplitMix64 random);
    }

    /**
     * Adds an input: the next columns of the row.
     *
     * @param name what it is called, as no other input
     * @param width its columns
     * @return its value
     * @throws IllegalArgumentException if the name is blank or taken, or the width is not positive or too large
     */
    public Value input(String name, int width) {
        Section section = new Section(name, inputColumns, width);
        if (inputNames.contains(name)) {
            throw new IllegalArgumentException("input " + name + ": there is one of this name: take another name");
        }
        count("input " + name, width, inputColumns + (long) width);
        inputColumns += width;
        inputNames.add(name);
        Value value = new Value(this, inputs.size(), section);
        inputs.add(value);
        return value;
    }

    /**
     * Makes a value an output: the next columns of the row that the network gives.
     *
     * @param name what it is called, as no other output
     * @param value of this builder; may be an output under other names, too
     * @return this builder
     * @throws IllegalArgumentException if the name is blank or taken, or the value is another builder's
     */
    public GraphBuilder output(String name, Value value) {
        check(value, "output " + name);
        Section section = new Section(name, 0, value.width());
        if (!outputNames.add(section.name())) {
            throw new IllegalArgumentException("output " + name + ": there is one of this name: take another name");
        }
        outputs.add(value);
        return this;
    }

    /**
     * Says how weights and tables are drawn.
     *
     * @param drawn instead of {@link Initializer#HE_UNIFORM}
     * @return this builder
     */
    public GraphBuilder weights(Initializer drawn) {
        this.initializer = Objects.requireNonNull(drawn, "initializer");
        return this;
    }

    /**
     * Says what every bias starts with that is not given.
     *
     * @param value instead of 0
     * @return this builder
     */
    public GraphBuilder biases(float value) {
        this.bias = value;
        return this;
    }

    /**
     * Adds a step with given parameters, for those who read networks from files; {@link Value} has a method for each.
     *
     * @param operation what is done
     * @param operands values of this builder, in order
     * @return its value
     * @throws IllegalArgumentException if the operation does not take these values, there are too many steps, or columns
     */
    public Value step(Operation operation, List<Value> operands) {
        Objects.requireNonNull(operation, "operation");
        int[] widths = operands.stream().mapToInt(Value::width).toArray();
        String what = what(operation.toString());
        if (operation instanceof Operation.Embed && operands.size() == 1 && operands.get(0).firstColumn() < 0) {
            throw new IllegalArgumentException(what + "its ids are computed: give it an input, or columns of one");
        }
        long width;
        try {
            width = operation.width(widths);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + e.getMessage(), e);
        }
        int first = operation instanceof Operation.Columns columnsOf && operands.get(0).firstColumn() >= 0
                ? operands.get(0).firstColumn() + columnsOf.from() : COMPUTED;
        return add(what, operands, width, first, false, random -> operation);
    }

    /**
     * Values side by side.
     *
     * @param values of this builder, at least one
     * @return as many columns as all of them
     * @throws IllegalArgumentException if there is no value, or one is another builder's
     */
    public Value concat(List<Value> values) {
        return step(new Operation.Concat(), values);
    }

    /** A layer whose parameters are drawn. */
    Value drawn(Value operand, int outputs, int pieces, Activation activation) {
        LayerSpec spec;
        try {
            spec = new LayerSpec(operand.width(), outputs, pieces, activation);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what("layer") + e.getMessage(), e);
        }
        return add(what(spec.toString()), List.of(operand), outputs, COMPUTED, true,
                random -> new Operation.Apply(NetworkBuilder.draw(spec, initializer, bias, random)));
    }

    /** A table whose entries are drawn: as weights of so many inputs and outputs as an entry has numbers. */
    Value drawnTable(Value ids, int entries, int width) {
        String what = what("embedding " + entries + " × " + width);
        try {
            Table.check(entries, width);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + e.getMessage(), e);
        }
        if (ids.firstColumn() < 0) {
            throw new IllegalArgumentException(what + "its ids are computed: give it an input, or columns of one");
        }
        return add(what, List.of(ids), (long) ids.width() * width, COMPUTED, true, random -> {
            Matrix rows = Matrix.zeros(entries, width);
            initializer.fill(rows.data(), width, width, random);
            return new Operation.Embed(Table.of(rows));
        });
    }

    private Value add(
            String what, List<Value> operands, long width, int firstColumn, boolean drawn, Recipe recipe) {
        operands.forEach(operand -> check(operand, what.substring(0, what.length() - 2)));
        if (steps.size() == MOST_STEPS) {
            throw new IllegalArgumentException(what + "a network has at most " + MOST_STEPS + " steps: use fewer");
        }
        long read = operands.stream().mapToLong(Value::width).sum();
        count(what.substring(0, what.length() - 2), read, width);
        Value value = new Value(this, steps.size(), List.copyOf(operands), (int) width, firstColumn, drawn, recipe);
        steps.add(value);
        return value;
    }

    private void count(String what, long read, long width) {
        if (width > MOST_COLUMNS) {
            throw new IllegalArgumentException(what + ": it makes a row of " + width + " columns, and " + MOST_COLUMNS
                    + " are allowed: use narrower values");
        }
        columns += read + width;
        if (columns > MOST_COLUMNS_TOGETHER) {
            throw new IllegalArgumentException(what + ": the values have more than " + MOST_COLUMNS_TOGETHER
                    + " columns together: use fewer, or narrower ones");
        }
    }

    private String what(String operation) {
        return "step " + (steps.size() + 1) + ", " + operation + ": ";
    }

    private void check(Value value, String what) {
        if (value.builder() != this) {
            throw new IllegalArgumentException(what + ": the value is another builder's: take values of one");
        }
    }

    /**
     * Draws the parameters that were not given, and builds the network.
     *
     * @param seed names the draws
     * @return a new network; a chain if it is layers one behind the other, and perhaps softmax
     * @throws IllegalArgumentException if there is no input or output, a value is needed by no output, or a layer is too
     *     large for a Java array
     */
    public Network build(long seed) {
        return build(new SplitMix64(seed));
    }

    /**
     * Builds the network of parameters that were all given.
     *
     * @return a new network, as {@link #build(long)} gives it
     * @throws IllegalArgumentException if there is no input or output, a value is needed by no output, or parameters were
     *     not given
     */
    public Network build() {
        return build(null);
    }

    private Network build(@Nullable SplitMix64 random) {
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new IllegalArgumentException("build: there is no " + (inputs.isEmpty() ? "input" : "output")
                    + ": a network needs at least one");
        }
        long width = outputs.stream().mapToLong(Value::width).sum();
        if (width > MOST_COLUMNS) {
            throw new IllegalArgumentException("build: the outputs have " + width + " columns together, and " + MOST_COLUMNS
                    + " are allowed: use fewer, or narrower ones");
        }
        checkNeeded();
        List<Step> made = new ArrayList<>();
        for (Value value : steps) {
            if (random == null && value.isDrawn()) {
                throw new IllegalArgumentException("build: step " + (value.index() + 1)
                        + " has parameters that are yet to be drawn: give a seed, as in build(42)");
            }
            List<Integer> operands = value.operands().stream().map(this::number).toList();
            made.add(new Step(value.operation(random), operands, value.width()));
        }
        List<Section> sections = new ArrayList<>();
        for (String name : outputNames) {
            sections.add(new Section(name, 0, outputs.get(sections.size()).width()));
        }
        return Network.of(new Graph(inputs.stream().map(Value::section).toList(), made, Graph.inRow(sections),
                outputs.stream().map(this::number).toList()));
    }

    private int number(Value value) {
        return value.isInput() ? value.index() : inputs.size() + value.index();
    }

    // Inputs may be there for nothing but the layout of rows; what is computed for nothing is a mistake.
    private void checkNeeded() {
        boolean[] needed = new boolean[steps.size()];
        outputs.stream().filter(value -> !value.isInput()).forEach(value -> needed[value.index()] = true);
        for (int s = steps.size() - 1; s >= 0; s--) {
            if (!needed[s]) {
                throw new IllegalArgumentException("build: step " + (s + 1) + ", whose value is " + steps.get(s).width()
                        + " wide, is needed by no output: leave it out, or make it one");
            }
            steps.get(s).operands().stream().filter(o -> !o.isInput()).forEach(o -> needed[o.index()] = true);
        }
    }

    static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
