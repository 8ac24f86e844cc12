package dev.samebits.bench.plan;

import dev.samebits.bench.jmh.Workloads;
import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The goals of what a session takes besides its time: garbage, memory, and the slow first rows of a JVM. */
final class ResourceGoals {
    // No object is smaller, so a call that makes one shows it.
    static final double SMALLEST_OBJECT_BYTES = 16;

    private final GoalScope scope;

    ResourceGoals(GoalScope scope) {
        this.scope = scope;
    }

    List<Block> allocation() {
        List<Block> blocks = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            for (int batch : scope.quick() ? new int[] {64} : new int[] {1, 8, 64}) {
                Map<String, String> parameters = GoalScope.network(Workloads.CLASSIFIER, threads, batch);
                for (String method : List.of("InferenceBenchmark.predict", "TrainingBenchmark.step")) {
                    String name = (method.startsWith("Inference") ? "inference" : "training step") + ", "
                            + GoalScope.threads(threads) + ", batch " + batch + ", bytes a call";
                    blocks.add(Block.of(Goals.ALLOCATION, new Row(name, scope.own(method, parameters), null, "", Unit.BYTES,
                            Goal.atMost(SMALLEST_OBJECT_BYTES - 1))));
                }
            }
        }
        return blocks;
    }

    // A network that is small beside a session's buffers, and one that is large.
    List<Block> memory() {
        List<Block> blocks = new ArrayList<>();
        Map<String, String> networks = new TreeMap<>(Map.of("784-512-256-10", Workloads.CLASSIFIER,
                "2048-4096-4096-1000", "large"));
        networks.forEach((layers, network) -> {
            for (int threads = 1; threads <= 2; threads++) {
                Trial trial = scope.own("SessionMemoryBenchmark.openAndPredict", GoalScope.network(network, threads, 256));
                String name = layers + ", " + GoalScope.threads(threads);
                blocks.add(new Block("memory", "memory, " + name, List.of(
                        new Row(name + ": open session and network", trial, null, "the weights", Unit.MEGABYTES_HELD,
                                Goal.atMost(2.2)),
                        new Row(name + ": peak while opening", trial, null, "the weights", Unit.MEGABYTES_OPENING,
                                Goal.atMost(3.2)))));
            }
        });
        return blocks;
    }

    /** A program that ends soon must not lose by having the faster backend, or must be able to warm it up. */
    List<Block> start() {
        Trial scalar = GoalScope.on("scalar", "ColdStartBenchmark.last", Map.of("warmUp", "no"));
        List<Row> rows = new ArrayList<>();
        for (String warmUp : List.of("no", "yes")) {
            rows.add(new Row("32-64-32-1 relu, first 1,000 rows of a JVM" + (warmUp.equals("yes") ? ", warmed up" : ""),
                    scope.own("ColdStartBenchmark.last", Map.of("warmUp", warmUp)), scalar, "scalar, not warmed up",
                    Unit.MILLIS_AT_FIRST, Goal.atMost(2)));
        }
        return List.of(new Block("start", "first rows of a JVM", rows));
    }
}
