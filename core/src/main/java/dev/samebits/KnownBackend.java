package dev.samebits;

import dev.samebits.Availability.Unavailable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The backends that Samebits brings beside scalar. Their providers are looked for by class name too: of jars that are merged
 * into one, the file that lists a jar's services is often lost. The names are told from this package's own, so that they
 * stay true where all of Samebits is moved to another package.
 */
enum KnownBackend {
    SIMD("simd", 100, ".simd.SimdProvider"),
    GPU("opencl", -1, ".gpu.OpenClProvider");

    private final String backend;
    private final int rank;
    private final String provider;
    private final String artifact;

    KnownBackend(String backend, int rank, String provider) {
        this.backend = backend;
        this.rank = rank;
        this.provider = KnownBackend.class.getPackageName() + provider;
        this.artifact = "samebits-" + provider.substring(1, provider.lastIndexOf('.'));
    }

    /** The one whose provider is of this class, or null. */
    static @Nullable KnownBackend ofProvider(String className) {
        return Arrays.stream(values()).filter(known -> known.provider.equals(className)).findFirst().orElse(null);
    }

    /**
     * What speaks against a provider's jar, or null: it may be of another version than this one. Only Samebits's own jars
     * are compared, as their manifests name them: a jar into which they were merged has a version of its own.
     */
    static @Nullable Unavailable misfit(Class<?> provider) {
        Package core = KnownBackend.class.getPackage();
        Package other = provider.getPackage();
        if (isOurs(core) && isOurs(other) && !core.getImplementationVersion().equals(other.getImplementationVersion())) {
            return new Unavailable(other.getImplementationTitle() + " is of version " + other.getImplementationVersion()
                    + ", but " + core.getImplementationTitle() + " of " + core.getImplementationVersion(),
                    "take all jars of Samebits in one version");
        }
        return null;
    }

    private static boolean isOurs(Package jar) {
        return jar.getImplementationVersion() != null && jar.getImplementationTitle() != null
                && jar.getImplementationTitle().startsWith("Samebits ");
    }

    String backend() {
        return backend;
    }

    int rank() {
        return rank;
    }

    String provider() {
        return provider;
    }

    private String add() {
        return "add " + artifact + " (dev.samebits:" + artifact + ") to the class path";
    }

    /** What to do about a name that no backend has. Some know a backend by its jar only. */
    static String remedy(String asked, List<String> names) {
        Set<String> all = new TreeSet<>(names);
        for (KnownBackend known : values()) {
            all.add(known.backend);
            if (known.artifact.equalsIgnoreCase(asked) || known.artifact.equalsIgnoreCase("samebits-" + asked)) {
                return known.meant(asked, names);
            }
        }
        String nearest = Spelling.nearest(asked, all).orElse(null);
        for (KnownBackend known : values()) {
            if (known.backend.equals(nearest)) {
                return known.meant(asked, names);
            }
        }
        return nearest == null ? "take one of these" : "did you mean " + nearest + "?";
    }

    private String meant(String asked, List<String> names) {
        if (names.contains(backend)) {
            return "did you mean " + backend + "?";
        }
        return backend.equalsIgnoreCase(asked) ? add() : "did you mean " + backend + "? Then " + add();
    }
}
