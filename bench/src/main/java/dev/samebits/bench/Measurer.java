package dev.samebits.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs trials in JMH forks, one fork at a time, and keeps what the forks say about themselves. */
final class Measurer {
    // What JMH and its profiler allocate in an iteration, rounded up: some 7,000 bytes around a loop that allocates none.
    private static final double HARNESS_BYTES = 8192;

    private final Settings settings;
    private final Path log;
    private final PrintStream progress;
    private final Set<String> forkLines = new LinkedHashSet<>();

    /** @param log receives JMH's own output, whole */
    Measurer(Settings settings, Path log, PrintStream progress) {
        this.settings = settings;
        this.log = log;
        this.progress = progress;
    }

    /** What the forks printed at their start, each different line once. */
    Set<String> forkLines() {
        return forkLines;
    }

    /** Measures the rows of a block; a trial that fails takes only its own rows with it. */
    List<Result> measure(Block block) throws IOException {
        Map<Trial, List<Sample>> samples = new HashMap<>();
        Map<Trial, String> problems = new HashMap<>();
        for (Trial trial : block.trials()) {
            samples.put(trial, new ArrayList<>());
            if (!trial.isPresent()) {
                problems.put(trial, Result.ABSENT);
            }
        }
        for (int round = 0; round < settings.rounds(); round++) {
            for (Trial trial : block.trials()) {
                if (!problems.containsKey(trial)) {
                    progress.println(block.group() + ", round " + (round + 1) + ": " + trial);
                    try {
                        samples.get(trial).add(fork(trial, block.stretch()));
                    } catch (RunnerException | IllegalStateException e) {
                        problems.put(trial, "failed, see " + log.getFileName() + ": " + firstLine(e));
                    }
                }
            }
        }
        List<Result> results = new ArrayList<>();
        for (Row row : block.rows()) {
            // A row without a yardstick asks for the problem of null, which has none.
            String problem = problems.getOrDefault(row.own(), problems.get(row.yardstick()));
            results.add(problem == null
                    ? Result.of(block.group(), row, samples)
                    : Result.failed(block.group(), row, problem));
        }
        return results;
    }

    private Sample fork(Trial trial, int stretch) throws RunnerException, IOException {
        Path output = Files.createTempFile("samebits-jmh", ".log");
        PrintStream standardOut = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        // What a fork prints does not go where JMH's own output goes, but to this process's standard output.
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            Collection<RunResult> results = new Runner(options(trial, stretch, output).build()).run();
            checkBackend(trial, keepForkLines(said.toString(StandardCharsets.UTF_8)));
            if (results.size() != 1) {
                throw new IllegalStateException(trial + " names " + results.size() + " benchmarks, not one");
            }
            RunResult result = results.iterator().next();
            double nanos = result.getPrimaryResult().getScore();
            double calls = 1e6 * stretch * settings.millis() / nanos;
            return new Sample(nanos, Math.max(0, allocation(result) - HARNESS_BYTES / calls), spread(result));
        } finally {
            System.setOut(standardOut);
            Files.write(log, said.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.write(log, Files.readAllBytes(output), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.delete(output);
        }
    }

    private ChainedOptionsBuilder options(Trial trial, int stretch, Path output) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(trial.fullName()) + "$")
                .forks(1)
                .warmupIterations(settings.warmups())
                .warmupTime(TimeValue.milliseconds(settings.millis()))
                .measurementIterations(settings.iterations())
                .measurementTime(TimeValue.milliseconds((long) stretch * settings.millis()))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(output.toString());
        trial.parameters().forEach(options::param);
        return options;
    }

    private List<String> keepForkLines(String output) {
        List<String> lines = output.lines()
                .filter(line -> line.startsWith(ForkLine.MARK))
                .map(line -> line.substring(ForkLine.MARK.length()))
                .toList();
        forkLines.addAll(lines);
        return lines;
    }

    // The fork has checked it too; but a fork that says nothing has checked nothing.
    private static void checkBackend(Trial trial, List<String> lines) {
        if (lines.isEmpty()) {
            throw new IllegalStateException("the fork does not say what it ran");
        }
        String backend = "backend " + trial.backend() + " ";
        if (trial.backend() != null && lines.stream().noneMatch(line -> line.startsWith(backend))) {
            throw new IllegalStateException("asked for backend " + trial.backend() + ", but the fork says " + lines);
        }
    }

    // The least of the iterations: vectors are objects until their code is compiled, and JMH allocates at times of its own.
    @SuppressWarnings("rawtypes") // JMH's own map is raw.
    private static double allocation(RunResult result) {
        double least = Double.POSITIVE_INFINITY;
        for (var fork : result.getBenchmarkResults()) {
            for (var iteration : fork.getIterationResults()) {
                for (var entry : iteration.getSecondaryResults().entrySet()) {
                    if (entry.getKey().endsWith("gc.alloc.rate.norm")) {
                        least = Math.min(least, entry.getValue().getScore());
                    }
                }
            }
        }
        if (least == Double.POSITIVE_INFINITY) {
            throw new IllegalStateException("this JVM does not count allocated bytes");
        }
        return least;
    }

    private static double spread(RunResult result) {
        DoubleSummaryStatistics times = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .summaryStatistics();
        return times.getMax() / times.getMin();
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
    }
}
