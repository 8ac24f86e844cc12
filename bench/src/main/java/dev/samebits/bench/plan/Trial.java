package dev.samebits.bench.plan;

import java.util.Map;

/**
 * One thing that JMH measures.
 *
 * @param benchmark class and method, {@code peers.} in front where it is another library's
 * @param parameters by name
 * @param callers threads that call at once, which is for loops that have no threads of their own
 */
public record Trial(String benchmark, Map<String, String> parameters, int callers) {
    private static final String PACKAGE = "dev.samebits.bench.";
    private static final String OURS = PACKAGE + "jmh.";

    /** Of one caller. */
    public Trial(String benchmark, Map<String, String> parameters) {
        this(benchmark, parameters, 1);
    }

    /** The name of a benchmark by what JMH calls it; files from before the benchmarks had a package have no {@code jmh}. */
    public static String benchmark(String fullName) {
        return fullName.startsWith(OURS) ? fullName.substring(OURS.length())
                : fullName.startsWith(PACKAGE) ? fullName.substring(PACKAGE.length()) : fullName;
    }

    /** The register-only loop in vectors of so many bits. */
    static Trial peak(int bits, int callers) {
        return new Trial("FmaPeak.registers", Map.of("bits", String.valueOf(bits)), callers);
    }

    public String fullName() {
        return (isPeer() ? PACKAGE : OURS) + benchmark;
    }

    /** Whether the benchmark is in this build: peers are not in a plain one. */
    public boolean isPresent() {
        try {
            Class.forName(fullName().substring(0, fullName().lastIndexOf('.')), false, Trial.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Whether its time is a measurement; what is counted, or happens once in a JVM, reports figures of its own. */
    public static boolean isTimed(String benchmark) {
        return !benchmark.startsWith("SessionMemoryBenchmark.") && !benchmark.startsWith("ColdStartBenchmark.");
    }

    /** Whether it shows what the machine can do at most: it computes without memory, or moves and hardly computes. */
    public boolean isLimit() {
        return benchmark.startsWith("FmaPeak.") || benchmark.startsWith("MemoryBenchmark.");
    }

    public boolean isPeer() {
        return benchmark.startsWith("peers.");
    }

    /** The backend it must run on, or null where it runs on none of ours. */
    public String backend() {
        return parameters.get("backend");
    }

    /** The settings with the warm-up that this needs: interpreted vectors are so slow that compiling them takes seconds. */
    public Settings settings(Settings whole) {
        if (isPeer()) {
            return Peers.isNative(this) ? whole.brief() : Peers.isOfVectors(this) ? whole : whole.half();
        }
        if (!isTimed(benchmark)) {
            return whole.counted();
        }
        if (!"simd".equals(backend())) {
            return whole.brief();
        }
        if (!benchmark.startsWith("TrainingBenchmark")) {
            return whole;
        }
        // A step has three times as much to compile as a prediction. With one row, what runs once in each is compiled last.
        return "1".equals(parameters.get("batch")) ? whole.patient().patient().judged() : whole.patient();
    }

    @Override
    public String toString() {
        return benchmark + " " + parameters + (callers == 1 ? "" : " × " + callers);
    }
}
