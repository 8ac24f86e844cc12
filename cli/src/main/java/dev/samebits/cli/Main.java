package dev.samebits.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code samebits} command: picks the subcommand, and turns every failure into one line and an exit code. */
@Command(
        name = "samebits",
        description = "Dense neural networks with the same bits from every backend, batch size and number of threads.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 all well; 1 outputs differ, or training diverged; 2 bad input or usage; 3 a fault in Samebits."
        })
public final class Main implements Runnable {
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    @Spec
    private CommandSpec spec;

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        // UTF-8 whatever the locale; picocli and the commands print through these.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(StandardError.open(), true, StandardCharsets.UTF_8));
        System.exit(run(arguments));
    }

    /** Runs one command and gives its exit code. */
    static int run(String... arguments) {
        try {
            return commandLine(arguments).execute(arguments);
        } catch (OutOfMemoryError e) {
            return Failures.memory();
        }
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand::new);
        commands.put("backends", BackendsCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("train", TrainCommand::new);
        commands.put("predict", PredictCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    // The one command that is named, where that is plain: looking through all of them takes a tenth of a second.
    private static CommandLine commandLine(String[] arguments) {
        CommandLine all = new CommandLine(new Main());
        String named = arguments.length > 0 ? arguments[0] : "";
        boolean one = COMMANDS.containsKey(named) && !named.equals("completion");
        COMMANDS.forEach((name, command) -> {
            if (!one || name.equals(named)) {
                all.addSubcommand(name, command.get());
            }
        });
        return all.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(Failures::execution);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
