package dev.samebits.bench;

import dev.samebits.Backends;
import dev.samebits.bench.plan.Peers;
import dev.samebits.bench.plan.Settings;
import dev.samebits.bench.plan.Suite;
import dev.samebits.bench.report.Comparison;
import dev.samebits.bench.report.HtmlReport;
import dev.samebits.bench.report.Summary;
import dev.samebits.bench.results.Results;
import dev.samebits.bench.run.HardwareRun;
import dev.samebits.bench.run.Jdk;
import dev.samebits.bench.run.MachineDescription;
import dev.samebits.bench.run.RunProgress;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.onnx.file.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code samebits bench}, and what is done with them. */
@Command(
        name = "samebits bench",
        description = {
            "Measure this machine: its limits, every kernel, whole networks, and with --peers other libraries. Ends with a "
                    + "table, a file of JMH's results and one self-contained HTML report.",
            "Exit codes: 0 measured; 1 something broke or allocates where it must not; 2 bad input or usage."
        },
        sortOptions = false)
final class BenchOptions implements Callable<Integer> {
    @Option(names = "--quick", description = "Two minutes: fewer shapes, three forks of each benchmark. The default.")
    private boolean quick;

    @Option(names = "--full", description = "What can be published: five forks, some 15 minutes for each JDK, and 5 for "
            + "peers.")
    private boolean full;

    @Option(names = "--only", paramLabel = "GROUP", split = ",", description = "Measure these groups: "
            + "limits, layers, activations, inference, streams, offline, training, sessions, transfer.")
    private List<String> only;

    @Option(names = "--backend", paramLabel = "NAME", split = ",", description = "Backends, of which the first is measured "
            + "in everything, the others in inference. Default: all that can run here, best first.")
    private List<String> backends;

    @Option(names = "--peers", description = "Other libraries too, the same work on as many threads. The first time some "
            + "300 MB are fetched.")
    private boolean peers;

    @Option(names = "--jdk", paramLabel = "VERSION", split = ",", description = "JDKs to measure on, in one run and one "
            + "report: versions such as 17,25, or folders. Default: the one that runs this.")
    private List<String> jdks;

    @Option(names = "--forks", paramLabel = "N", description = "Forks of each benchmark (default: 5 with --full, 3 "
            + "without).")
    private Integer forks;

    @Option(names = "--iterations", paramLabel = "N", description = "Measured iterations of a fork (default: 3).")
    private Integer iterations;

    @Option(names = "--millis", paramLabel = "MS", description = "Length of an iteration (default: 100).")
    private Integer millis;

    @Option(names = "--warmup", paramLabel = "MS", description = "Warm-up of each fork (default: 1800); a third of "
            + "it and less where no vector code is to be compiled, twice as long for training.")
    private Integer warmup;

    @Option(names = "--jvm", paramLabel = "OPTION", description = "An option for the measured JVMs, such as -XX:UseAVX=2. "
            + "May be given several times.")
    private List<String> jvm = List.of();

    @Option(names = "--out", paramLabel = "NAME", defaultValue = "samebits-bench", description = "Write NAME.json and "
            + "NAME.html (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--report", paramLabel = "FILE", description = "Measure nothing: draw the report of this JSON file "
            + "again.")
    private Path report;

    @Option(names = "--compare", description = "Measure nothing: say what changed between two JSON files and what is noise.")
    private boolean compare;

    @Parameters(paramLabel = "FILE", arity = "0..2", description = "The files to compare, the older one first.")
    private List<Path> files = List.of();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    private final PrintWriter output;
    private final PrintWriter err;

    BenchOptions(PrintWriter output, PrintWriter err) {
        this.output = output;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        if (files.size() != (compare ? 2 : 0)) {
            throw new IllegalArgumentException(compare
                    ? "--compare takes two files, not " + files.size()
                    : "what is '" + files.get(0) + "'? Files are for --compare");
        }
        if (compare) {
            new Comparison(Results.read(files.get(0)), Results.read(files.get(1))).print(output);
            return BenchTool.GOOD;
        }
        if (report != null) {
            new RunFiles().reads("--report", report).writes("NAME.html", Path.of(out + ".html"));
            return write(Results.read(report));
        }
        if (quick && full) {
            throw new IllegalArgumentException("--quick and --full exclude each other");
        }
        checkOut();
        return measure();
    }

    // Before minutes are spent on what could not be kept.
    private void checkOut() {
        RunFiles written = new RunFiles();
        List.of(".json", ".html", ".log").forEach(ending -> written.writes("NAME" + ending, Path.of(out + ending)));
    }

    private Settings settings() {
        Settings usual = full ? Settings.REPORT : Settings.QUICK_REPORT;
        return new Settings(orElse(forks, usual.rounds(), "--forks", 100), usual.warmups(),
                orElse(warmup, usual.warmups() * usual.warmupMillis(), "--warmup", 60_000) / usual.warmups(),
                orElse(iterations, usual.iterations(), "--iterations", 1000),
                orElse(millis, usual.millis(), "--millis", 60_000));
    }

    private static int orElse(Integer asked, int usual, String option, int most) {
        if (asked != null && (asked < 1 || asked > most)) {
            throw new IllegalArgumentException(option + " must be 1 to " + most + ", not " + asked);
        }
        return asked == null ? usual : asked;
    }

    private int measure() throws IOException {
        List<String> names = backends != null ? backends : Backends.available().stream().map(b -> b.name()).toList();
        names.forEach(Backends::named);
        List<Jdk> javas = jdks == null ? List.of(Jdk.running()) : jdks.stream().map(Jdk::find).toList();
        if (peers && Peers.isMissing()) {
            throw new IllegalArgumentException("there are no peers in this build: run './samebits bench --peers'");
        }
        Settings settings = settings();
        MachineDescription machine = new MachineDescription();
        Suite suite = new Suite(!full, names, peers, Runtime.getRuntime().availableProcessors(), machine.caches());
        List<HardwareRun.Job> jobs = HardwareRun.jobs(suite.trials(only == null ? Suite.GROUPS : only), javas);
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to measure in " + only + " with --quick: take --full");
        }
        double seconds = settings.rounds()
                * jobs.stream().mapToDouble(job -> job.trial().settings(settings).forkSeconds()).sum();
        int all = jobs.size() * settings.rounds();
        err.println(jobs.size() + " benchmarks, " + settings.rounds() + " forks of each: about "
                + RunProgress.clock(seconds) + " minutes");
        Path log = Path.of(out + ".log");
        Files.deleteIfExists(log);
        RunProgress progress = new RunProgress(all, seconds / all, err);
        HardwareRun run = new HardwareRun(settings, jvm, log, progress);
        long began = System.nanoTime();
        Path json = Path.of(out + ".json");
        try {
            run.measure(jobs, () -> replace(json, Results.withMachine(run.json(),
                    machine.describe(describe(settings), run.forkLines(), run.failures()))));
        } finally {
            progress.close();
        }
        err.println("Measured in " + RunProgress.clock((System.nanoTime() - began) / 1e9) + " minutes");
        run.failures().forEach(line -> err.println("samebits: bench: failed, see " + log + ": " + line));
        int code = write(Results.read(json));
        return run.failures().isEmpty() ? code : BenchTool.BAD;
    }

    private Map<String, String> describe(Settings settings) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("command", "samebits bench " + (full ? "--full" : "--quick") + (peers ? " --peers" : "")
                + (jdks == null ? "" : " --jdk " + String.join(",", jdks))
                + (only == null ? "" : " --only " + String.join(",", only))
                + (backends == null ? "" : " --backend " + String.join(",", backends))
                + option("--forks", forks) + option("--iterations", iterations) + option("--millis", millis)
                + option("--warmup", warmup));
        words.put("forks", String.valueOf(settings.rounds()));
        words.put("iterations", String.format(Locale.ROOT, "%d of %d ms, after %d to warm up, of %d ms for vectors and %d "
                + "for others", settings.iterations(), settings.millis(), settings.warmups(), settings.warmupMillis(),
                settings.brief().warmupMillis()));
        if (!jvm.isEmpty()) {
            words.put("JVM options", String.join(" ", jvm));
        }
        return words;
    }

    private static String option(String name, Integer value) {
        return value == null ? "" : " " + name + " " + value;
    }

    // In one step: a run that is stopped meanwhile leaves the file before.
    private static void replace(Path file, String text) throws IOException {
        AtomicFile.write(file, to -> to.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private int write(Results results) throws IOException {
        Path html = Path.of(out + ".html");
        replace(html, new HtmlReport(results).text());
        boolean good = new Summary(results).print(output);
        output.println();
        output.println("Report: " + html.toAbsolutePath());
        return good ? BenchTool.GOOD : BenchTool.BAD;
    }
}
