package dev.samebits.bench.jmh;

import dev.samebits.Backend;
import dev.samebits.Backends;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What a benchmark process says about itself, so that no table can be made from a backend that did not run. */
public final class ForkLine {
    /** Starts the line that every fork prints; the table collects these lines. */
    public static final String MARK = "[fork] ";

    /** Starts the line of a number that a fork has found by itself, beside the time that JMH takes. */
    public static final String FIGURE = "[figure] ";

    private ForkLine() {}

    /**
     * The backend of this name, announced.
     *
     * @throws dev.samebits.BackendUnavailableException if it cannot run here
     */
    static Backend backend(String name) {
        Backend backend = Backends.named(name);
        check(backend, name);
        announce("backend " + backend.name() + " (" + backend.device() + ")");
        return backend;
    }

    /**
     * Checks which backend a session really computes with.
     *
     * @throws IllegalStateException if it is not the one asked for
     */
    static void check(Backend runs, String asked) {
        if (!runs.name().equals(asked)) {
            throw new IllegalStateException("asked for backend " + asked + ", but " + runs.name() + " runs");
        }
    }

    /** Prints what runs, and on which JVM with which flags. */
    public static void announce(String what) {
        System.out.println(MARK + what + ", JDK " + Runtime.version() + ", flags " + flags());
    }

    /** Prints a number that goes into the fork's result under this name. */
    public static void figure(String name, double value, String unit) {
        System.out.println(FIGURE + name + " " + value + " " + unit);
    }

    private static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                // What JMH adds for itself says nothing about speed.
                .filter(flag -> !flag.startsWith("-XX:CompileCommand"))
                .toList();
    }
}
