package dev.samebits.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code samebits} command: picks the subcommand, and turns every failure into one line and an exit code. */
@Command(
        name = "samebits",
        description = "Dense neural networks with the same bits from every backend, batch size and number of threads.",
        subcommands = {
            DemoCommand.class,
            BackendsCommand.class,
            BenchCommand.class,
            TrainCommand.class,
            PredictCommand.class,
            VerifyCommand.class,
            CompletionCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 all well; 1 outputs differ, or training diverged; 2 bad input or usage; 3 a fault in Samebits."
        })
public final class Main implements Runnable {
    // Held, because the log manager keeps loggers by weak references: the commands say themselves which backend they use.
    private static final Logger LIBRARY_LOG = Logger.getLogger("dev.samebits");

    @Spec
    private CommandSpec spec;

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        // UTF-8 whatever the locale; picocli and the commands print through these.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(StandardError.open(), true, StandardCharsets.UTF_8));
        LIBRARY_LOG.setLevel(Level.WARNING);
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            return commandLine().execute(arguments);
        } catch (OutOfMemoryError e) {
            return Failures.memory();
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(Failures::execution);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
