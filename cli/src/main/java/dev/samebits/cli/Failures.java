package dev.samebits.cli;

import dev.samebits.BackendUnavailableException;
import dev.samebits.train.DivergedException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** From exception to one line on stderr and an exit code. Only a fault of the program itself shows its stack. */
final class Failures {
    static final int DIFFERENT = 1;
    static final int BAD_INPUT = 2;
    static final int FAULT = 3;

    private Failures() {}

    static int usage(ParameterException e, String[] arguments) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return tell(BAD_INPUT, Problem.oneLine(e.getMessage()) + ": " + command + ": see '" + command + " --help'");
    }

    static int execution(Exception e, CommandLine command, ParseResult result) {
        if (e instanceof Problem) {
            return tell(BAD_INPUT, e.getMessage());
        }
        if (e instanceof BackendUnavailableException) {
            return tell(BAD_INPUT, Problem.oneLine(e.getMessage()) + ": see 'samebits backends'");
        }
        if (e instanceof DivergedException) {
            return tell(DIFFERENT, "training diverged: " + Problem.oneLine(e.getMessage()));
        }
        if (e instanceof UncheckedIOException io) {
            return tell(BAD_INPUT, Problem.reading("temporary file", io.getCause()).getMessage());
        }
        System.err.println("samebits: a fault in Samebits itself; please report what follows with the command you gave");
        e.printStackTrace();
        return FAULT;
    }

    static int memory() {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return tell(BAD_INPUT, "out of memory: Java heap of " + heap + " MiB: allow more with SAMEBITS_JAVA_OPTS=-Xmx"
                + Math.max(4, 2 * heap >> 10) + "g");
    }

    private static int tell(int exitCode, String line) {
        System.err.println("samebits: " + line);
        return exitCode;
    }
}
