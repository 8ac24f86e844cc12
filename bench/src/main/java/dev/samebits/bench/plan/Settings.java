package dev.samebits.bench.plan;

/**
 * How long is measured.
 *
 * @param rounds forks of each trial
 * @param warmups iterations of a fork before those that count
 * @param warmupMillis length of one of them
 * @param millis length of an iteration that counts
 */
public record Settings(int rounds, int warmups, int warmupMillis, int iterations, int millis) {
    /** More than an hour for all rows. */
    public static final Settings FULL = new Settings(5, 6, 500, 5, 500);

    /** A few minutes, for a look. Vector code is very slow before it is compiled, so less is no measurement. */
    public static final Settings QUICK = new Settings(1, 5, 300, 2, 300);

    /** For the report: five short forks of each trial, in turn with all others. */
    public static final Settings REPORT = new Settings(5, 5, 360, 3, 100);

    /** For a report in two minutes: three forks, so that one out of line is seen to be. */
    public static final Settings QUICK_REPORT = new Settings(3, 5, 360, 3, 100);

    // Plain loops and native code need no more.
    private static final int BRIEF_WARMUP_MILLIS = 120;

    /** What a fork takes: the iterations, and starting a JVM and its benchmark. */
    public double forkSeconds() {
        return 0.9 + (warmups * warmupMillis + iterations * millis) / 1000.0;
    }

    /** The same with a short warm-up, for what the Vector API is not in. */
    public Settings brief() {
        return new Settings(rounds, warmups, Math.min(warmupMillis, BRIEF_WARMUP_MILLIS), iterations, millis);
    }

    /** The same with a warm-up of half the length. */
    Settings half() {
        return new Settings(rounds, warmups, warmupMillis / 2, iterations, millis);
    }

    /** The same with a warm-up of twice the length. */
    Settings patient() {
        return new Settings(rounds, warmups, 2 * warmupMillis, iterations, millis);
    }

    /** The same with iterations so long that the harness's own garbage does not hide that of calls of some 300 µs. */
    Settings judged() {
        return new Settings(rounds, warmups, warmupMillis, iterations, 5 * millis);
    }

    public Settings withRounds(int other) {
        return new Settings(other, warmups, warmupMillis, iterations, millis);
    }
}
