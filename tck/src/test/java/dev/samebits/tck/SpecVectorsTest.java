package dev.samebits.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * spec/vectors holds what the definition computes. The files are written by this test into target/vectors, and compared with
 * those that implementations in other languages are judged by.
 */
class SpecVectorsTest {
    private static final Path VECTORS = Path.of("..", "spec", "vectors");
    private static final long MOST_BYTES = 1_000_000;

    private static Map<String, Supplier<SpecFile>> files() {
        Map<String, Supplier<SpecFile>> files = new LinkedHashMap<>();
        files.put("01-random.json", SpecFunctions::random);
        files.put("02-functions.json", SpecFunctions::functions);
        files.put("03-digests.json", SpecFunctions::digests);
        files.put("04-rows.json", SpecKernels::rows);
        files.put("05-losses.json", SpecKernels::losses);
        files.put("06-kernels.json", SpecKernels::kernels);
        files.put("07-steps.json", SpecKernels::steps);
        files.put("08-optimizers.json", SpecKernels::optimizers);
        files.put("09-schedules.json", SpecTraining::schedules);
        files.put("10-training.json", SpecTraining::training);
        files.put("11-options.json", SpecTraining::options);
        files.put("12-gradients.json", SpecGraphs::gradients);
        files.put("13-graphs.json", SpecGraphs::graphs);
        files.put("14-standardization.json", SpecTraining::standardization);
        return files;
    }

    @Test
    void theVectorsAreWhatTheDefinitionComputes() throws IOException {
        Path written = Files.createDirectories(Path.of("target", "vectors"));
        long bytes = 0;
        for (Map.Entry<String, Supplier<SpecFile>> file : files().entrySet()) {
            byte[] now = file.getValue().get().bytes();
            bytes += now.length;
            Files.write(written.resolve(file.getKey()), now);
        }
        for (String name : files().keySet()) {
            assertThat(Files.readString(VECTORS.resolve(name)).lines())
                    .as("spec/vectors/%s: what the definition computes now lies in tck/%s", name, written)
                    .containsExactlyElementsOf(Files.readString(written.resolve(name)).lines().toList());
        }
        assertThat(bytes).as("bytes of all vectors").isLessThan(MOST_BYTES);
    }
}
