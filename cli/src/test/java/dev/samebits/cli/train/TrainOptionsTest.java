package dev.samebits.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.cli.Cli;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clipped gradients, dropout, weights of classes and rows: each has its effect, or is refused with one line. */
class TrainOptionsTest {
    private static final String[] PLAIN = {"--label", "class", "--layers", "8,4", "--epochs", "3", "--batch", "16"};

    @TempDir
    Path folder;

    /** Seed 3: a rare class, a column of weights and one of ones. */
    private Path table() throws Exception {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("x,y,weight,one,class\n");
        for (int n = 0; n < 200; n++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            text.append(x).append(',').append(y).append(',').append(n % 3).append(",1,")
                    .append(x + y > 1.5 ? "rare" : "usual").append('\n');
        }
        return Files.writeString(folder.resolve("t.csv"), text.toString());
    }

    private Cli.Result train(String... more) throws Exception {
        String[] arguments = new String[5 + PLAIN.length + more.length];
        System.arraycopy(new String[] {"train", "--data", table().toString(), "--model",
            folder.resolve("m.onnx").toString()}, 0, arguments, 0, 5);
        System.arraycopy(PLAIN, 0, arguments, 5, PLAIN.length);
        System.arraycopy(more, 0, arguments, 5 + PLAIN.length, more.length);
        return Cli.here(arguments);
    }

    private String fingerprint(String... more) throws Exception {
        Cli.Result result = train(more);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return Files.readString(folder.resolve("m.onnx"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void eachHasAnEffect() throws Exception {
        String plain = fingerprint("--columns", "x,y");
        assertThat(fingerprint("--columns", "x,y", "--clip-norm", "0.001")).isNotEqualTo(plain);
        assertThat(fingerprint("--columns", "x,y", "--dropout", "0.2")).isNotEqualTo(plain);
        assertThat(fingerprint("--columns", "x,y", "--dropout", "0.2,0")).isNotEqualTo(fingerprint("--columns", "x,y",
                "--dropout", "0,0.2"));
        assertThat(fingerprint("--columns", "x,y", "--class-weights", "balanced")).isNotEqualTo(plain);
        assertThat(fingerprint("--columns", "x,y", "--class-weights", "rare=3")).isNotEqualTo(plain);
        assertThat(fingerprint("--columns", "x,y", "--weight-column", "weight")).isNotEqualTo(plain);
        assertThat(fingerprint("--columns", "x,y", "--backend", "scalar", "--weight-column", "weight", "--dropout", "0.2",
                "--clip-norm", "0.1")).isEqualTo(fingerprint("--columns", "x,y", "--threads", "2", "--weight-column",
                "weight", "--dropout", "0.2", "--clip-norm", "0.1"));
        // Neither has one that changes nothing.
        assertThat(fingerprint("--columns", "x,y", "--weight-column", "one")).isEqualTo(plain);
        assertThat(fingerprint("--columns", "x,y", "--class-weights", "rare=1,usual=1")).isEqualTo(plain);
        assertThat(fingerprint("--columns", "x,y", "--clip-norm", "1e9", "--dropout", "0")).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--clip-norm | 0 | --clip-norm",
        "--clip-norm | infinity | --clip-norm",
        "--dropout | 1 | --dropout",
        "--dropout | 0.1,0.2,0.3 | 2 hidden layers",
        "--class-weights | rare=2,other=1 | 'other=1'",
        "--class-weights | rare=2,rare=1 | 'rare=1'",
        "--class-weights | rare=-1 | 'rare=-1'",
        "--class-weights | rare=0,usual=0 | are 0",
        "--weight-column | class | no weight",
        "--weight-column | x | weight of a row"
    })
    void whatMakesNoSenseIsRefused(String option, String value, String says) throws Exception {
        Cli.Result result = train(option, value);
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.err()).contains(says);
        assertThat(Files.exists(folder.resolve("m.onnx"))).isFalse();
    }
}
