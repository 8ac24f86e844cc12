package dev.samebits.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.cli.Cli;
import dev.samebits.cli.console.Progress;
import dev.samebits.train.Measure;
import dev.samebits.train.Samples;
import dev.samebits.train.Sgd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The same table and model by any number of threads, and in any order of the trials; what makes no sense is refused. */
class SearchTest {
    @TempDir
    Path folder;

    /** Seed 8: three classes by two numbers and a word, a number missing at times. */
    private static String table(int rows) {
        Random random = new Random(8);
        StringBuilder text = new StringBuilder("size,weight,colour,kind\n");
        for (int n = 0; n < rows; n++) {
            int kind = random.nextInt(3);
            text.append(n % 11 == 0 ? "" : String.valueOf((float) (kind + random.nextGaussian() / 2))).append(',')
                    .append((float) (2 - kind + random.nextGaussian())).append(',')
                    .append(random.nextInt(4) == 0 ? "grey" : List.of("red", "green", "blue").get(kind)).append(',')
                    .append(List.of("a", "b", "c").get(kind)).append('\n');
        }
        return text.toString();
    }

    private List<String> words(String model, String... more) {
        List<String> words = new ArrayList<>(List.of("search", "--data", "t.csv", "--label", "kind", "--model", model,
                "--layers", "none/6", "--learning-rates", "0.01,0.03", "--weight-decays", "0,0.1", "--dropouts", "0,0.2",
                "--folds", "3", "--epochs", "12"));
        words.addAll(List.of(more));
        return words;
    }

    private Cli.Result run(List<String> words) throws Exception {
        Cli.Result result = new Cli(folder).run(words.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    @Test
    void theSameOnAnyThreadsAndAsTrainDoes() throws Exception {
        Files.writeString(folder.resolve("t.csv"), table(90));
        Cli.Result one = run(words("one.onnx", "--grid", "--threads", "1", "--backend", "scalar"));
        Cli.Result three = run(words("three.onnx", "--grid", "--threads", "3"));
        assertThat(folder.resolve("three.onnx")).hasSameBinaryContentAs(folder.resolve("one.onnx"));
        assertThat(three.out().replaceAll("runs on.*\n|saved.*\n", "")).isEqualTo(one.out()
                .replaceAll("runs on.*\n|saved.*\n", ""));
        assertThat(one.out()).contains("learns   3 classes: a, b, c\n", "rows     90 rows in 3 folds", "all 12 combinations",
                "layers  rate  decay  dropout      validation loss   error  epochs\n", "\n 1  ", "\n12  ");
        String options = one.out().lines().filter(line -> line.startsWith("as options of train: ")).findFirst()
                .orElseThrow();
        List<String> train = new ArrayList<>(List.of("train", "--data", "t.csv", "--label", "kind", "--model", "t.onnx"));
        train.addAll(List.of(options.substring(options.indexOf("--")).split(" ")));
        run(train);
        assertThat(folder.resolve("t.onnx")).hasSameBinaryContentAs(folder.resolve("one.onnx"));
    }

    /** Trials that are drawn are of the grid, in its order, and none is twice. */
    @Test
    void trialsAreDrawnBySeed() throws Exception {
        SearchSpace space = CommandLine.populateCommand(new SearchSpace(), "--trials", "30");
        SearchSpace grid = CommandLine.populateCommand(new SearchSpace(), "--grid");
        List<Trial> all = grid.trials(1);
        assertThat(all).hasSize(4 * 4 * 4 * 2).doesNotHaveDuplicates();
        List<Trial> drawn = space.trials(1);
        assertThat(drawn).hasSize(30).doesNotHaveDuplicates().isSubsetOf(all).isEqualTo(space.trials(1))
                .isNotEqualTo(space.trials(2));
        assertThat(drawn.stream().map(all::indexOf).toList()).isSorted();
    }

    @Test
    void theOrderOfTrialsChangesNothing() {
        Random random = new Random(9);
        Matrix x = Matrix.zeros(40, 3);
        Matrix y = Matrix.zeros(40, 1);
        for (int n = 0; n < 40; n++) {
            for (int j = 0; j < 3; j++) {
                x.set(n, j, (float) random.nextGaussian());
            }
            y.set(n, 0, x.get(n, 0) - 0.5f * x.get(n, 1));
        }
        Samples samples = Samples.of(x, y);
        List<Trial> trials = List.of(new Trial("2", 0.01f, 0, 0), new Trial("5", 0.1f, 0, 0.2f), new Trial("3", 0.03f, 1, 0),
                // Diverges.
                new Trial("4", 1e30f, 0, 0));
        List<Trial> reversed = new ArrayList<>(trials);
        Collections.reverse(reversed);
        Search forward = search(trials, samples, 1);
        Search backward = search(reversed, samples, 3);
        for (int t = 0; t < trials.size(); t++) {
            assertThat(backward.score(trials.size() - 1 - t).loss()).isEqualTo(forward.score(t).loss());
            assertThat(backward.score(trials.size() - 1 - t).epochs()).isEqualTo(forward.score(t).epochs());
        }
        assertThat(forward.score(3).loss()).isInfinite();
        assertThat(forward.ranking().stream().map(forward::trial).toList())
                .isEqualTo(backward.ranking().stream().map(backward::trial).toList());
        assertThat(forward.ranking().get(3)).isEqualTo(3);
        assertThat(forward.trial(3).row(4, forward.score(3))).contains("diverged");
    }

    private static Search search(List<Trial> trials, Samples samples, int threads) {
        Search search = new Search(trials, 1, Backends.named("scalar"), threads, Measure.LOSS);
        try (Progress progress = new Progress("Searching", "trials", trials.size())) {
            search.run(0, samples, samples, Loss::of, new Search.Plan() {
                @Override
                public Network network(Trial trial) {
                    return Network.builder(3).dense(Integer.parseInt(trial.layers()), Activation.RELU)
                            .dense(1, Activation.IDENTITY).build(4);
                }

                @Override
                public Sgd sgd(Trial trial) {
                    return Search.dropping(Sgd.of(trial.rate(), 5).withBatch(8).withWeightDecay(trial.decay()), trial, 1);
                }
            }, progress, new AtomicLong());
        }
        return search;
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("t.csv"), table(20));
        refused(file, "a grid has all combinations: --trials: ", "--grid", "--trials", "3");
        refused(file, "'x' is no number to try: --learning-rates: ", "--learning-rates", "0.1,x");
        refused(file, "'1' is no number to try: --dropouts: ", "--dropouts", "1");
        refused(file, "'a' is not a number of neurons: --layers", "--layers", "8/a");
        refused(file, "folds must be 2 to 20, the number of rows, not 21: --folds: ", "--folds", "21");
        refused(file, "every trial diverged: --learning-rates: ", "--learning-rates", "1e38", "--trials", "1", "--folds",
                "2", "--epochs", "2");
    }

    private static void refused(Path data, String why, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("search", "--data", data.toString()));
        words.addAll(List.of(more));
        Cli.Result result = Cli.here(words.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("samebits: " + why);
    }
}
