package dev.samebits.djl;

import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.SessionOptions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Criteria.optOption} says of a session.
 *
 * @param backend that computes: {@code backend}, else the best
 * @param session its threads: {@code threads}, or as for ONNX Runtime {@code intraOpNumThreads}; else the caller's alone
 * @param warmUp rows of the calls to warm up for: {@code warmUp}, else 0
 */
record ModelOptions(Backend backend, SessionOptions session, int warmUp) {
    private static final String BACKEND = "backend";
    private static final String THREADS = "threads";
    private static final String ORT_THREADS = "intraOpNumThreads";
    private static final String WARM_UP = "warmUp";
    // The last is DJL's own.
    private static final Set<String> KNOWN = Set.of(BACKEND, THREADS, ORT_THREADS, WARM_UP, "modelName");

    /**
     * Reads options, and warns of those that say nothing here.
     *
     * @throws IllegalArgumentException if one has a value that it cannot have
     * @throws dev.samebits.BackendUnavailableException if the backend cannot run here
     */
    static ModelOptions of(@Nullable Map<String, ?> options) {
        Map<String, ?> given = options == null ? Map.of() : options;
        Set<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            System.getLogger("dev.samebits").log(System.Logger.Level.WARNING, "options of another engine change nothing for"
                    + " Samebits: " + String.join(", ", unknown) + "; it has backend, threads and warmUp");
        }
        Object backend = given.get(BACKEND);
        int threads = number(given, THREADS, number(given, ORT_THREADS, 1));
        return new ModelOptions(backend == null ? Backends.best() : Backends.named(backend.toString()),
                SessionOptions.ofThreads(threads), number(given, WARM_UP, 0));
    }

    private static int number(Map<String, ?> options, String key, int otherwise) {
        Object value = options.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.toString());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new IllegalArgumentException("option " + key + ": '" + value + "' is no number of 0 or more: give one");
    }
}
