package dev.samebits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The structure of a network: inputs, steps in an order in which they run, and which values are outputs. Immutable. Who
 * makes one has checked it: operands come before their step, widths fit.
 *
 * @param inputs sections of the input row
 * @param steps that make a value each, numbered behind the inputs
 * @param outputs sections of the output row
 * @param values the number of each output's value
 */
record Graph(List<Section> inputs, List<Step> steps, List<Section> outputs, List<Integer> values) {
    Graph {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
        values = List.copyOf(values);
    }

    /** Layers one behind the other, which fit, and what follows them. */
    static Graph chain(List<Layer> layers, Output output) {
        List<Step> steps = new ArrayList<>();
        for (Layer layer : layers) {
            steps.add(new Step(new Operation.Apply(layer), List.of(steps.size()), layer.outputs()));
        }
        int width = layers.get(layers.size() - 1).outputs();
        if (output != Output.IDENTITY) {
            steps.add(new Step(new Operation.Softmax(output), List.of(steps.size()), width));
        }
        return new Graph(List.of(new Section("input", 0, layers.get(0).inputs())), steps,
                List.of(new Section("output", 0, width)), List.of(steps.size()));
    }

    /** Whether it is layers one behind the other, and perhaps softmax. */
    boolean isChain() {
        if (inputs.size() != 1 || outputs.size() != 1 || values.get(0) != steps.size() || layers().isEmpty()) {
            return false;
        }
        for (int s = 0; s < steps.size(); s++) {
            Operation operation = steps.get(s).operation();
            boolean fits = operation instanceof Operation.Apply
                    || operation instanceof Operation.Softmax && s == steps.size() - 1;
            if (!fits || steps.get(s).operands().get(0) != s) {
                return false;
            }
        }
        return true;
    }

    /** The softmax that makes the only output. */
    Output output() {
        boolean one = outputs.size() == 1 && values.get(0) >= inputs.size();
        return one && stepOf(values.get(0)).operation() instanceof Operation.Softmax last ? last.output() : Output.IDENTITY;
    }

    /** The same with softmax where log-softmax makes the only output. */
    Graph withProbabilities() {
        List<Step> all = new ArrayList<>(steps);
        Step last = stepOf(values.get(0));
        all.add(new Step(new Operation.Softmax(Output.SOFTMAX), last.operands(), last.width()));
        // What nothing needs any longer is left out.
        return new Graph(inputs, all, outputs, List.of(inputs.size() + steps.size())).select(List.of(0));
    }

    List<Layer> layers() {
        return steps.stream()
                .filter(step -> step.operation() instanceof Operation.Apply)
                .map(step -> ((Operation.Apply) step.operation()).layer())
                .toList();
    }

    /** The same with other layers of the same shapes. */
    Graph withLayers(List<Layer> layers) {
        List<Step> changed = new ArrayList<>();
        int next = 0;
        for (Step step : steps) {
            changed.add(step.operation() instanceof Operation.Apply
                    ? new Step(new Operation.Apply(layers.get(next++)), step.operands(), step.width()) : step);
        }
        return new Graph(inputs, changed, outputs, values);
    }

    /** The same with other operations of the same shapes. */
    Graph withOperations(List<Operation> operations) {
        if (operations.size() != steps.size()) {
            throw new IllegalArgumentException(
                    "there are " + operations.size() + " operations for " + steps.size() + " steps: give one for each");
        }
        List<Step> changed = new ArrayList<>();
        for (int s = 0; s < steps.size(); s++) {
            Step step = steps.get(s);
            Operation operation = operations.get(s);
            long width = operation.width(step.operands().stream().mapToInt(this::widthOf).toArray());
            if (width != step.width() || !operation.label().equals(step.operation().label())) {
                throw new IllegalArgumentException("step " + (s + 1) + " is " + step.operation() + " and " + step.width()
                        + " wide: " + operation + " cannot take its place");
            }
            changed.add(new Step(operation, step.operands(), step.width()));
        }
        return new Graph(inputs, changed, outputs, values);
    }

    /** What losses of these values read, under these names. */
    Graph reading(List<String> names, List<Integer> of, List<Loss> losses) {
        List<Step> all = new ArrayList<>(steps);
        List<Section> sections = new ArrayList<>();
        List<Integer> read = new ArrayList<>();
        for (int t = 0; t < of.size(); t++) {
            int value = of.get(t);
            if (losses.get(t) != Loss.SQUARED_ERROR) {
                Step step = stepOf(value);
                if (step.operation() instanceof Operation.Apply apply) {
                    all.add(new Step(new Operation.Apply(apply.layer().netInput()), step.operands(), step.width()));
                    value = inputs.size() + all.size() - 1;
                } else {
                    value = step.operands().get(0);
                }
            }
            sections.add(new Section(names.get(t), 0, widthOf(of.get(t))));
            read.add(value);
        }
        return new Graph(inputs, all, inRow(sections), read).withoutUnneeded();
    }

    // Inputs stay, so that rows do.
    private Graph withoutUnneeded() {
        boolean[] needed = needed();
        int[] number = new int[needed.length];
        List<Step> kept = new ArrayList<>();
        for (int value = 0; value < needed.length; value++) {
            number[value] = value < inputs.size() ? value : inputs.size() + kept.size();
            if (needed[value] && value >= inputs.size()) {
                Step step = stepOf(value);
                kept.add(new Step(step.operation(), step.operands().stream().map(o -> number[o]).toList(), step.width()));
            }
        }
        return new Graph(inputs, kept, outputs, values.stream().map(v -> number[v]).toList());
    }

    /** The same with a step between its only input and all that takes it. */
    Graph withFirst(Operation operation) {
        int width = Math.toIntExact(operation.width(inputs.get(0).width()));
        List<Step> changed = new ArrayList<>();
        changed.add(new Step(operation, List.of(0), width));
        for (Step step : steps) {
            changed.add(new Step(step.operation(), step.operands().stream().map(o -> o + 1).toList(), step.width()));
        }
        return new Graph(inputs, changed, outputs, values.stream().map(v -> v + 1).toList());
    }

    /** The same with a step behind its only output. */
    Graph withLast(Operation operation) {
        int width = Math.toIntExact(operation.width(outputs.get(0).width()));
        List<Step> changed = new ArrayList<>(steps);
        changed.add(new Step(operation, values, width));
        return new Graph(inputs, changed, outputs, List.of(inputs.size() + steps.size()));
    }

    int widthOf(int value) {
        return value < inputs.size() ? inputs.get(value).width() : steps.get(value - inputs.size()).width();
    }

    /** The step that makes a value, which is no input. */
    Step stepOf(int value) {
        return steps.get(value - inputs.size());
    }

    /** Of which values an output is made. */
    boolean[] needed() {
        boolean[] needed = new boolean[inputs.size() + steps.size()];
        values.forEach(value -> needed[value] = true);
        for (int value = needed.length - 1; value >= inputs.size(); value--) {
            if (needed[value]) {
                stepOf(value).operands().forEach(operand -> needed[operand] = true);
            }
        }
        return needed;
    }

    /** Some of the outputs, in the order of these numbers, with the inputs and steps that they need. */
    Graph select(List<Integer> chosen) {
        Graph all = new Graph(inputs, steps, inRow(chosen.stream().map(outputs::get).toList()),
                chosen.stream().map(values::get).toList());
        boolean[] needed = all.needed();
        int[] number = new int[needed.length];
        List<Section> keptInputs = new ArrayList<>();
        List<Step> keptSteps = new ArrayList<>();
        for (int value = 0; value < needed.length; value++) {
            number[value] = keptInputs.size() + keptSteps.size();
            if (needed[value] && value < inputs.size()) {
                keptInputs.add(inputs.get(value));
            } else if (needed[value]) {
                Step step = stepOf(value);
                keptSteps.add(new Step(step.operation(), step.operands().stream().map(o -> number[o]).toList(),
                        step.width()));
            }
        }
        return new Graph(inRow(keptInputs), keptSteps, all.outputs, all.values.stream().map(v -> number[v]).toList());
    }

    /** These sections, one behind the other from column 0 on. */
    static List<Section> inRow(List<Section> sections) {
        List<Section> moved = new ArrayList<>();
        int from = 0;
        for (Section section : sections) {
            moved.add(new Section(section.name(), from, section.width()));
            from += section.width();
        }
        return moved;
    }

    /** The columns that hold ids, in the order of the row. */
    List<IdColumn> idColumns() {
        Map<Integer, IdColumn> columns = new TreeMap<>(Comparator.naturalOrder());
        for (Step step : steps) {
            if (step.operation() instanceof Operation.Embed embed) {
                int from = position(step.operands().get(0));
                for (int position = from; position < from + widthOf(step.operands().get(0)); position++) {
                    columns.merge(position, idColumn(position, embed.table().entries()),
                            (one, other) -> one.entries() < other.entries() ? one : other);
                }
            }
        }
        return List.copyOf(columns.values());
    }

    // Where in the row a value begins that is an input or columns of one.
    private int position(int value) {
        if (value < inputs.size()) {
            return inputs.get(value).from();
        }
        Step step = stepOf(value);
        return ((Operation.Columns) step.operation()).from() + position(step.operands().get(0));
    }

    private IdColumn idColumn(int position, int entries) {
        Section input = inputs.stream().filter(s -> position < s.from() + s.width()).findFirst().orElseThrow();
        return new IdColumn(input.name(), position - input.from(), position, entries);
    }

    /** One line: what goes in, how many steps there are, what comes out. */
    String inOneLine() {
        int layers = layers().size();
        return join(inputs, Section::toString, " + ") + " → " + steps.size() + (steps.size() == 1 ? " step" : " steps")
                + (layers == 0 ? "" : ", " + layers + " of them " + (layers == 1 ? "a layer" : "layers")) + " → "
                + join(outputs, Section::toString, " + ");
    }

    private static <T> String join(List<T> parts, Function<T, String> text, String between) {
        return String.join(between, parts.stream().map(text).toList());
    }

    /** A line for the inputs, one for each step, one for each output. */
    String inLines() {
        StringBuilder lines = new StringBuilder("inputs " + join(inputs, Section::toString, ", ") + "\n");
        for (int s = 0; s < steps.size(); s++) {
            Step step = steps.get(s);
            lines.append(s + 1).append(": ").append(step.operation()).append(" of ")
                    .append(join(step.operands(), this::nameOf, ", ")).append(" → ").append(step.width()).append('\n');
        }
        for (int o = 0; o < outputs.size(); o++) {
            lines.append("output ").append(outputs.get(o)).append(" is ").append(nameOf(values.get(o))).append('\n');
        }
        return lines.toString();
    }

    private String nameOf(int value) {
        return value < inputs.size() ? inputs.get(value).name() : String.valueOf(value - inputs.size() + 1);
    }
}
