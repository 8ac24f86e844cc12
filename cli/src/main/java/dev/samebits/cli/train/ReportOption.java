package dev.samebits.cli.train;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.Destination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the report goes, if one is wanted: the option {@code --report}. */
final class ReportOption {
    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write what was done and how good it is as one HTML page: curves, scores, calibration, inputs, "
                    + "the "
                    + "network, and the command that makes it again.")
    private Path file;

    /** Null if none is wanted. */
    Path file() {
        return file;
    }

    void write(String page) {
        try (Destination whole = Destination.open(file)) {
            whole.stream().write(page.getBytes(StandardCharsets.UTF_8));
            whole.commit();
        } catch (IOException e) {
            throw Problem.writing(file, e);
        }
    }
}
