package dev.samebits.bench.plan;

import dev.samebits.bench.jmh.GraphNetworks;
import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The goals of networks that are graphs of steps, beside ONNX Runtime, and that their calls leave no garbage. */
final class GraphGoals {
    private static final int[] BATCHES = {1, 64, 1024};
    private static final int[] QUICK_BATCHES = {64};
    private static final List<String> QUICK = List.of("deepfm");

    private final GoalScope scope;

    GraphGoals(GoalScope scope) {
        this.scope = scope;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (String kind : scope.quick() ? QUICK : GraphNetworks.NAMES) {
            for (int batch : scope.quick() ? QUICK_BATCHES : BATCHES) {
                Map<String, String> parameters = GoalScope.network(kind, 1, batch);
                Trial own = scope.own("InferenceBenchmark.predict", parameters);
                blocks.add(Block.of("graphs", new Row("graph " + kind + ", batch " + batch, own,
                        new Trial("peers.OnnxRuntimePeer.predict", parameters), "ONNX Runtime", Unit.MICROS,
                        Goal.atLeast(batch == 1 ? 3 : 1))));
            }
        }
        return blocks;
    }

    /** The bytes of a call of 64 rows. */
    List<Block> allocation() {
        List<Block> blocks = new ArrayList<>();
        for (String kind : scope.quick() ? List.<String>of() : GraphNetworks.NAMES) {
            Trial own = scope.own("InferenceBenchmark.predict", GoalScope.network(kind, 1, 64));
            blocks.add(Block.of(Goals.ALLOCATION, new Row("graph " + kind + ", bytes a call", own, null, "", Unit.BYTES,
                    Goal.atMost(ResourceGoals.SMALLEST_OBJECT_BYTES - 1))));
        }
        return blocks;
    }
}
