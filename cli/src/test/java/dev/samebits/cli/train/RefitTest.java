package dev.samebits.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.cli.Cli;
import dev.samebits.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is saved has learned from all rows, for as many epochs as the rows held out found best: no bit is another. */
class RefitTest {
    private static final Pattern BEST = Pattern.compile("best epoch (\\d+)/");

    @TempDir
    Path folder;

    /** Seed 21: a class that two numbers and a text decide, but for one row in ten. */
    private void write(String name, boolean text) throws Exception {
        Random random = new Random(21);
        StringBuilder table = new StringBuilder("a,b,kind,y\n");
        for (int n = 0; n < 400; n++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            int kind = random.nextInt(3);
            boolean high = a * b + kind > 1 ^ random.nextInt(10) == 0;
            table.append(a).append(',').append(b).append(',').append(text ? "k" + kind : kind).append(',')
                    .append(high ? "high" : "low").append('\n');
        }
        Files.writeString(folder.resolve(name), table);
    }

    private String[] words(String table, String model, String... more) {
        List<String> words = new ArrayList<>(List.of("train", "--data", folder.resolve(table).toString(), "--model",
                folder.resolve(model).toString(), "--threads", "1"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    // In this JVM, or as a process where its output is looked at.
    private void train(String table, String model, String... more) throws Exception {
        Cli.Result result = Cli.here(words(table, model, more));
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private Cli.Result told(String table, String model, String... more) throws Exception {
        Cli.Result result = new Cli(folder).run(words(table, model, more));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private static String best(Cli.Result result) {
        Matcher best = BEST.matcher(result.out());
        assertThat(best.find()).as(result.out()).isTrue();
        return best.group(1);
    }

    @Test
    void isTheTrainingOfAllRowsForTheBestNumberOfEpochs() throws Exception {
        for (boolean text : new boolean[] {false, true}) {
            write("t.csv", text);
            Cli.Result result = told("t.csv", "m.onnx");
            assertThat(result.out()).contains("refit    then anew from all 400 rows, for as many epochs as were best",
                    "saved is what has learned anew from all 400 rows; the measures above are of what learned from 320");
            train("t.csv", "all.onnx", "--validation", "none", "--epochs", best(result));
            assertThat(folder.resolve("m.onnx")).hasSameBinaryContentAs(folder.resolve("all.onnx"));
        }
        assertThat(Onnx.readModel(folder.resolve("m.onnx")).preparation()).isPresent();
    }

    @Test
    void hasTheRatesOfTheSchedule() throws Exception {
        write("t.csv", false);
        String[] descent = {"--optimizer", "adam", "--schedule", "step:2:0.5", "--warm-up", "20"};
        String best = best(told("t.csv", "m.onnx", descent[0], descent[1], descent[2], descent[3], descent[4], descent[5],
                "--epochs", "9"));
        train("t.csv", "all.onnx", descent[0], descent[1], descent[2], descent[3], descent[4], descent[5], "--validation",
                "none", "--epochs", best);
        assertThat(folder.resolve("m.onnx")).hasSameBinaryContentAs(folder.resolve("all.onnx"));
        // A cosine falls as it did before, and not to 0 at the best epoch.
        best = best(told("t.csv", "m.onnx", "--schedule", "cosine", "--epochs", "9"));
        train("t.csv", "all.onnx", "--schedule", "cosine", "--validation", "none", "--epochs", best);
        assertThat(Files.mismatch(folder.resolve("m.onnx"), folder.resolve("all.onnx")) < 0).isEqualTo(best.equals("9"));
        train("t.csv", "m.onnx", "--schedule", "plateau:1:0.1", "--epochs", "9");
    }

    @Test
    void isLeftOutWhereRowsWereAskedToBeHeldOut() throws Exception {
        write("t.csv", false);
        train("t.csv", "without.onnx", "--epochs", "3", "--refit", "no");
        assertThat(told("t.csv", "m.onnx", "--epochs", "3", "--validation", "0.2").out()).doesNotContain("anew");
        assertThat(folder.resolve("m.onnx")).hasSameBinaryContentAs(folder.resolve("without.onnx"));
        train("t.csv", "m.onnx", "--epochs", "3", "--validation", "0.2", "--refit", "yes");
        train("t.csv", "with.onnx", "--epochs", "3");
        assertThat(folder.resolve("m.onnx")).hasSameBinaryContentAs(folder.resolve("with.onnx"));
        assertThat(Files.mismatch(folder.resolve("m.onnx"), folder.resolve("without.onnx"))).isNotNegative();
        for (String[] wrong : new String[][] {{"--refit", "perhaps"}, {"--validation", "none", "--refit", "yes"}}) {
            Cli.Result refused = Cli.here(words("t.csv", "m.onnx", wrong));
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.err()).contains("--refit");
        }
    }
}
