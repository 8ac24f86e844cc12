package dev.samebits.cli.console;

import dev.samebits.BackendUnavailableException;
import dev.samebits.train.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** From exception to one line on stderr and an exit code. Only a fault of the program itself shows its stack. */
public final class Failures {
    public static final int DIFFERENT = 1;
    static final int BAD_INPUT = 2;
    static final int FAULT = 3;
    /** What {@code replay} found: a file or a signature that is not the receipt's. */
    public static final int TAMPERED = 4;
    /** What {@code replay} found: nothing that could be compared. */
    public static final int INCONCLUSIVE = 5;
    /** As a shell says it where a filter's reader has had enough: 128 and the number of SIGPIPE, which no JVM gets. */
    static final int READER_GONE = 141;

    private Failures() {}

    public static int usage(ParameterException e, String[] arguments) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return tell(BAD_INPUT, Problem.oneLine(e.getMessage()) + ": " + command + ": see '" + command + " --help'");
    }

    /**
     * Tells what went wrong.
     *
     * @param command as it was called, or null
     */
    public static int of(Throwable e, ParseResult command) {
        if (e instanceof Problem.ReaderGone) {
            return READER_GONE;
        }
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
            return of(Problem.reading("temporary file", io.getCause()), command);
        }
        if (e instanceof InvalidPathException path) {
            return of(new Problem("this is no path", path.getInput(), "check the name, and set a UTF-8 locale"), command);
        }
        if (e instanceof OutOfMemoryError memory) {
            return of(Memory.problem(memory, command), command);
        }
        if (e instanceof StackOverflowError stack) {
            return of(Memory.problem(stack), command);
        }
        if (e instanceof LinkageError) {
            return tell(FAULT, new Problem("a part of Samebits or of Java cannot be loaded", reason(e),
                    "build Samebits anew with this Java, or install another").getMessage());
        }
        System.err.println("samebits: a fault in Samebits itself; please report what follows with the command you gave");
        e.printStackTrace();
        return FAULT;
    }

    // A class that could not be initialised says why in its first cause.
    private static String reason(Throwable e) {
        Throwable first = e;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return e.getClass().getSimpleName() + ", " + e.getMessage() + (first == e ? "" : ", " + first);
    }

    /** The exit code of a run that may have written to stdout in vain, given what went wrong there, or null. */
    public static int unwritten(int exitCode, IOException failure) {
        if (failure == null) {
            return exitCode;
        }
        int code = of(Problem.writing(Path.of("stdout"), failure), null);
        return exitCode == 0 ? code : exitCode;
    }

    private static int tell(int exitCode, String line) {
        System.err.println("samebits: " + line);
        return exitCode;
    }
}
