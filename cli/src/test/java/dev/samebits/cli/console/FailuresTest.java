package dev.samebits.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.cli.Stderr;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What may be thrown, and what the user is told. */
class FailuresTest {
    @Test
    void aFailedStdoutCountsUnlessMoreWentWrong() throws IOException {
        IOException full = new IOException("No space left on device");
        assertThat(Stderr.of(() -> {
            assertThat(Failures.unwritten(0, null)).isZero();
            assertThat(Failures.unwritten(1, null)).isEqualTo(1);
            assertThat(Failures.unwritten(0, new Sink.ReaderGone(full))).isEqualTo(141);
            assertThat(Failures.unwritten(1, new Sink.ReaderGone(full))).isEqualTo(1);
        })).isEmpty();
        assertThat(Stderr.of(() -> assertThat(Failures.unwritten(0, full)).isEqualTo(2)))
                .startsWith("samebits: cannot write (No space left on device): stdout: ");
        assertThat(Stderr.of(() -> assertThat(Failures.unwritten(1, full)).isEqualTo(1))).contains("stdout");
    }

    @Test
    void aFailureOfAFileIsNoReaderThatIsGone() {
        assertThat(Problem.writing(Path.of("y.csv"), new IOException("Broken pipe")))
                .isNotInstanceOf(Problem.ReaderGone.class);
    }
}
