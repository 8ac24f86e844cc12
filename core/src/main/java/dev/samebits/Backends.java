package dev.samebits;

import dev.samebits.spi.BackendProvider;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The backends found on the class path, and the choice among them. Thread-safe; each backend is probed once, when it is
 * first asked about: one that is taken only by name costs nothing to those who do not name it.
 *
 * <p>The choice, first match wins: the API's argument ({@link #named}), the system property {@code samebits.backend}, the
 * environment variable {@code SAMEBITS_BACKEND}, then the available backend of the highest rank. A backend that was named,
 * by whatever way, runs or throws; it is never replaced.
 *
 * @since 0.1.0
 */
public final class Backends {
    /** System property that names the backend {@link #best()} returns. */
    public static final String PROPERTY = "samebits.backend";
    /** Environment variable that names it where the property is not set. */
    public static final String ENVIRONMENT = "SAMEBITS_BACKEND";

    /**
     * One line of the report.
     *
     * @param name the backend's name; {@code ?} where its provider cannot be loaded to tell it
     * @param rank see {@link BackendProvider#rank()}; the highest of all where it cannot be told
     * @param availability the backend, or why it cannot run and what to do
     * @since 0.1.0
     */
    public record Entry(String name, int rank, Availability availability) {}

    private static final List<Found> FOUND = Providers.find();

    // Chosen once, so that the log has one line, however many sessions are opened. Not in a holder class: there a refusal
    // would arrive as an ExceptionInInitializerError, and only once.
    private static volatile @Nullable Backend best;
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private Backends() {}

    /** {@return every backend found, best first, available or not; asks about all of them} */
    public static List<Entry> report() {
        return FOUND.stream().map(Found::entry).toList();
    }

    /** {@return the backends that can run here, best first; never empty: scalar runs everywhere} */
    public static List<Backend> available() {
        List<Backend> backends = new ArrayList<>();
        for (Entry entry : report()) {
            if (entry.availability() instanceof Availability.Available available) {
                backends.add(available.backend());
            }
        }
        return backends;
    }

    /**
     * The backend that the property or the environment names, else the best one that can run here. Logs the choice once: as
     * a warning, with the reason and the remedy, where a better one is on the class path and cannot run.
     *
     * @return the backend to use
     * @throws BackendUnavailableException if one was named and cannot run
     */
    public static Backend best() {
        Backend chosen = best;
        if (chosen == null) {
            synchronized (Backends.class) {
                chosen = best;
                if (chosen == null) {
                    chosen = choose();
                    best = chosen;
                }
            }
        }
        return chosen;
    }

    private static Backend choose() {
        warnOfMisspeltSettings();
        String asked = System.getProperty(PROPERTY, System.getenv(ENVIRONMENT));
        if (asked != null && !asked.isBlank()) {
            Backend backend = named(asked);
            Log.log(Level.INFO, line(backend) + ", as asked for");
            return backend;
        }
        StringBuilder skipped = new StringBuilder();
        for (Found found : FOUND) {
            Entry entry = found.entry();
            if (entry.availability() instanceof Availability.Available available) {
                Backend backend = available.backend();
                if (skipped.isEmpty()) {
                    Log.log(Level.INFO, line(backend) + ", the best available");
                } else {
                    Log.log(Level.WARNING, line(backend) + ", the best that can run; " + skipped);
                }
                return backend;
            }
            skipped.append(skipped.isEmpty() ? "" : "; ").append(explain(entry));
        }
        throw new AssertionError("scalar runs everywhere");
    }

    private static String line(Backend backend) {
        return "Samebits backend: " + backend.name() + " (" + backend.device() + ")";
    }

    private static void warnOfMisspeltSettings() {
        if (!WARNED.getAndSet(true)) {
            Settings.misspelt(System.getProperties().stringPropertyNames(), System.getenv().keySet())
                    .forEach(line -> Log.log(Level.WARNING, line));
        }
    }

    /**
     * The backend of this name, in any case and with blanks around it.
     *
     * @param name such as {@code simd}
     * @return this backend and no other
     * @throws BackendUnavailableException if it is unknown or cannot run here; the message says why and what to do
     */
    public static Backend named(String name) {
        warnOfMisspeltSettings();
        String asked = name.strip();
        for (Found found : FOUND) {
            if (found.name().equalsIgnoreCase(asked)) {
                Entry entry = found.entry();
                if (entry.availability() instanceof Availability.Available available) {
                    return available.backend();
                }
                throw new BackendUnavailableException(explain(entry));
            }
        }
        List<String> names = FOUND.stream().map(Found::name).sorted().toList();
        throw new BackendUnavailableException("no backend is called '" + asked + "'; on the class path are: "
                + String.join(", ", names) + "; " + KnownBackend.remedy(asked, names));
    }

    private static String explain(Entry entry) {
        var why = (Availability.Unavailable) entry.availability();
        return "backend " + entry.name() + " is unavailable: " + why.reason() + "; " + why.remedy();
    }
}
