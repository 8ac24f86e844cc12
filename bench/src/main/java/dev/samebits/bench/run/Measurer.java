package dev.samebits.bench.run;

import dev.samebits.bench.plan.Block;
import dev.samebits.bench.plan.Result;
import dev.samebits.bench.plan.Row;
import dev.samebits.bench.plan.Sample;
import dev.samebits.bench.plan.Settings;
import dev.samebits.bench.plan.Trial;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Measures rows of the table, the trials of each strictly in turn. */
public final class Measurer {
    // What JMH and its profiler allocate in an iteration, rounded up: some 7,000 bytes around a loop that allocates none.
    static final double HARNESS_BYTES = 8192;

    private final Settings settings;
    private final Path log;
    private final PrintStream progress;
    private final Forks forks;

    /** @param log receives JMH's own output, whole */
    public Measurer(Settings settings, Path log, PrintStream progress) {
        this.settings = settings;
        this.log = log;
        this.progress = progress;
        forks = new Forks(log);
    }

    /** What the forks printed at their start, each different line once. */
    public Set<String> forkLines() {
        return forks.lines();
    }

    /** Measures the rows of a block; a trial that fails takes only its own rows with it. */
    public List<Result> measure(Block block) throws IOException {
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
                        problems.put(trial, "failed, see " + log.getFileName() + ": " + Forks.reason(e));
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
        RunResult result = forks.run(trial, settings, stretch, null, List.of());
        double nanos = result.getPrimaryResult().getScore();
        double calls = 1e6 * stretch * settings.millis() / nanos;
        return new Sample(nanos, Math.max(0, allocation(result) - HARNESS_BYTES / calls), spread(result));
    }

    // The least of the iterations: vectors are objects until their code is compiled, and JMH allocates at times of its own.
    @SuppressWarnings("rawtypes") // JMH's own map is raw.
    static double allocation(RunResult result) {
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
}
