package dev.samebits.bench.plan;

import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The goals of {@code LayerKernels} by itself, with weights as they lie: one sample, and a few rows. */
final class KernelGoals {
    private static final int INPUTS = 784;
    private static final int MOST_ROWS = 8;

    private final GoalScope scope;

    KernelGoals(GoalScope scope) {
        this.scope = scope;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int outputs : new int[] {128, 512}) {
            sample("matvec", "matvec", outputs, blocks);
            sample("back-propagation", "backpropagate", outputs, blocks);
            sample("outer product", "outerProductGradient", outputs, blocks);
        }
        blocks.add(fewerRows());
        return blocks;
    }

    private void sample(String name, String method, int outputs, List<Block> blocks) {
        Map<String, String> parameters = Map.of("batch", "1", "inputs", String.valueOf(INPUTS), "outputs",
                String.valueOf(outputs));
        blocks.add(Block.of("kernels", new Row("unpacked " + name + " of one sample, " + outputs + "×" + INPUTS,
                scope.own("KernelBenchmark." + method, parameters),
                new Trial("peers.VectorBlasKernelPeer." + method, new TreeMap<>(parameters)), "VectorBLAS", Unit.MICROS,
                Goal.atLeast(1))));
    }

    /** Each number of rows beside one more: in turn, so that they are one block. */
    private Block fewerRows() {
        List<Row> rows = new ArrayList<>();
        for (int n = 1; n < MOST_ROWS; n++) {
            rows.add(new Row("unpacked affine of " + n + (n == 1 ? " row, " : " rows, ") + "512×" + INPUTS,
                    affine(n), affine(n + 1), (n + 1) + " rows", Unit.MICROS, Goal.atLeast(GoalScope.NOT_SLOWER)));
        }
        return new Block("kernels", "unpacked affine of 1 to " + MOST_ROWS + " rows", rows);
    }

    private Trial affine(int batch) {
        return scope.affine("kernel", 1, batch, INPUTS, 512);
    }
}
