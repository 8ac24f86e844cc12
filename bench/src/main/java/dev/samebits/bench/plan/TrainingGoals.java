package dev.samebits.bench.plan;

import dev.samebits.bench.jmh.Workloads;
import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The goals of a step of gradient descent. */
final class TrainingGoals {
    private final GoalScope scope;

    TrainingGoals(GoalScope scope) {
        this.scope = scope;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int batch : new int[] {1, 64, 256}) {
            Map<String, String> parameters = GoalScope.network(Workloads.CLASSIFIER, 1, batch);
            Trial step = scope.own("TrainingBenchmark.step", parameters);
            Trial eager = new Trial("peers.PyTorchPeer.step", parameters);
            String name = "training step 784-512-256-10, batch " + batch;
            blocks.add(new Block("training", name, List.of(
                    new Row(name, step, eager, "PyTorch eager", Unit.MICROS, batch == 1 ? Goal.atLeast(3) : null),
                    new Row(name, step, scope.peak(), "FMA peak", Unit.GFLOPS, batch == 1 ? null : Goal.atLeast(0.8)))));
        }
        return blocks;
    }
}
