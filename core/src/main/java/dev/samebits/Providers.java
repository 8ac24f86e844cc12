package dev.samebits;

import dev.samebits.scalar.ScalarProvider;
import dev.samebits.spi.BackendProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Finds the backends however the jars are packed: scalar is always there, others are listed as services, and Samebits's own
 * are also looked for by name. Nothing here throws: what is broken becomes a backend that is unavailable.
 */
final class Providers {
    // A class loader that cannot read its jars fails again at every call.
    private static final int MOST_FAILURES = 100;

    private final ClassLoader loader = Providers.class.getClassLoader();
    private final List<Found> found = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Throwable> failures = new ArrayList<>();

    private Providers() {}

    /** All backends, best first. */
    static List<Found> find() {
        Providers providers = new Providers();
        providers.add(new ScalarProvider());
        providers.listed();
        for (KnownBackend known : KnownBackend.values()) {
            providers.byName(known.provider());
        }
        // Last, since only now it is known which of them are of classes that were found by name after all.
        providers.failures.forEach(providers::addFailure);
        providers.found.sort(Comparator.comparingInt(Found::rank).reversed());
        return List.copyOf(providers.found);
    }

    private void add(BackendProvider provider) {
        if (seen.add(provider.getClass().getName())) {
            found.add(Found.of(provider));
        }
    }

    private void addBroken(String className, Throwable why) {
        if (seen.add(className)) {
            found.add(Found.broken(className, why));
        }
    }

    private void listed() {
        Iterator<ServiceLoader.Provider<BackendProvider>> services;
        try {
            services = ServiceLoader.load(BackendProvider.class, loader).stream().iterator();
        } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
            failures.add(e);
            return;
        }
        while (failures.size() < MOST_FAILURES) {
            try {
                if (!services.hasNext()) {
                    return;
                }
                instantiate(services.next());
            } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                failures.add(e);
            }
        }
    }

    private void instantiate(ServiceLoader.Provider<BackendProvider> service) {
        String className = service.type().getName();
        try {
            add(service.get());
        } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
            addBroken(className, e instanceof ServiceConfigurationError && e.getCause() != null ? e.getCause() : e);
        }
    }

    private void byName(String className) {
        if (seen.contains(className)) {
            return;
        }
        try {
            Class<?> type = Class.forName(className, true, loader);
            if (BackendProvider.class.isAssignableFrom(type)) {
                add((BackendProvider) type.getConstructor().newInstance());
            } else if (seen.add(className)) {
                found.add(Found.broken(className, "its class loader has another copy of samebits-core",
                        "keep all jars of Samebits in one place, and none of them twice"));
            }
        } catch (ClassNotFoundException e) {
            // Its jar is not there.
            return;
        } catch (ReflectiveOperationException e) {
            addBroken(className, e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException | LinkageError e) {
            addBroken(className, e);
        }
    }

    // All that is known of it is the message, which names the class.
    private void addFailure(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        for (KnownBackend known : KnownBackend.values()) {
            if (message.contains(known.provider()) || message.contains(known.provider().replace('.', '/'))) {
                addBroken(known.provider(), failure);
                return;
            }
        }
        found.add(Found.broken("?", "a provider on the class path cannot be loaded: " + failure, "mend or remove its jar"));
    }
}
