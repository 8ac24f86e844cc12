package dev.samebits.bench;

import dev.samebits.Backends;
import dev.samebits.bench.jmh.Vectors;
import dev.samebits.bench.plan.Goals;
import dev.samebits.bench.plan.Peers;
import dev.samebits.bench.plan.Settings;
import dev.samebits.bench.plan.Suite;
import dev.samebits.bench.report.Comparison;
import dev.samebits.bench.results.Machine;
import dev.samebits.bench.results.Results;
import dev.samebits.bench.run.HardwareRun;
import dev.samebits.bench.run.Jdk;
import dev.samebits.bench.run.MachineDescription;
import dev.samebits.bench.run.RunProgress;
import dev.samebits.cli.file.RunFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code samebits bench}, and what is done with them. */
@Command(
        name = "samebits bench",
        description = {
            "Measure this machine: its limits, every kernel, whole networks, and with --peers other libraries. Ends with a "
                    + "table, a file of JMH's results, a page in Markdown and one self-contained HTML report.",
            "With --goals: what the library is to reach, row by row, each strictly in turn with what it is compared with.",
            "Exit codes: 0 measured, whether goals are met or not; 1 something broke, allocates where it must not, or is "
                    + "slower than before; 2 bad input or usage."
        },
        sortOptions = false)
final class BenchOptions implements Callable<Integer> {
    @Option(names = "--goals", description = "Measure the goals: ratios to other libraries and to the FMA peak, "
            + "nanoseconds, bytes.")
    private boolean goals;

    @Option(names = "--quick", description = "Two minutes, a quarter of an hour with --goals: fewer shapes, three forks of "
            + "each benchmark. The default.")
    private boolean quick;

    @Option(names = "--full", description = "What can be published: five forks, some 15 minutes for each JDK, and 5 for "
            + "peers; with --goals, more than an hour.")
    private boolean full;

    // A comma and a space belong to a row's name.
    @Option(names = "--only", paramLabel = "GROUP", split = ",(?! )", description = "Measure these groups: "
            + "limits, layers, activations, inference, graphs, streams, offline, training, sessions, transfer; with "
            + "--goals: affine, network, tabular, middle, graphs, bf16, odd, kernels, training, activations, allocation, "
            + "memory, start, or rows by a part of their names.")
    private List<String> only;

    @Option(names = "--backend", paramLabel = "NAME", split = ",", description = "Backends, of which the first is measured "
            + "in everything, the others in inference. Default: all that can run here, best first. With --goals one, "
            + "simd by default.")
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

    @Option(names = "--iterations", paramLabel = "N", description = "Measured iterations of a fork (default: 3; of "
            + "goals 10, with --full 25).")
    private Integer iterations;

    @Option(names = "--millis", paramLabel = "MS", description = "Length of an iteration (default: 100; of goals "
            + "60, with --full 100).")
    private Integer millis;

    @Option(names = "--warmup", paramLabel = "MS", description = "Warm-up of each fork (default: 1800; of goals 1500, "
            + "with --full 3000); a third of it where no vector code is to be compiled, twice as long for training.")
    private Integer warmup;

    @Option(names = "--jvm", paramLabel = "OPTION", description = "An option for the measured JVMs, such as -XX:UseAVX=2. "
            + "May be given several times.")
    private List<String> jvm = List.of();

    @Option(names = "--out", paramLabel = "NAME", defaultValue = "samebits-bench", description = "Write NAME.json, "
            + "NAME.md and, without --goals, NAME.html (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--report", paramLabel = "FILE", description = "Measure nothing: write the pages of this JSON file "
            + "again.")
    private Path report;

    @Option(names = "--compare", description = "Measure nothing: say what changed between two JSON files and what is "
            + "noise. Exit code 1 where something is slower beyond it.")
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
            boolean good = new Comparison(Results.read(files.get(0)), Results.read(files.get(1))).print(output);
            return good ? BenchTool.GOOD : BenchTool.BAD;
        }
        RunPages pages = new RunPages(out, output);
        if (report != null) {
            Results results = Results.read(report);
            pages.check(new RunFiles().reads("--report", report), results.isOfGoals());
            return pages.write(results) ? BenchTool.GOOD : BenchTool.BAD;
        }
        if (quick && full) {
            throw new IllegalArgumentException("--quick and --full exclude each other");
        }
        // Before minutes are spent on what could not be kept.
        pages.check(new RunFiles().writes("NAME.json", pages.json()).writes("NAME.log", pages.log()), goals);
        return measure(pages);
    }

    private Settings settings() {
        Settings usual = goals ? full ? Settings.FULL_GOALS : Settings.QUICK_GOALS : full ? Settings.FULL : Settings.QUICK;
        return new Settings(orElse(forks, usual.rounds(), "--forks", 100), usual.warmups(),
                Math.max(1, orElse(warmup, usual.warmups() * usual.warmupMillis(), "--warmup", 60_000) / usual.warmups()),
                orElse(iterations, usual.iterations(), "--iterations", 1000),
                orElse(millis, usual.millis(), "--millis", 60_000));
    }

    private static int orElse(Integer asked, int usual, String option, int most) {
        if (asked != null && (asked < 1 || asked > most)) {
            throw new IllegalArgumentException(option + " must be 1 to " + most + ", not " + asked);
        }
        return asked == null ? usual : asked;
    }

    private List<String> backends() {
        if (goals && backends != null && backends.size() > 1) {
            throw new IllegalArgumentException("--goals measures one backend, not " + backends);
        }
        List<String> names = backends != null ? backends
                : goals ? List.of("simd") : Backends.available().stream().map(b -> b.name()).toList();
        names.forEach(Backends::named);
        return names;
    }

    private List<Jdk> javas() {
        return jdks == null ? List.of(Jdk.running()) : jdks.stream().map(Jdk::find).toList();
    }

    private HardwareRun run(Settings settings, MachineDescription machine, Vectors vectors, Path log) throws IOException {
        List<String> names = backends();
        if (peers && Peers.isMissing()) {
            throw new IllegalArgumentException("there are no peers in this build: run './samebits bench --peers'");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        List<String> options = Stream.concat(jvm.stream(), vectors.options().stream()).toList();
        HardwareRun run = goals
                ? HardwareRun.ofBlocks(new Goals(!full, names.get(0), cores, vectors)
                        .blocks(only == null ? Goals.GROUPS : only, trial -> !trial.isPeer()
                                || peers && trial.isPresent() && Peers.isFair(trial, vectors)),
                        settings, javas(), options, log)
                : HardwareRun.ofTrials(new Suite(!full, names, peers, cores, machine.caches(), vectors)
                        .trials(only == null ? Suite.GROUPS : only), settings, javas(), options, log);
        if (run.size() == 0) {
            throw new IllegalArgumentException("there is nothing to measure in " + only + (peers && vectors.isNarrowed()
                    ? " in vectors of " + vectors.text() + ": measure without --jvm" : " with --quick" + (goals
                    ? " and without --peers: take --full or --peers" : ": take --full")));
        }
        Files.deleteIfExists(log);
        return run;
    }

    private int measure(RunPages pages) throws IOException {
        Settings settings = settings();
        MachineDescription machine = new MachineDescription();
        Vectors vectors = machine.vectors(javas(), jvm);
        HardwareRun run = run(settings, machine, vectors, pages.log());
        if (vectors.isNarrowed()) {
            err.println("Vectors of " + vectors.text());
        }
        err.println(run.size() + (run.size() == 1 ? " benchmark, " : " benchmarks, ") + settings.rounds()
                + (settings.rounds() == 1 ? " fork of each: about " : " forks of each: about ")
                + RunProgress.clock(run.seconds()) + " minutes");
        RunProgress progress = new RunProgress(run.forks(), run.seconds() / run.forks(), err);
        long began = System.nanoTime();
        try {
            run.measure(progress, () -> pages.keep(run.json(
                    machine.describe(describe(settings, vectors), run.forkLines(), run.failures()))));
        } finally {
            progress.close();
        }
        err.println("Measured in " + RunProgress.clock((System.nanoTime() - began) / 1e9) + " minutes");
        run.failures().forEach(line -> err.println("samebits: bench: failed, see " + pages.log() + ": " + line));
        boolean good = pages.write(Results.read(pages.json()));
        return good && run.failures().isEmpty() ? BenchTool.GOOD : BenchTool.BAD;
    }

    private Map<String, String> describe(Settings settings, Vectors vectors) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("command", "samebits bench" + (goals ? " --goals" : "") + (full ? " --full" : " --quick")
                + (peers ? " --peers" : "") + option("--jdk", jdks) + option("--only", only)
                + option("--backend", backends) + option("--forks", forks) + option("--iterations", iterations)
                + option("--millis", millis) + option("--warmup", warmup));
        words.put(Machine.VERSION, String.valueOf(Backends.class.getPackage().getImplementationVersion()));
        words.put(Machine.VECTORS, vectors.text());
        words.put("forks", String.valueOf(settings.rounds()));
        words.put("iterations", String.format(Locale.ROOT, "%d of %d ms, after %d to warm up, of %d ms for vectors and %d "
                + "for others", settings.iterations(), settings.millis(), settings.warmups(), settings.warmupMillis(),
                settings.brief().warmupMillis()));
        if (!jvm.isEmpty()) {
            words.put("JVM options", String.join(" ", jvm));
        }
        return words;
    }

    private static String option(String name, Object value) {
        String text = value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(",")) : String.valueOf(value);
        return value == null ? "" : " " + name + " " + (text.contains(" ") ? "'" + text + "'" : text);
    }
}
