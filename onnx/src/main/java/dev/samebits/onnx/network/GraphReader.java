package dev.samebits.onnx.network;

import dev.samebits.GraphBuilder;
import dev.samebits.Network;
import dev.samebits.Value;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.graph.ValueInfo;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a simplified graph with branches: each value that is needed becomes steps of the values that it is made of, and what
 * has but one user is done with that. No path is walked twice, whatever the fan-out. One use each.
 */
public final class GraphReader {
    /** Steps that wait for those behind them. */
    private record Run(String x, List<Step> steps, Node node) {}

    private final Graph graph;
    private final GraphBuilder builder = Network.graph();
    /** From the last to the first. */
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    /** Values that one part alone takes, which is of steps. */
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();

    private GraphReader(Graph graph) {
        this.graph = graph;
    }

    /**
     * Makes a network of what gives some values.
     *
     * @param inputs those that they are made of, in the order of the row
     * @param outputs the values, by the names of the outputs that they become
     * @throws Refusal naming the operator that is not read, and why
     */
    public static Network read(Graph graph, List<ValueInfo> inputs, Map<String, String> outputs) throws Refusal {
        return new GraphReader(graph).read(inputs, outputs);
    }

    private Network read(List<ValueInfo> inputs, Map<String, String> outputs) throws Refusal {
        for (String value : outputs.values()) {
            uses.merge(graph.resolve(value), 2, Integer::sum);
        }
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            for (String output : node.outputs()) {
                if (uses.containsKey(output) && graph.constant(output) == null) {
                    take(output, Parts.of(graph, node, output));
                }
            }
        }
        if (parts.isEmpty()) {
            throw NetworkReader.noLayer(outputs.values().iterator().next());
        }
        Names called = new Names();
        for (ValueInfo input : inputs) {
            values.put(input.name(), input(called.of(input.name()), input));
        }
        List<String> order = new ArrayList<>(parts.keySet());
        for (int i = order.size() - 1; i >= 0; i--) {
            emit(order.get(i), parts.remove(order.get(i)));
        }
        try {
            Names names = new Names();
            for (Map.Entry<String, String> output : outputs.entrySet()) {
                builder.output(names.of(output.getKey()), value(output.getValue()));
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new Refusal("graph", e.getMessage(), e);
        }
    }

    private void take(String value, Part part) {
        parts.put(value, part);
        for (String operand : part.operands()) {
            String name = graph.resolve(operand);
            if (uses.merge(name, 1, Integer::sum) == 1 && part.maker() == null) {
                waiting.add(name);
            } else {
                waiting.remove(name);
            }
        }
    }

    private Value input(String name, ValueInfo input) throws Refusal {
        long width = graph.columns(input.name());
        if (width == Shape.UNKNOWN) {
            // What takes it may tell.
            width = parts.values().stream()
                    .filter(part -> part.maker() == null && graph.isSame(part.operands().get(0), input.name()))
                    .map(part -> part.steps().isEmpty() ? null : part.steps().get(0))
                    .filter(Step.Affine.class::isInstance)
                    .mapToLong(step -> ((Step.Affine) step).inputs()).findFirst().orElse(width);
        }
        if (width < 1) {
            throw new Refusal("input " + Refusal.quote(input.name()), "its number of columns is not known: export the model"
                    + " with a fixed number of columns");
        }
        try {
            return builder.input(name, Math.toIntExact(width));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Refusal("input " + Refusal.quote(input.name()), e.getMessage(), e);
        }
    }

    private void emit(String value, Part part) throws Refusal {
        Emitter emitter = new Emitter(graph, builder, part.node());
        if (part.maker() != null) {
            List<Value> operands = new ArrayList<>();
            for (String operand : part.operands()) {
                operands.add(value(operand));
            }
            values.put(value, part.maker().make(emitter, operands));
            return;
        }
        Run before = runs.remove(graph.resolve(part.operands().get(0)));
        Run run = new Run(before == null ? part.operands().get(0) : before.x,
                before == null ? new ArrayList<>() : before.steps, part.node());
        run.steps.addAll(part.steps());
        if (waiting.contains(value)) {
            runs.put(value, run);
        } else {
            values.put(value, RunEmitter.emit(emitter, value(run.x), run.steps, part.node()));
        }
    }

    private Value value(String name) {
        Value value = values.get(graph.resolve(name));
        if (value == null) {
            throw new AssertionError("the value " + Refusal.quote(name) + " is needed and was not made");
        }
        return value;
    }

    /** Names of sections, as the file has them, but not blank, and no two the same. */
    private static final class Names {
        private final Set<String> taken = new HashSet<>();

        String of(String name) {
            String clean = Refusal.name(name);
            String free = clean.isBlank() ? "_" : clean;
            while (!taken.add(free)) {
                free += "_";
            }
            return free;
        }
    }
}
