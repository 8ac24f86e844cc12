package dev.samebits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.cli.console.Failures;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** What may be thrown, and what the user is told. */
class CommandFailuresTest {
    /** What is thrown, while which command runs, the exit code, and what its one line holds. */
    record Case(Throwable thrown, String command, int exitCode, String... words) {
        @Override
        public String toString() {
            return thrown + " " + command;
        }
    }

    static Stream<Case> cases() {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        String more = ": allow more with SAMEBITS_JAVA_OPTS=-Xmx" + Math.max(4, (2 * heap + 1023) / 1024) + "g";
        String train = "train --data x --model m";
        return Stream.of(
                new Case(new OutOfMemoryError("Java heap space"), "predict --model m --data x --batch 7", 2,
                        "out of memory: Java heap of " + heap + " MiB" + more),
                new Case(new OutOfMemoryError("Java heap space"), train, 2, "MiB" + more),
                new Case(new OutOfMemoryError(), train + " --batch 100000", 2,
                        "MiB: lower --batch, or allow more with SAMEBITS"),
                new Case(new OutOfMemoryError("unable to create native thread: possibly out of memory"), train, 2,
                        "--threads"),
                new Case(new OutOfMemoryError("Requested array size exceeds VM limit"), train, 2, "fewer columns"),
                new Case(new StackOverflowError(), train, 2, "nested too deeply", "-Xss"),
                new Case(new NoClassDefFoundError("Could not initialize class a.B"), train, 3, "cannot be loaded", "a.B"),
                new Case(new ExceptionInInitializerError(new IllegalStateException("no luck")), "verify m", 3, "no luck"),
                new Case(new InvalidPathException("a\0b", "Nul character not allowed"), "verify m", 2, "this is no path"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void errorsOfTheJvmAreToldInOneLine(Case failure) throws IOException {
        String[] words = failure.command.split(" ");
        ParseResult command = Main.commandLine(words).parseArgs(words);
        String told = Stderr.of(() -> assertThat(Failures.of(failure.thrown, command)).isEqualTo(failure.exitCode));
        assertThat(told.lines()).singleElement().asString().startsWith("samebits: ").contains(failure.words);
    }
}
