package dev.samebits.cli.train;

import dev.samebits.SplitMix64;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.text.Decimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** What {@code search} chooses among, and how many of it it tries: the options for layers, rates, decays, dropout. */
final class SearchSpace {
    private static final int USUAL = 20;

    @Option(
            names = "--layers",
            paramLabel = "N,N/N",
            defaultValue = "32/64/128/128,64",
            description = "Hidden layers to try, as train has them, with '/' between (default: ${DEFAULT-VALUE}).")
    private String layers;

    @Option(
            names = "--learning-rates",
            paramLabel = "X,X",
            defaultValue = "0.0003,0.001,0.003,0.01",
            description = "Learning rates to try (default: ${DEFAULT-VALUE}).")
    private String rates;

    @Option(
            names = "--weight-decays",
            paramLabel = "X,X",
            defaultValue = "0,0.01,0.1,1",
            description = "Weight decays to try (default: ${DEFAULT-VALUE}).")
    private String decays;

    @Option(
            names = "--dropouts",
            paramLabel = "P,P",
            defaultValue = "0,0.2",
            description = "Parts of the hidden layers' activations to drop (default: ${DEFAULT-VALUE}).")
    private String dropouts;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "How many combinations to try, drawn by seed, none twice. Default: 20.")
    private Integer trials;

    @Option(names = "--grid", description = "Try every combination.")
    private boolean grid;

    /** Refuses what makes no sense, before any data is read. */
    void check() {
        all();
        if (trials != null && grid) {
            throw new Problem("a grid has all combinations", "--trials", "leave out one of --trials and --grid");
        }
        if (trials != null && trials < 1) {
            throw new Problem("trials must be at least 1, not " + trials, "--trials", "leave it out for " + USUAL);
        }
    }

    private List<Trial> all() {
        List<Trial> all = new ArrayList<>();
        for (String each : layers.split("/", -1)) {
            new Architecture(each.strip()).check();
            for (float rate : numbers("--learning-rates", rates, x -> x > 0, "above 0, such as 0.001")) {
                for (float decay : numbers("--weight-decays", decays, x -> x >= 0, "0 or above, such as 0.1")) {
                    for (float dropout : numbers("--dropouts", dropouts, x -> x >= 0 && x < 1, "from 0 to below 1")) {
                        // Without hidden layers there is nothing to drop.
                        if (dropout == 0 || !each.strip().equals("none")) {
                            all.add(new Trial(each.strip(), rate, decay, dropout));
                        }
                    }
                }
            }
        }
        if (all.isEmpty()) {
            throw new Problem("without hidden layers there is nothing to drop", "--dropouts", "give 0 among them");
        }
        return all;
    }

    private static float[] numbers(String option, String text, DoublePredicate rule, String mend) {
        String[] words = text.split(",", -1);
        float[] numbers = new float[words.length];
        for (int k = 0; k < words.length; k++) {
            String word = words[k].strip();
            numbers[k] = Decimal.parse(word.toCharArray(), 0, word.length());
            if (!Float.isFinite(numbers[k]) || !rule.test(numbers[k])) {
                throw new Problem("'" + word + "' is no number to try", option, "give numbers " + mend);
            }
        }
        return numbers;
    }

    /** Those to try, in the order of the space. */
    List<Trial> trials(long seed) {
        List<Trial> all = all();
        int count = grid ? all.size() : Math.min(all.size(), trials == null ? USUAL : trials);
        int[] order = IntStream.range(0, all.size()).toArray();
        // Not the sequence that orders the rows.
        new SplitMix64(seed ^ 0x747269616C73L).shuffle(order);
        return Arrays.stream(order, 0, count).sorted().mapToObj(all::get).toList();
    }

    /** What is tried, for the user. */
    String why(int tried) {
        int all = all().size();
        return tried == all ? "all " + all + " combinations"
                : tried + " of " + all + " combinations, drawn by seed (--trials, --grid)";
    }
}
