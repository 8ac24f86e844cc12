package dev.samebits.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Backends;
import dev.samebits.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path folder;

    @Test
    void everyBackendAndNumberOfThreadsTrainsTheSameWeights() throws Exception {
        List<String[]> runs = new ArrayList<>();
        Backends.available().forEach(backend -> runs.add(new String[] {backend.name(), "2"}));
        runs.add(new String[] {Backends.available().get(0).name(), "1"});
        List<String> digests = new ArrayList<>();
        for (String[] run : runs) {
            Cli.Result result = new Cli(folder).run("demo", "--epochs", "1", "--backend", run[0], "--threads", run[1]);
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.errLines()).isEmpty();
            assertThat(result.out()).contains("backend " + run[0] + ", threads " + run[1]).contains("are bit-identical")
                    .doesNotContain("NO").doesNotContain("DIFFERENT");
            Backends.available().forEach(backend -> assertThat(result.out()).contains("\n" + backend.name() + " "));
            digests.add(result.digest("SHA-256 of the trained weights: "));
            assertThat(Files.size(folder.resolve("samebits-demo.onnx"))).isGreaterThan(4 * 109_386);
        }
        assertThat(digests).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
        assertThat(digests.stream().distinct()).hasSize(1);
        assertThat(Files.readString(Path.of("..", "spec", "runs.md"))).as("what implementations are to print")
                .contains("| 1 | `" + digests.get(0) + "` |");
    }
}
