package dev.samebits.bench.plan;

import dev.samebits.bench.jmh.Vectors;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is wanted, as rows in groups. */
public final class Goals {
    /** The group whose rows are bytes of a call. */
    static final String ALLOCATION = "allocation";

    /** The groups, in the order in which they are measured. */
    public static final List<String> GROUPS = List.of("affine", "network", "tabular", "middle", "graphs", "bf16", "odd",
            "kernels", "training", "activations", ALLOCATION, "memory", "start");

    private final GoalScope scope;

    /**
     * @param quick fewer shapes and functions
     * @param backend what is measured
     * @param cores of the machine
     * @param vectors that are measured: the FMA peak is of them, and some goals depend on their width
     */
    public Goals(boolean quick, String backend, int cores, Vectors vectors) {
        scope = new GoalScope(quick, backend, cores, vectors);
    }

    /** Every block. */
    public List<Block> blocks() {
        return GROUPS.stream().flatMap(group -> group(group).stream()).toList();
    }

    private List<Block> group(String group) {
        return switch (group) {
            case "affine" -> new ProductGoals(scope).affine();
            case "network" -> new NetworkGoals(scope).classifier();
            case "tabular" -> new NetworkGoals(scope).tabular();
            case "middle" -> new NetworkGoals(scope).middle();
            case "graphs" -> new GraphGoals(scope).blocks();
            case "bf16" -> new Bfloat16Goals(scope).blocks();
            case "odd" -> new ProductGoals(scope).odd();
            case "kernels" -> new KernelGoals(scope).blocks();
            case "training" -> new TrainingGoals(scope).blocks();
            case "activations" -> new ActivationGoals(scope).blocks();
            case ALLOCATION -> Stream.concat(new ResourceGoals(scope).allocation().stream(),
                    new GraphGoals(scope).allocation().stream()).toList();
            case "memory" -> new ResourceGoals(scope).memory();
            case "start" -> new ResourceGoals(scope).start();
            default -> throw new IllegalArgumentException("no group is called '" + group + "'");
        };
    }

    /**
     * Some blocks, with those of their rows that were asked for.
     *
     * @param only groups, or parts of rows' names
     * @param available what can be measured; a row that is compared with something else is left out
     * @throws IllegalArgumentException if one of them names nothing
     */
    public List<Block> blocks(List<String> only, Predicate<Trial> available) {
        List<Block> all = blocks();
        only.stream().filter(word -> all.stream().noneMatch(block -> block.rows().stream().anyMatch(named(block, word))))
                .findFirst().ifPresent(word -> {
                    throw new IllegalArgumentException("no group or row of the goals is called '" + word
                            + "': the groups are " + GROUPS + (scope.quick() ? "; --full has more rows" : ""));
                });
        return all.stream()
                .map(block -> new Block(block.group(), block.name(), block.rows().stream()
                        .filter(row -> only.stream().anyMatch(word -> named(block, word).test(row)))
                        .filter(row -> row.yardstick() == null || available.test(row.yardstick())).toList()))
                .filter(block -> !block.rows().isEmpty()).toList();
    }

    private static Predicate<Row> named(Block block, String word) {
        return row -> block.group().equals(word) || !GROUPS.contains(word) && row.name().contains(word);
    }
}
