package dev.samebits.bench.run;

import dev.samebits.bench.plan.Peers;
import dev.samebits.bench.plan.Settings;
import dev.samebits.bench.plan.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.WorkloadParams;

/**
 * Measures every trial on every JDK, one fork of each in turn, then the second fork of each, and so on: what the machine
 * does meanwhile meets all of them alike.
 */
public final class HardwareRun {
    // Not its path, which says more about a machine's owner than about speed.
    private static final String JVM = "java";

    /** A trial on a JDK. */
    public record Job(Trial trial, Jdk jdk) {}

    /** What is done with the results so far. */
    public interface Keeper {
        void keep() throws IOException;
    }

    private final Settings settings;
    private final List<String> jvmOptions;
    private final Forks forks;
    private final RunProgress progress;
    private final Map<Job, List<RunResult>> results = new LinkedHashMap<>();
    private final Map<Job, String> failures = new LinkedHashMap<>();

    public HardwareRun(Settings settings, List<String> jvmOptions, Path log, RunProgress progress) {
        this.settings = settings;
        this.jvmOptions = jvmOptions;
        this.forks = new Forks(log);
        this.progress = progress;
    }

    /** Every trial on every JDK; what runs outside of the JVM, native peers and OpenCL, on the first alone. */
    public static List<Job> jobs(List<Trial> trials, List<Jdk> jdks) {
        Set<Job> jobs = new LinkedHashSet<>();
        for (Trial trial : trials) {
            boolean outside = Peers.isNative(trial) || "opencl".equals(trial.backend());
            for (Jdk jdk : outside ? jdks.subList(0, 1) : jdks) {
                jobs.add(new Job(trial, jdk));
            }
        }
        return List.copyOf(jobs);
    }

    /**
     * Measures.
     *
     * @param keep called after each round, so that a run that is interrupted leaves its whole rounds
     */
    public void measure(List<Job> jobs, Keeper keep) throws IOException {
        for (int round = 0; round < settings.rounds(); round++) {
            for (Job job : jobs) {
                if (failures.containsKey(job)) {
                    progress.skip();
                    continue;
                }
                progress.next(job.trial() + ", JDK " + job.jdk().feature());
                try {
                    results.computeIfAbsent(job, j -> new ArrayList<>())
                            .add(forks.run(job.trial(), job.trial().settings(settings), 1, job.jdk(), jvmOptions));
                } catch (RunnerException | IllegalStateException e) {
                    results.remove(job);
                    failures.put(job, Forks.reason(e));
                }
            }
            keep.keep();
        }
    }

    /** What broke, and how. */
    public List<String> failures() {
        List<String> lines = new ArrayList<>();
        failures.forEach((job, why) -> lines.add(job.trial() + ", JDK " + job.jdk().feature() + ": " + why));
        return lines;
    }

    /** What the forks said they ran. */
    public List<String> forkLines() {
        return List.copyOf(forks.lines());
    }

    /** The results as JMH writes them. */
    public String json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out)
                    .writeOut(results.values().stream().map(HardwareRun::merged).toList());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The forks of a job as JMH would hold them had it run them in one go. */
    private static RunResult merged(List<RunResult> forks) {
        BenchmarkParams one = forks.get(0).getParams();
        BenchmarkParams all = new BenchmarkParams(one.getBenchmark(), one.generatedBenchmark(), one.shouldSynchIterations(),
                one.getThreads(), one.getThreadGroups(), one.getThreadGroupLabels(), forks.size(), one.getWarmupForks(),
                one.getWarmup(), one.getMeasurement(), one.getMode(), params(one), one.getTimeUnit(),
                one.getOpsPerInvocation(), JVM, one.getJvmArgs(), one.getJdkVersion(), one.getVmName(),
                one.getVmVersion(), one.getJmhVersion(), one.getTimeout());
        List<BenchmarkResult> results = new ArrayList<>();
        for (RunResult fork : forks) {
            for (BenchmarkResult result : fork.getBenchmarkResults()) {
                results.add(new BenchmarkResult(all, result.getIterationResults(), result.getMetadata()));
            }
        }
        return new RunResult(all, results);
    }

    private static WorkloadParams params(BenchmarkParams params) {
        WorkloadParams workload = new WorkloadParams();
        int order = 0;
        for (String key : params.getParamsKeys()) {
            workload.put(key, params.getParam(key), order++);
        }
        return workload;
    }
}
