package dev.samebits.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.cli.Cli;
import dev.samebits.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels of which a row may have any number: a logistic output for each. */
class SeveralLabelsTest {
    private static final Pattern ACCURACY = Pattern.compile("(?m)^(\\w+) +(\\d+) +(\\d+\\.\\d+) %");

    @TempDir
    Path folder;

    /** Seed 31: three labels that overlap, each of two inputs. */
    private String table(int rows) {
        Random random = new Random(31);
        StringBuilder text = new StringBuilder("warm,wet,x,near,windy\n");
        for (int n = 0; n < rows; n++) {
            double x = 50 * random.nextGaussian();
            double near = random.nextGaussian();
            text.append(x > 0 ? 1 : 0).append(',').append(x / 50 + near > 1 ? 1 : 0).append(',').append(x).append(',')
                    .append(near).append(',').append(near < -0.5 ? 1 : 0).append('\n');
        }
        return text.toString();
    }

    private String[] words(String table, String... more) throws Exception {
        String[] words = new String[5 + more.length];
        System.arraycopy(new String[] {"train", "--data",
            Files.writeString(folder.resolve("t.csv"), table).toString(), "--model", folder.resolve("m.onnx").toString()},
                0, words, 0, 5);
        System.arraycopy(more, 0, words, 5, more.length);
        return words;
    }

    @Test
    void eachIsLearnedJudgedAndPredicted() throws Exception {
        Cli cli = new Cli(folder);
        Cli.Result result = cli.run(words(table(300), "--label", "warm,wet,windy", "--epochs", "60", "--report",
                folder.resolve("r.html").toString()));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("learns   3 labels, each yes or no: warm, wet, windy", "logistic-cross-entropy",
                "label  rows  accuracy").doesNotContain("R\u00b2  ");
        Matcher labels = ACCURACY.matcher(result.out());
        for (String label : List.of("warm", "wet", "windy")) {
            assertThat(labels.find()).as(result.out()).isTrue();
            assertThat(labels.group(1)).isEqualTo(label);
            assertThat(Double.parseDouble(labels.group(3))).isGreaterThan(90);
        }
        Network network = Onnx.read(folder.resolve("m.onnx"));
        assertThat(network.names()).isEqualTo(new Names(List.of("x", "near"), List.of("warm", "wet", "windy"), List.of()));
        assertThat(Files.readString(folder.resolve("r.html"))).contains("Label by label", "<td>windy</td>");
        Files.writeString(folder.resolve("new.csv"), "near,x\n3,100\n-3,-100\n");
        List<String> rows = cli.run("predict", "--model", "m.onnx", "--data", "new.csv").out().lines().toList();
        assertThat(rows.get(0)).isEqualTo("p_warm,p_wet,p_windy");
        for (int n = 0; n < 2; n++) {
            String[] values = rows.get(n + 1).split(",");
            boolean[] expected = {n == 0, n == 0, n == 1};
            for (int j = 0; j < 3; j++) {
                assertThat(Float.parseFloat(values[j]) > 0.5f).as("%d %d", n, j).isEqualTo(expected[j]);
            }
        }
    }

    @Test
    void whatIsNoLabelIsRefused() throws Exception {
        String[] labels = {"--label", "warm,wet"};
        Cli.Result result = Cli.here(words(table(20) + "1,2,0,0,0\n", labels));
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.err()).contains("the label 2.0 is neither 0 nor 1, as several labels of a row are", "row 22");
        assertThat(Cli.here(words(table(20), "--label", "warm,dry")).err()).contains("no column is called 'dry' (--label)");
        assertThat(Cli.here(words(table(20), "--label", "warm,wet", "--targets", "x")).err())
                .contains("leave no column for a class");
        assertThat(Cli.here(words(table(20), "--label", "warm,wet", "--class-weights", "balanced")).err())
                .contains("target values are no classes");
        assertThat(Cli.here(words(table(20) + "1,2,0,0,0\n", labels)).err()).contains("row 22, column 2 (wet): ");
        assertThat(Cli.here(words(table(20) + "3,0,0,0,0\n", labels)).err()).contains("row 22, column 1 (warm): ");
        String word = table(20) + "1,none,0,0,0\n";
        assertThat(Cli.here(words(word, labels)).err())
                .contains("'none' is not a number", "mend the field, or choose other columns with --label\n");
        assertThat(Cli.here(words(word, "--targets", "warm,wet")).err()).contains("choose other columns with --targets\n");
        assertThat(Cli.here(words(word, "--label", "warm", "--weight-column", "wet")).err())
                .contains("choose other columns with --weight-column\n");
        assertThat(Cli.here(words(word, "--label", "warm")).exitCode()).isZero();
    }
}
