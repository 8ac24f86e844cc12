package dev.samebits.bench;

import dev.samebits.Backends;
import dev.samebits.bench.plan.Block;
import dev.samebits.bench.plan.Goals;
import dev.samebits.bench.plan.Result;
import dev.samebits.bench.plan.Settings;
import dev.samebits.bench.run.Measurer;
import dev.samebits.bench.run.SessionMemory;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.onnx.file.AtomicFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import joptsimple.OptionException;
import joptsimple.OptionParser;
import joptsimple.OptionSet;
import joptsimple.OptionSpec;

/** Measures the goals of the library and prints them as a table; {@code bench/run --help} tells how. */
public final class Table {
    private final OptionParser parser = new OptionParser();
    private final OptionSpec<String> rows = parser.accepts("rows", "what to measure, of " + String.join(",", Goals.GROUPS))
            .withRequiredArg()
            .withValuesSeparatedBy(',')
            .defaultsTo(Goals.GROUPS.toArray(String[]::new));
    private final OptionSpec<Void> quick =
            parser.accepts("quick", "a few minutes instead of more than an hour: one fork, short, fewer shapes; for a look");
    private final OptionSpec<Integer> rounds =
            parser.accepts("rounds", "forks of each trial").withRequiredArg().ofType(Integer.class);
    private final OptionSpec<String> json = parser.accepts("json", "also write the results to this file").withRequiredArg();
    private final OptionSpec<String> log = parser.accepts("log", "where JMH's own output goes")
            .withRequiredArg()
            .defaultsTo("bench.log");
    private final OptionSpec<Void> help = parser.accepts("help", "print this").forHelp();

    Table() {
        // Taken by bench/run, which then builds without peers.
        parser.accepts("no-peers", "build without the libraries to compare with");
    }

    /** Exit codes: 0 measured, whether goals are met or not; 1 a trial failed; 2 usage, or nothing could be written. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        int exitCode = new Table().run(arguments, out, System.err);
        if (out.checkError()) {
            System.err.println("cannot write the table: stdout");
            exitCode = Math.max(exitCode, 2);
        }
        System.exit(exitCode);
    }

    int run(String[] arguments, PrintStream out, PrintStream err) throws IOException {
        OptionSet options;
        try {
            options = parser.parse(arguments);
            for (String group : rows.values(options)) {
                if (!Goals.GROUPS.contains(group)) {
                    throw new IllegalArgumentException("no rows are called '" + group + "': known are " + Goals.GROUPS);
                }
            }
            if (options.has(rounds) && rounds.value(options) < 1) {
                throw new IllegalArgumentException("--rounds is " + rounds.value(options) + ": at least 1 is needed");
            }
            // Now, and not when an hour has been measured.
            RunFiles written = new RunFiles().writes("--log", logFile(options));
            if (options.has(json)) {
                written.writes("--json", Path.of(json.value(options)));
            }
        } catch (OptionException | IllegalArgumentException | Problem e) {
            err.println(e.getMessage());
            return 2;
        }
        if (options.has(help)) {
            parser.printHelpOn(out);
            return 0;
        }
        Settings settings = options.has(quick) ? Settings.QUICK : Settings.FULL;
        if (options.has(rounds)) {
            settings = settings.withRounds(rounds.value(options));
        }
        Path logFile = logFile(options);
        Files.deleteIfExists(logFile);
        Measurer measurer = new Measurer(settings, logFile, err);
        List<Result> results = measure(measurer, new Goals(options.has(quick)), rows.values(options));
        measurer.forkLines().forEach(out::println);
        out.println();
        TablePrinter.print(results, out);
        if (options.has(json)) {
            String text = Json.text(results, measurer.forkLines(), settings);
            AtomicFile.write(Path.of(json.value(options)), to -> to.write(text.getBytes(StandardCharsets.UTF_8)));
        }
        return results.stream().anyMatch(Result::hasFailed) ? 1 : 0;
    }

    // The last one counts: bench/run names one in front of the user's options.
    private Path logFile(OptionSet options) {
        List<String> logs = log.values(options);
        return Path.of(logs.get(logs.size() - 1));
    }

    private static List<Result> measure(Measurer measurer, Goals goals, List<String> groups) throws IOException {
        List<Result> results = new ArrayList<>();
        for (String group : groups) {
            if (group.equals("memory")) {
                results.addAll(SessionMemory.measure(Backends.named("simd")));
            } else {
                for (Block block : goals.blocks(group)) {
                    results.addAll(measurer.measure(block));
                }
            }
        }
        return results;
    }
}
