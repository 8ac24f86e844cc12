package dev.samebits.bench.plan;

import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The goals of the activation functions: by time in cache, beside memory out of it. */
final class ActivationGoals {
    private static final int OUT_OF_CACHE = 1 << 24;
    private static final int IN_CACHE = 1 << 12;

    private final GoalScope scope;

    ActivationGoals(GoalScope scope) {
        this.scope = scope;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (String activation : List.of("logistic", "tanh", "gelu", "softplus", "swish")) {
            inCache(activation, "value", scope.atMost(1.3, 0.8), blocks);
        }
        if (!scope.quick()) {
            for (String activation : List.of("gelu-tanh", "gelu-logistic")) {
                inCache(activation, "value", scope.atMost(1.3, 0.8), blocks);
            }
            for (String activation : List.of("logistic", "tanh", "gelu", "gelu-tanh", "gelu-logistic", "softplus",
                    "swish")) {
                inCache(activation, "gradient", scope.atMost(1.3, 1), blocks);
            }
        }
        outOfCache(blocks);
        return blocks;
    }

    private void inCache(String activation, String method, Goal goal, List<Block> blocks) {
        blocks.add(Block.of("activations", new Row(activation + " " + method + ", in cache",
                trial(activation, method, IN_CACHE), null, "", Unit.NANOS_PER_ELEMENT, goal)));
    }

    // Memory-bound: within a tenth of a loop that moves as much and computes next to nothing.
    private void outOfCache(List<Block> blocks) {
        Map<String, String> elements = Map.of("elements", String.valueOf(OUT_OF_CACHE));
        for (String activation : scope.quick() ? List.of("gelu")
                : List.of("logistic", "tanh", "gelu", "softplus", "swish")) {
            for (String method : scope.quick() ? List.of("value") : List.of("value", "gradient")) {
                Trial memory =
                        new Trial(method.equals("value") ? "MemoryBenchmark.scale" : "MemoryBenchmark.multiply", elements);
                blocks.add(Block.of("activations", new Row(activation + " " + method + ", out of cache",
                        trial(activation, method, OUT_OF_CACHE), memory, "memory", Unit.NANOS_PER_ELEMENT,
                        Goal.atLeast(0.9))));
            }
        }
    }

    private Trial trial(String activation, String method, int elements) {
        return scope.own("ActivationBenchmark." + method,
                Map.of("activation", activation, "elements", String.valueOf(elements)));
    }
}
