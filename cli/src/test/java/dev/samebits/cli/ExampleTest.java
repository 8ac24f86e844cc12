package dev.samebits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Names;
import dev.samebits.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that ships with the project: README shows what it really says, and it can be trained again to the bit. */
class ExampleTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path IRIS = ROOT.resolve("examples/iris");

    @TempDir
    Path folder;

    @Test
    void readmeShowsWhatIsPrinted() throws Exception {
        Cli.Result result = new Cli(ROOT)
                .run("predict", "--model", "examples/iris/iris.onnx", "--data", "examples/iris/ten.csv",
                "--id", "flower", "--as", "probabilities");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("\n```\n" + result.out() + "```\n")
                .contains("./samebits predict --model examples/iris/iris.onnx --data examples/iris/ten.csv --id flower"
                        + " --as probabilities\n");
    }

    @Test
    void trainingAgainGivesTheSameModel() throws Exception {
        String readme = Files.readString(IRIS.resolve("README.md"));
        String command = readme.lines().filter(line -> line.startsWith("./samebits train ")).findFirst().orElseThrow();
        Cli.Result result = new Cli(folder).run(command.substring(command.indexOf("train"))
                .replace("--data examples/iris/", "--data " + IRIS + "/")
                .replace("--model examples/iris/", "--model ").split(" "));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(readme).contains(result.digest("SHA-256 of the weights: "));
        Onnx.write(Onnx.read(folder.resolve("iris.onnx")).withNames(Names.NONE), folder.resolve("nameless.onnx"));
        assertThat(folder.resolve("nameless.onnx")).hasSameBinaryContentAs(IRIS.resolve("iris.onnx"));
        Cli.Result inspected = new Cli(ROOT).run("inspect", "examples/iris/iris.onnx");
        assertThat(readme).contains(inspected.digest("SHA-256 of the weights: "));
    }
}
