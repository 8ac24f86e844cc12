package dev.samebits.cli;

import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Failures;
import dev.samebits.cli.console.Sink;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.convert.ConvertCommand;
import dev.samebits.cli.demo.DemoCommand;
import dev.samebits.cli.inspect.BackendsCommand;
import dev.samebits.cli.inspect.InspectCommand;
import dev.samebits.cli.inspect.VerifyCommand;
import dev.samebits.cli.predict.PredictCommand;
import dev.samebits.cli.predict.ReplayCommand;
import dev.samebits.cli.text.Decimal;
import dev.samebits.cli.train.SearchCommand;
import dev.samebits.cli.train.TrainCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The {@code samebits} command: picks the subcommand, and turns every failure into one line and an exit code. */
@Command(
        name = "samebits",
        description = "Dense neural networks with the same bits from every backend, batch size and number of threads.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 all well; 1 outputs differ, or training diverged; 2 bad input or usage, or something could not "
                + "be written; 3 a fault in Samebits; 141 nobody reads stdout any more."
        })
public final class Main implements Runnable {
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    @Spec
    private CommandSpec spec;

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        Relaunch.run(arguments).ifPresent(System::exit);
        // UTF-8 whatever the locale; picocli and the commands print through these.
        Sink out = new Sink(new FileOutputStream(FileDescriptor.out), Descriptor.path(Descriptor.OUT));
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(standardError(), true, StandardCharsets.UTF_8));
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> Failures.of(e, null));
        int exitCode = run(arguments);
        System.exit(Failures.unwritten(exitCode, out.failure()));
    }

    private static OutputStream standardError() {
        try {
            return Descriptor.open(Descriptor.ERR);
        } catch (IOException e) {
            return new FileOutputStream(FileDescriptor.err);
        }
    }

    /** Runs one command and gives its exit code. */
    static int run(String... arguments) {
        try {
            return commandLine(arguments).execute(arguments);
        } catch (Throwable e) {
            return Failures.of(e, null);
        }
    }

    // Errors, too, are told with the command in view; picocli hands on exceptions alone.
    private static int execute(ParseResult command) {
        try {
            return new RunLast().execute(command);
        } catch (Error e) {
            return Failures.of(e, command);
        }
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand::new);
        commands.put("backends", BackendsCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("train", TrainCommand::new);
        commands.put("search", SearchCommand::new);
        commands.put("predict", PredictCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("convert", ConvertCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    // The one command that is named, where that is plain: looking through all of them takes a tenth of a second.
    static CommandLine commandLine(String[] arguments) {
        CommandLine all = new CommandLine(new Main());
        String named = arguments.length > 0 ? arguments[0] : "";
        boolean one = COMMANDS.containsKey(named) && !named.equals("completion");
        COMMANDS.forEach((name, command) -> {
            if (!one || name.equals(named)) {
                all.addSubcommand(name, command.get());
            }
        });
        // One for both: where a method stands twice behind an interface of Java 5, as picocli has, JDK 17 crashes when it
        // makes the launcher's archive of classes.
        ITypeConverter<Float> number = Main::number;
        return all.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .registerConverter(Float.TYPE, number)
                .registerConverter(Float.class, number)
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionStrategy(Main::execute)
                .setExecutionExceptionHandler((e, command, result) -> Failures.of(e, result));
    }

    // In the grammar of numbers in files: Java's own would take 0.1f, and NaN.
    private static float number(String text) {
        float value = Decimal.parse(text.toCharArray(), 0, text.length());
        if (!Float.isFinite(value)) {
            throw new TypeConversionException("'" + text + "' is not a finite number");
        }
        return value;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
