package dev.samebits.bench;

import dev.samebits.cli.console.Problem;
import java.io.PrintWriter;
import java.util.spi.ToolProvider;
import picocli.CommandLine;

/** {@code samebits bench}, as a tool that the samebits command finds. */
public final class BenchTool implements ToolProvider {
    /** Measured, and every gate passed. */
    static final int GOOD = 0;
    /** Something broke while it was measured, or allocates where it must not. */
    static final int BAD = 1;
    /** Bad input or usage. */
    static final int USAGE = 2;

    @Override
    public String name() {
        return "samebits-bench";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new BenchOptions(out, err))
                .setUsageHelpAutoWidth(true)
                .setOut(out)
                .setParameterExceptionHandler((e, args) -> tell(err, e.getMessage() + ": see 'samebits bench --help'"))
                .setExecutionExceptionHandler((e, command, result) -> {
                    if (e instanceof IllegalArgumentException || e instanceof java.io.IOException
                            || e instanceof Problem || e instanceof dev.samebits.BackendUnavailableException) {
                        return tell(err, e.getMessage());
                    }
                    throw e;
                })
                .execute(arguments);
    }

    private static int tell(PrintWriter err, String message) {
        err.println("samebits: bench: " + message.replaceAll("\\s*\\R\\s*", " "));
        return USAGE;
    }
}
