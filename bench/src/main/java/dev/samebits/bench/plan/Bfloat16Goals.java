package dev.samebits.bench.plan;

import dev.samebits.bench.jmh.Workloads;
import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import java.util.ArrayList;
import java.util.List;

/** The goals of networks whose weights are bfloat16 numbers, beside the same networks in float. */
final class Bfloat16Goals {
    private final GoalScope scope;

    Bfloat16Goals(GoalScope scope) {
        this.scope = scope;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(block("2048-2048", "square", 1, Goal.atLeast(1.6)));
        blocks.add(block("784-512-256-10", Workloads.CLASSIFIER, 1, Goal.atLeast(1.3)));
        for (int batch : scope.quick() ? new int[] {8, 256} : new int[] {2, 4, 8, 32, 256}) {
            blocks.add(block("784-512-256-10", Workloads.CLASSIFIER, batch, Goal.atLeast(GoalScope.NOT_SLOWER)));
        }
        return blocks;
    }

    private Block block(String layers, String network, int batch, Goal goal) {
        return Block.of("bf16", new Row(layers + " bf16, batch " + batch, trial(network + Workloads.BFLOAT16, batch),
                trial(network, batch), "float weights", Unit.MICROS, goal));
    }

    private Trial trial(String network, int batch) {
        return scope.own("InferenceBenchmark.predict", GoalScope.network(network, 1, batch));
    }
}
