package dev.samebits.bench.run;

import dev.samebits.bench.plan.Block;
import dev.samebits.bench.plan.Peers;
import dev.samebits.bench.plan.Settings;
import dev.samebits.bench.plan.Trial;
import dev.samebits.bench.results.Machine;
import dev.samebits.bench.results.Results;
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
import java.util.function.Function;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.WorkloadParams;

/**
 * Measures every trial on every JDK, one fork of each in turn, then the second fork of each, and so on: what the machine
 * does meanwhile meets all of them alike. Where trials are in blocks, block after block.
 */
public final class HardwareRun {
    // Not its path, which says more about a machine's owner than about speed.
    private static final String JVM = "java";

    /**
     * A trial on a JDK.
     *
     * @param block the name of those that it is measured in turn with; empty where there is only one block
     */
    record Job(String block, Trial trial, Jdk jdk, Settings settings) {
        @Override
        public String toString() {
            return trial + ", JDK " + jdk.feature();
        }
    }

    /** What is done with the results so far. */
    public interface Keeper {
        void keep() throws IOException;
    }

    private final List<List<Job>> blocks;
    private final List<String> jvmOptions;
    private final Forks forks;
    private final Map<Job, List<RunResult>> results = new LinkedHashMap<>();
    private final Map<Job, String> failures = new LinkedHashMap<>();

    private HardwareRun(List<List<Job>> blocks, List<String> jvmOptions, Path log) {
        this.blocks = blocks;
        this.jvmOptions = jvmOptions;
        this.forks = new Forks(log);
    }

    /** Of trials that are all measured in turn. */
    public static HardwareRun ofTrials(List<Trial> trials, Settings settings, List<Jdk> jdks, List<String> jvmOptions,
            Path log) {
        return new HardwareRun(List.of(jobs("", trials, jdks, trial -> trial.settings(settings))), jvmOptions, log);
    }

    /** Of blocks, each by itself. */
    public static HardwareRun ofBlocks(List<Block> blocks, Settings settings, List<Jdk> jdks, List<String> jvmOptions,
            Path log) {
        return new HardwareRun(blocks.stream().map(block -> jobs(block.name(), block.trials(), jdks,
                trial -> block.settings(trial, settings))).toList(), jvmOptions, log);
    }

    /** Every trial on every JDK; what runs outside of the JVM, native peers and OpenCL, on the first alone. */
    static List<Job> jobs(String block, List<Trial> trials, List<Jdk> jdks, Function<Trial, Settings> settings) {
        Set<Job> jobs = new LinkedHashSet<>();
        for (Trial trial : trials) {
            boolean outside = Peers.isNative(trial) || "opencl".equals(trial.backend());
            for (Jdk jdk : outside ? jdks.subList(0, 1) : jdks) {
                jobs.add(new Job(block, trial, jdk, settings.apply(trial)));
            }
        }
        return List.copyOf(jobs);
    }

    private Stream<Job> jobs() {
        return blocks.stream().flatMap(List::stream);
    }

    /** How many benchmarks, each on one JDK. */
    public int size() {
        return (int) jobs().count();
    }

    /** How many forks. */
    public int forks() {
        return jobs().mapToInt(job -> job.settings().rounds()).sum();
    }

    /** How long it will take. */
    public double seconds() {
        return jobs().mapToDouble(job -> job.settings().rounds() * job.settings().forkSeconds()).sum();
    }

    /**
     * Measures.
     *
     * @param keep called after each round, so that a run that is interrupted leaves its whole rounds
     */
    public void measure(RunProgress progress, Keeper keep) throws IOException {
        for (List<Job> block : blocks) {
            for (int round = 0; round < block.get(0).settings().rounds(); round++) {
                for (Job job : block) {
                    measure(job, progress);
                }
                keep.keep();
            }
        }
    }

    private void measure(Job job, RunProgress progress) throws IOException {
        if (failures.containsKey(job)) {
            progress.skip();
            return;
        }
        progress.next(job.toString());
        try {
            results.computeIfAbsent(job, j -> new ArrayList<>())
                    .add(forks.run(job.trial(), job.settings(), job.jdk(), jvmOptions));
        } catch (RunnerException | IllegalStateException e) {
            results.remove(job);
            failures.put(job, Forks.reason(e));
        }
    }

    /** What broke, and how. */
    public List<String> failures() {
        List<String> lines = new ArrayList<>();
        failures.forEach((job, why) -> lines.add(job + ": " + why));
        return lines;
    }

    /** What the forks said they ran. */
    public List<String> forkLines() {
        return List.copyOf(forks.lines());
    }

    /** The results as JMH writes them, with the machine and the block of each. */
    public String json(Machine machine) {
        return Results.withMachine(jmhJson(), machine, results.keySet().stream().map(Job::block).toList());
    }

    private String jmhJson() {
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
