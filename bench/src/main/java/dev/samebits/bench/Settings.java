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

    Settings withRounds(int other) {
        return new Settings(other, warmups, iterations, millis);
    }
}
