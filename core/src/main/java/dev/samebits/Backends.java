package dev.samebits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The backends found on the class path, and the choice among them. Thread-safe; each backend is probed once, when it is first
 * asked about: one that is taken only by name costs nothing to those who do not name it.
 *
 * <p>The choice, first match wins: the API's argument ({@link #named}), the system property {@code samebits.backend}, the
 * environment variable {@code SAMEBITS_BACKEND}, then the available backend of the highest rank. A backend that was named, by
 * whatever way, runs or throws; it is never replaced.
 */
public final class Backends {
    /** System property that names the backend {@link #best()} returns. */
    public static final String PROPERTY = "samebits.backend";
    /** Environment variable that names it where the property is not set. */
    public static final String ENVIRONMENT = "SAMEBITS_BACKEND";

    /**
     * One line of the report.
     *
     * @param name the backend's name
     * @param rank see {@link BackendProvider#rank()}
     * @param availability the backend, or why it cannot run and what to do
     */
    public record Entry(String name, int rank, Availability availability) {}

    // A backend that was found, probed when its availability is first asked for.
    private static final class Found {
        private final BackendProvider provider;
        private final String name;
        private final int rank;
        private Availability availability;

        Found(BackendProvider provider) {
            this.provider = provider;
            this.name = provider.name();
            this.rank = provider.rank();
        }

        // One broken jar must not take the others with it; the report says so.
        Found(ServiceConfigurationError broken) {
            this.provider = null;
            this.name = "?";
            this.rank = -1;
            this.availability = new Availability.Unavailable(
                    "a provider on the class path cannot be loaded: " + broken.getMessage(), "mend or remove that jar");
        }

        synchronized Entry entry() {
            if (availability == null) {
                availability = probe(provider);
            }
            return new Entry(name, rank, availability);
        }
    }

    private static final List<Found> FOUND = load();

    // Chosen once, so that the log has one line, however many sessions are opened. Not in a holder class: there a refusal
    // would arrive as an ExceptionInInitializerError, and only once.
    private static volatile Backend best;

    private Backends() {}

    private static List<Found> load() {
        List<Found> found = new ArrayList<>();
        var providers = ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                found.add(new Found(providers.next()));
            } catch (ServiceConfigurationError e) {
                found.add(new Found(e));
            }
        }
        found.sort(Comparator.comparingInt((Found each) -> each.rank).reversed());
        return List.copyOf(found);
    }

    // A probe that fails is an absence like any other: a driver's bindings may not even link.
    private static Availability probe(BackendProvider provider) {
        try {
            return provider.probe();
        } catch (RuntimeException | LinkageError e) {
            return new Availability.Unavailable("its probe failed: " + e, "report this with the stack trace of"
                    + " BackendProvider.probe()");
        }
    }

    /** Every backend found, best first, available or not. */
    public static List<Entry> report() {
        return FOUND.stream().map(Found::entry).toList();
    }

    /** The backends that can run here, best first. Never empty: scalar runs everywhere. */
    public static List<Backend> available() {
        return available(report());
    }

    private static List<Backend> available(List<Entry> entries) {
        List<Backend> backends = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.availability() instanceof Availability.Available available) {
                backends.add(available.backend());
            }
        }
        return backends;
    }

    /**
     * The backend that the property or the environment names, else the best one that can run here. Logs the choice once.
     *
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
        String asked = System.getProperty(PROPERTY, System.getenv(ENVIRONMENT));
        boolean named = asked != null && !asked.isBlank();
        List<Entry> candidates = named
                ? List.of()
                : FOUND.stream().filter(found -> found.rank >= 0).map(Found::entry).toList();
        Backend backend = named ? named(asked.trim()) : available(candidates).get(0);
        String skipped = candidates.stream()
                .filter(entry -> entry.availability() instanceof Availability.Unavailable)
                .map(entry -> "; " + explain(entry))
                .collect(Collectors.joining());
        System.getLogger("dev.samebits").log(System.Logger.Level.INFO, "Samebits backend: " + backend.name() + " ("
                + backend.device() + "), " + (named ? "as asked for" : "the best available") + skipped);
        return backend;
    }

    /**
     * The backend of this name.
     *
     * @throws BackendUnavailableException if it is unknown or cannot run here; the message says why and what to do
     */
    public static Backend named(String name) {
        for (Found found : FOUND) {
            if (found.name.equals(name)) {
                Entry entry = found.entry();
                if (entry.availability() instanceof Availability.Available available) {
                    return available.backend();
                }
                throw new BackendUnavailableException(explain(entry));
            }
        }
        throw new BackendUnavailableException("no backend is called '" + name + "'; on the class path are: "
                + FOUND.stream().map(found -> found.name).sorted().collect(Collectors.joining(", ")));
    }

    private static String explain(Entry entry) {
        var why = (Availability.Unavailable) entry.availability();
        return "backend " + entry.name() + " is unavailable: " + why.reason() + "; " + why.remedy();
    }
}
