package dev.samebits.bench;

/**
 * How long is measured.
 *
 * @param rounds forks of each trial
 * @param warmups iterations of a fork before those that count
 * @param millis length of an iteration
 */
record Settings(int rounds, int warmups, int iterations, int millis) {
    /** More than an hour for all rows. */
    static final Settings FULL = new Settings(5, 6, 5, 500);

    /** A few minutes, for a look. Vector code is very slow before it is compiled, so less is no measurement. */
    static final Settings QUICK = new Settings(1, 5, 2, 300);

    /** For the report: five short forks of each trial, in turn with all others. */
    static final Settings REPORT = new Settings(5, 5, 5, 150);

    /** For a report in two minutes: three forks, the least of which one may be out of line and be seen to be. */
    static final Settings QUICK_REPORT = new Settings(3, 5, 4, 120);

    /** What a fork takes: the iterations, and starting a JVM and its benchmark. */
    double forkSeconds() {
        return 0.6 + (warmups + iterations) * millis / 1000.0;
    }

    Settings withRounds(int other) {
        return new Settings(other, warmups, iterations, millis);
    }
}
