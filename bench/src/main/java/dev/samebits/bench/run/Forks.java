package dev.samebits.bench.run;

import dev.samebits.bench.jmh.Cost;
import dev.samebits.bench.jmh.ForkLine;
import dev.samebits.bench.plan.Settings;
import dev.samebits.bench.plan.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs one JMH fork at a time, and keeps what the forks say about themselves. */
final class Forks {
    private final Path log;
    private final Set<String> lines = new LinkedHashSet<>();

    /** @param log receives JMH's own output, whole */
    Forks(Path log) {
        this.log = log;
    }

    /** What the forks printed at their start, each different line once. */
    Set<String> lines() {
        return lines;
    }

    /**
     * Runs one fork of a trial.
     *
     * @param more options for its JVM
     * @throws RunnerException if the fork fails
     * @throws IllegalStateException if it ran another backend than the one asked for, or does not say which
     */
    RunResult run(Trial trial, Settings settings, Jdk jdk, List<String> more)
            throws RunnerException, IOException {
        Path output = Files.createTempFile("samebits-jmh", ".log");
        PrintStream standardOut = System.out;
        PrintStream standardError = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        // What a fork prints does not go where JMH's own output goes, but to this process's streams.
        PrintStream listener = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(listener);
        System.setErr(listener);
        try {
            Collection<RunResult> results =
                    new Runner(options(trial, settings, jdk, more, output).build()).run();
            String text = said.toString(StandardCharsets.UTF_8);
            checkBackend(trial, keepLines(text));
            if (results.size() != 1) {
                throw new IllegalStateException(trial + " names " + results.size() + " benchmarks, not one");
            }
            RunResult result = results.iterator().next();
            addFigures(result, text);
            addSpeeds(result, trial);
            return result;
        } finally {
            System.setOut(standardOut);
            System.setErr(standardError);
            Files.write(log, said.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.write(log, Files.readAllBytes(output), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.delete(output);
        }
    }

    private static ChainedOptionsBuilder options(
            Trial trial, Settings settings, Jdk jdk, List<String> more, Path output) {
        List<String> flags = new ArrayList<>(jdk.options());
        flags.addAll(more);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(trial.fullName()) + "$")
                .forks(1)
                .threads(trial.callers())
                .warmupIterations(settings.warmups())
                .warmupTime(TimeValue.milliseconds(settings.warmupMillis()))
                .measurementIterations(settings.iterations())
                .measurementTime(TimeValue.milliseconds(settings.millis()))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(output.toString())
                .jvm(jdk.launcher())
                .jvmArgs(flags.toArray(String[]::new));
        trial.parameters().forEach(options::param);
        String bits = trial.parameters().getOrDefault("bits", "0");
        if (!bits.equals("0")) {
            options.jvmArgsAppend("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=" + Integer.parseInt(bits) / 8);
        }
        return options;
    }

    private List<String> keepLines(String output) {
        List<String> found = output.lines()
                .filter(line -> line.startsWith(ForkLine.MARK))
                .map(line -> line.substring(ForkLine.MARK.length()))
                .toList();
        lines.addAll(found);
        return found;
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

    /** Why a fork failed, in one line: what the benchmark threw, which JMH hides behind an exception of its own. */
    static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null || cause.getSuppressed().length > 0) {
            cause = cause.getCause() != null ? cause.getCause() : cause.getSuppressed()[0];
        }
        return cause.getClass().getSimpleName() + ": "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("no message");
    }

    private static void addFigures(RunResult result, String output) {
        output.lines().filter(line -> line.startsWith(ForkLine.FIGURE)).forEach(line -> {
            String[] words = line.substring(ForkLine.FIGURE.length()).split(" ");
            addFigure(result, words[0], Double.parseDouble(words[1]), words[2]);
        });
    }

    // To the last iteration, since JMH's file has the single numbers of iterations only.
    private static void addFigure(RunResult result, String name, double value, String unit) {
        result.getBenchmarkResults().forEach(fork -> fork.getIterationResults().stream()
                .reduce((first, second) -> second)
                .ifPresent(last -> last.addResult(new ScalarResult(name, value, unit, AggregationPolicy.AVG))));
    }

    /** Adds the speeds that follow from time and work to every iteration, so that JMH's file has them too. */
    private static void addSpeeds(RunResult result, Trial trial) {
        Cost cost = Cost.of(trial.benchmark(), trial.parameters());
        for (var fork : result.getBenchmarkResults()) {
            for (var iteration : fork.getIterationResults()) {
                double perNano = trial.callers() / iteration.getPrimaryResult().getScore();
                if (cost.flops() > 0) {
                    iteration.addResult(
                            new ScalarResult("GFLOP/s", cost.flops() * perNano, "GFLOP/s", AggregationPolicy.AVG));
                }
                if (cost.bytes() > 0) {
                    iteration.addResult(new ScalarResult("GB/s", cost.bytes() * perNano, "GB/s", AggregationPolicy.AVG));
                }
            }
        }
    }
}
