package dev.samebits.bench.plan;

import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The goals of one affine layer with packed weights: a large one, and those whose sizes fill no tile. */
final class ProductGoals {
    private final GoalScope scope;

    ProductGoals(GoalScope scope) {
        this.scope = scope;
    }

    List<Block> affine() {
        Trial one = scope.affine("session", 1, 4096, 1024, 1024);
        int cores = scope.cores();
        Trial all = scope.affine("session", cores, 4096, 1024, 1024);
        String shape = "affine 4096×1024×1024, ";
        List<Block> blocks = new ArrayList<>(List.of(new Block("affine", "affine, 1 thread", List.of(
                new Row(shape + "1 thread", one, scope.peak(), "FMA peak", Unit.GFLOPS, scope.atLeast(0.93, 0.92)),
                new Row(shape + "1 thread", one, openBlas(one), "OpenBLAS", Unit.GFLOPS, Goal.atLeast(1.05))))));
        if (cores > 1) {
            blocks.add(new Block("affine", "affine, all cores", List.of(
                    new Row(shape + cores + " threads", all, one, "itself, 1 thread", Unit.GFLOPS,
                            Goal.atLeast(0.95 * cores)),
                    new Row(shape + cores + " threads", all, openBlas(all), "OpenBLAS", Unit.GFLOPS, null))));
        }
        return blocks;
    }

    private static Trial openBlas(Trial own) {
        Map<String, String> parameters = new HashMap<>(own.parameters());
        parameters.remove("backend");
        return new Trial("peers.OpenBlasPeer.affine", Map.copyOf(parameters));
    }

    // Speed is calls per second, against the shape a caller would have who padded each width and the batch himself.
    List<Block> odd() {
        List<Block> blocks = new ArrayList<>();
        int[] widths = scope.quick() ? new int[] {33, 257, 1031} : new int[] {33, 100, 257, 1000, 1031};
        int[] batches = {3, 7, 17};
        for (int w = 0; w < widths.length; w++) {
            for (int b = 0; b < batches.length; b++) {
                if (!scope.quick() || b == w) {
                    int padded = up(widths[w], 16);
                    int rows = up(batches[b], 4);
                    blocks.add(Block.of("odd", new Row("affine " + batches[b] + "×" + widths[w] + "×" + widths[w],
                            scope.affine("session", 1, batches[b], widths[w], widths[w]),
                            scope.affine("session", 1, rows, padded, padded), rows + "×" + padded + "×" + padded,
                            Unit.MICROS, Goal.atLeast(0.8))));
                }
            }
        }
        return blocks;
    }

    /** The next multiple. */
    static int up(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
