package dev.samebits.bench.plan;

import dev.samebits.bench.jmh.Workloads;
import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The goals of predictions of whole networks, beside ONNX Runtime and the FMA peak. */
final class NetworkGoals {
    private static final String CLASSIFIER = "784-512-256-10";

    private final GoalScope scope;

    NetworkGoals(GoalScope scope) {
        this.scope = scope;
    }

    List<Block> classifier() {
        List<Block> blocks = new ArrayList<>();
        one(1, Goal.atLeast(1.4), null, blocks);
        one(8, Goal.atLeast(1), 0.75, blocks);
        one(32, Goal.atLeast(1), 0.88, blocks);
        one(256, scope.atLeast(1.03, 1), 0.9, blocks);
        one(4096, scope.atLeast(1.25, 1.2), 0.9, blocks);
        for (int batch : new int[] {1, 8, 32, 256, 4096}) {
            double goal = batch == 1 ? 1.2 : batch == 8 ? 1 : 1.1;
            blocks.add(block("network", CLASSIFIER, Workloads.CLASSIFIER, 2, batch, Goal.atLeast(goal)));
        }
        return blocks;
    }

    // With wide vectors the share of the peak is no goal, but what machines with two FMA units are told apart by.
    private void one(int batch, Goal besidePeer, Double share, List<Block> blocks) {
        Block block = block("network", CLASSIFIER, Workloads.CLASSIFIER, 1, batch, besidePeer);
        blocks.add(share == null ? block : withShare(block, scope.isWide() ? null : Goal.atLeast(share)));
    }

    List<Block> tabular() {
        List<Block> blocks = new ArrayList<>();
        tabular("relu", 1, Goal.atLeast(10), blocks);
        tabular("relu", 8, Goal.atLeast(3), blocks);
        tabular("relu", 64, scope.atLeast(1.3, 1.4), blocks);
        tabular("relu", 1024, Goal.atLeast(1.1), blocks);
        tabular("relu", 65_536, Goal.atLeast(1.5), blocks);
        // Of the two that are one exponential and a division, tanh stands for both in a quick run.
        List<String> activations = scope.quick() ? List.of("tanh", "gelu")
                : List.of("tanh", "logistic", "gelu", "gelu-tanh", "gelu-logistic");
        for (String activation : activations) {
            if (!scope.quick()) {
                tabular(activation, 1, Goal.atLeast(10), blocks);
                tabular(activation, 8, Goal.atLeast(3), blocks);
            }
            tabular(activation, 64, scope.atLeast(1, 1.1), blocks);
            tabular(activation, 1024, scope.atLeast(1, 1.1), blocks);
            if (!scope.quick()) {
                tabular(activation, 65_536, Goal.atLeast(1.4), blocks);
            }
        }
        return blocks;
    }

    private void tabular(String activation, int batch, Goal goal, List<Block> blocks) {
        blocks.add(Block.of("tabular",
                besidePeer("32-64-32-1 " + activation + ", batch " + batch, activation, 1, batch, goal)));
    }

    List<Block> middle() {
        List<Block> blocks = new ArrayList<>();
        middle("429-512-256-64-1", "clicks", blocks);
        middle("1024-4096-1024", "wide", blocks);
        return blocks;
    }

    private void middle(String layers, String network, List<Block> blocks) {
        if (!scope.quick()) {
            blocks.add(block("middle", layers, network, 1, 1, null));
        }
        for (int batch : scope.quick() ? new int[] {32, 256} : new int[] {32, 256, 1024}) {
            blocks.add(withShare(block("middle", layers, network, 1, batch, Goal.atLeast(1)), null));
        }
    }

    private Block block(String group, String layers, String network, int threads, int batch, Goal goal) {
        String name = layers + ", " + GoalScope.threads(threads) + ", batch " + batch;
        return Block.of(group, besidePeer(name, network, threads, batch, goal));
    }

    private Row besidePeer(String name, String network, int threads, int batch, Goal goal) {
        Map<String, String> parameters = GoalScope.network(network, threads, batch);
        return new Row(name, scope.own("InferenceBenchmark.predict", parameters),
                new Trial("peers.OnnxRuntimePeer.predict", parameters), "ONNX Runtime", Unit.MICROS, goal);
    }

    /** The same work as a share of the FMA peak, in turn with it. */
    private Block withShare(Block block, Goal goal) {
        Row row = block.rows().get(0);
        return new Block(block.group(), block.name(),
                List.of(row, new Row(row.name(), row.own(), scope.peak(), "FMA peak", Unit.GFLOPS, goal)));
    }
}
