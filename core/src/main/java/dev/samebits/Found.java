package dev.samebits;

import dev.samebits.Availability.Unavailable;
import dev.samebits.spi.BackendProvider;
import org.jspecify.annotations.Nullable;

/** A backend that was found, probed when its availability is first asked for. Thread-safe. */
final class Found {
    // One that cannot be asked may be better than all others.
    private static final int UNKNOWN_RANK = Integer.MAX_VALUE;

    private final String name;
    private final int rank;
    private final @Nullable BackendProvider provider;
    private @Nullable Availability availability;

    private Found(String name, int rank, @Nullable BackendProvider provider,
            @Nullable Availability availability) {
        this.name = name;
        this.rank = rank;
        this.provider = provider;
        this.availability = availability;
    }

    /** What a provider offers; one that cannot even say its name is broken. */
    static Found of(BackendProvider provider) {
        try {
            return new Found(provider.name().strip(), provider.rank(), provider, null);
        } catch (RuntimeException | LinkageError e) {
            return broken(provider.getClass().getName(), e);
        }
    }

    /** A provider that cannot be loaded. One broken jar must not take the others with it; the report says so. */
    static Found broken(String className, Throwable why) {
        return broken(className, "its provider " + className + " cannot be loaded: " + text(why), remedy(why));
    }

    /** A provider that cannot be used, for this reason. */
    static Found broken(String className, String reason, String remedy) {
        KnownBackend known = KnownBackend.ofProvider(className);
        return new Found(known == null ? "?" : known.backend(), known == null ? UNKNOWN_RANK : known.rank(), null,
                new Unavailable(reason, remedy));
    }

    String name() {
        return name;
    }

    int rank() {
        return rank;
    }

    /** This backend's line of the report. The first call probes it. */
    synchronized Backends.Entry entry() {
        if (availability == null) {
            availability = probe();
        }
        return new Backends.Entry(name, rank, availability);
    }

    // A probe that fails is an absence like any other: a driver's bindings may not even link.
    private Availability probe() {
        Unavailable misfit = KnownBackend.misfit(provider.getClass());
        if (misfit != null) {
            return misfit;
        }
        try {
            Availability probed = provider.probe();
            return probed != null ? probed : new Unavailable("its probe gave no answer", "report this to its authors");
        } catch (RuntimeException | LinkageError e) {
            return new Unavailable("its probe failed: " + text(e), remedy(e));
        }
    }

    private static String text(Throwable why) {
        return why.getCause() == null ? why.toString() : why + " (" + why.getCause() + ")";
    }

    private static String remedy(Throwable why) {
        if (why instanceof UnsupportedClassVersionError) {
            return "run it on the newer Java that its jar was built for";
        }
        return why instanceof Error && !(why instanceof ExceptionInInitializerError)
                ? "take all jars of Samebits in one version, with nothing left out of them"
                : "report this with the stack trace of BackendProvider.probe()";
    }
}
