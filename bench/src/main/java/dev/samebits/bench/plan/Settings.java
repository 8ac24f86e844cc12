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
    /** What can be published: five short forks of each trial, in turn with all others. */
    public static final Settings FULL = new Settings(5, 5, 360, 3, 100);

    /** For a report in two minutes: three forks, so that one out of line is seen to be. */
    public static final Settings QUICK = FULL.withRounds(3);

    /**
     * For all goals more than an hour: the deepest tiles reach their full speed late. Iterations are short, so that on a
     * shared machine some are undisturbed.
     */
    public static final Settings FULL_GOALS = new Settings(5, 6, 500, 25, 100);

    /** For a look at the goals. Vector code is very slow before it is compiled, so less is no measurement. */
    public static final Settings QUICK_GOALS = new Settings(3, 5, 300, 10, 60);

    /** What a fork takes: the iterations, and starting a JVM and its benchmark. */
    public double forkSeconds() {
        return 0.9 + (warmups * warmupMillis + iterations * millis) / 1000.0;
    }

    /** The same with a third of the warm-up, for plain loops and native code, which need no more. */
    public Settings brief() {
        return warmUp(warmupMillis / 3);
    }

    /** The same with a warm-up of half the length. */
    Settings half() {
        return warmUp(warmupMillis / 2);
    }

    /** The same with a warm-up of twice the length. */
    Settings patient() {
        return warmUp(2 * warmupMillis);
    }

    private Settings warmUp(int other) {
        return new Settings(rounds, warmups, Math.max(1, other), iterations, millis);
    }

    /** The same with iterations so long that the harness's own garbage does not hide that of calls of some 300 µs. */
    Settings judged() {
        return atLeastMillis(5 * millis);
    }

    /** The same as long in two iterations, of which one has to be free of the harness's garbage. */
    Settings ofBytes() {
        return new Settings(rounds, warmups, warmupMillis, 2, Math.max(1, iterations * millis / 2));
    }

    Settings atLeastMillis(int least) {
        return new Settings(rounds, warmups, warmupMillis, iterations, Math.max(millis, least));
    }

    /** The same number of forks, each a few calls: what is counted needs no time. */
    Settings counted() {
        return new Settings(rounds, 1, 1, 1, 1);
    }

    Settings withRounds(int other) {
        return new Settings(other, warmups, warmupMillis, iterations, millis);
    }
}
