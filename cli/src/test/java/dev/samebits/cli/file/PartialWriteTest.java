package dev.samebits.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.cli.Cli;
import dev.samebits.cli.TestData;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialWriteTest {
    private static final String ROW = "0.125,".repeat(TestData.COLUMNS - 1) + "0.5\n";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void train() throws Exception {
        cli = new Cli(folder, "-Xmx40m");
        Files.writeString(folder.resolve("train.csv"), TestData.csv(true, true));
        assertThat(cli.run("train", "--data", "train.csv", "--model", "m.onnx", "--epochs", "1").exitCode()).isZero();
        Files.writeString(folder.resolve("p.csv"), "precious");
    }

    private List<String> files() throws Exception {
        try (var list = Files.list(folder)) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aBadRowLeavesTheOldFile() throws Exception {
        String data = ROW.repeat(5000) + ROW.replace("0.5", "zero");
        Cli.Result result = cli.feed(data.getBytes(StandardCharsets.UTF_8), "predict", "--model", "m.onnx", "--data", "-",
                "--output", "p.csv");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errLines()).singleElement().asString()
                .startsWith("samebits: 'zero' is not a number: stdin, row 5001, column 16: ");
        assertThat(folder.resolve("p.csv")).hasContent("precious");
        assertThat(files()).containsExactly("m.onnx", "p.csv", "train.csv");
    }

    @Test
    void aRowThatDoesNotFitIsToldWithWhatMendsIt() throws Exception {
        String endless = "1,".repeat(2_000_000);
        for (String[] pair : new String[][] {{endless, "no end of a row within",
                "allow longer rows with SAMEBITS_JAVA_OPTS=-Xmx"},
                {'"' + endless, "no end of a row within", "look for a quote that is not closed"},
                {"1,".repeat(1_000_000) + "1\n", "found 1000001 columns, too many for a Java heap of", "-Xmx"}}) {
            Cli.Result result = cli.feed(pair[0].getBytes(StandardCharsets.UTF_8), "predict", "--model", "m.onnx", "--data",
                    "-", "--output", "p.csv");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.errLines()).singleElement().asString().contains(pair[1], pair[2], "stdin");
        }
        assertThat(files()).containsExactly("m.onnx", "p.csv", "train.csv");
    }

    @Test
    void anInterruptLeavesTheOldFile() throws Exception {
        Process process = cli.start("predict", "--model", "m.onnx", "--data", "-", "--output", "p.csv");
        OutputStream in = process.getOutputStream();
        byte[] rows = ROW.repeat(2000).getBytes(StandardCharsets.UTF_8);
        while (files().size() < 4) {
            in.write(rows);
            in.flush();
        }
        assertThat(files()).anyMatch(name -> name.endsWith(".partial"));
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("p.csv")).hasContent("precious");
        assertThat(files()).containsExactly("m.onnx", "p.csv", "train.csv");
    }

    @Test
    void memoryIsConstant() throws Exception {
        // About 60 MB of text through a heap of 40.
        Process process = cli.start("predict", "--model", "m.onnx", "--data", "-", "--output", "p.csv", "--threads", "1");
        var err = Cli.text(process.getErrorStream());
        byte[] rows = ROW.repeat(10_000).getBytes(StandardCharsets.UTF_8);
        try (OutputStream in = process.getOutputStream()) {
            for (int n = 0; n < 60; n++) {
                in.write(rows);
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(err.get()).isZero();
        assertThat(err.get()).contains("600,000 rows in");
    }
}
