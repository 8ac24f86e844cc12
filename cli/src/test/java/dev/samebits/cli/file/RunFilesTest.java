package dev.samebits.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.cli.Cli;
import dev.samebits.cli.TestData;
import dev.samebits.onnx.Onnx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two files of a run that are one: refused before anything is written, by whatever names. */
class RunFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws Exception {
        Files.createDirectories(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("sub/up"), Path.of(".."));
        Files.writeString(folder.resolve("x.csv"), "a,b\n1,2\nx,3\n");
        Files.writeString(folder.resolve("v.csv"), "a,b\n1,1\n");
        TestData.write(folder, "t-images-idx3-ubyte", TestData.images());
        TestData.write(folder, "t-labels-idx1-ubyte", TestData.labels());
        TestData.write(folder, "sub/train-images-idx3-ubyte.gz", TestData.gzip(TestData.images()));
        TestData.write(folder, "sub/t10k-labels-idx1-ubyte", TestData.labels());
        Files.writeString(folder.resolve("old"), "OLD");
        Files.createLink(folder.resolve("hard"), folder.resolve("old"));
        Files.createSymbolicLink(folder.resolve("soft"), Path.of("sub/up/old"));
        Files.createSymbolicLink(folder.resolve("new1"), Path.of("none"));
        Files.createSymbolicLink(folder.resolve("new2"), Path.of("sub/../none"));
        Onnx.write(Network.builder(2).dense(1, Activation.LOGISTIC).build(1), folder.resolve("m.onnx"));
    }

    private Map<String, String> contents() throws Exception {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    // An underscore stands for the folder.
    private Cli.Result run(String line) throws IOException {
        return Cli.here(Arrays.stream(line.split(" ")).map(word -> word.replace("_", folder + "/")).toArray(String[]::new));
    }

    private void assertRefused(String line, String message) throws Exception {
        Map<String, String> before = contents();
        Cli.Result result = run(line);
        assertThat(result.errLines()).singleElement().asString().startsWith("samebits: ").contains(message);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"_old,_old", "_old,_hard", "_old,_soft", "_soft,_hard", "_old,_sub/../old", "_old,_sub/up/./old",
            "_none,_none", "_none,_sub/../none", "_none,_new1", "_new1,_new2", "_none,_sub/up/none"})
    void twoOutputsUnderOneName(String output, String bad) throws Exception {
        assertRefused("predict --model _m.onnx --data _x.csv --bad-rows skip --output " + output + " --bad-rows-file " + bad,
                "--bad-rows-file and --output would be one file: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "predict --model _m.onnx --data _x.csv --output _x.csv | --output would replace what --data reads",
        "predict --model _m.onnx --data _x.csv --output _sub/up/m.onnx | --output would replace what --model reads",
        "predict --model _m.onnx --data _old --bad-rows skip --output _y --bad-rows-file _hard "
            + "| --bad-rows-file would replace what --data reads",
        "predict --model _m.onnx --data _x.csv --bad-rows skip --bad-rows-file /dev/stdout "
            + "| --bad-rows-file and --output would be one file",
        "train --data _soft --model _old | --model would replace what --data reads",
        "train --data _x.csv --validation _v.csv --model _v.csv | --model would replace what --validation reads",
        "train --data _t-images-idx3-ubyte --model _t-labels-idx1-ubyte | --model would replace what --data reads",
        "train --data _t-images-idx3-ubyte --labels _old --model _hard | --model would replace what --data reads",
        "train --data _sub --model _sub/train-images-idx3-ubyte.gz | --model would replace what --data reads",
        "demo --data _sub --model _sub/t10k-labels-idx1-ubyte | --model would replace what --data reads",
        "train --data _x.csv --model /dev/fd/1 | --model and stdout would be one file",
        "train --data _x.csv --model - | --model and stdout would be one file",
        "demo --model /dev/null | a device or pipe: /dev/null",
        "predict --model _m.onnx --data _x.csv --output /dev/null --bad-rows skip | no name to call the file of bad rows by",
    })
    void anInputAsOutput(String line, String message) throws Exception {
        assertRefused(line, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad\uFFFDname", "sub/\uFFFD"})
    void aNameThatTheLocaleCannotWrite(String name) throws Exception {
        assertRefused("predict --model _m.onnx --data _v.csv --output _" + name, "not in the locale's character set: ");
    }

    @Test
    void whatDiffersIsNotRefused() throws Exception {
        assertThat(run("predict --model _m.onnx --data _x.csv --bad-rows skip --output _new1 --bad-rows-file _soft")
                .exitCode()).isZero();
        assertThat(folder.resolve("new1")).isSymbolicLink();
        assertThat(Files.readAllLines(folder.resolve("none"))).hasSize(2);
        assertThat(folder.resolve("old")).hasContent("a,b\nx,3\n");
        assertThat(run("predict --model _m.onnx --data _v.csv --bad-rows skip --output /dev/null --bad-rows-file /dev/null")
                .exitCode()).isZero();
    }
}
