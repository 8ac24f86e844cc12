package dev.samebits;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names of what can be set from outside, so that one that is misspelt is told of rather than ignored. */
final class Settings {
    private static final String PREFIX = "samebits.";
    // Those for users, which a warning may list.
    private static final List<String> PROPERTIES = List.of(Backends.PROPERTY, "samebits.simd.bits", "samebits.opencl.device",
            "samebits.opencl.memory", "samebits.opencl.tiles");
    // Those that the launcher and the tests set.
    private static final List<String> INTERNAL = List.of("samebits.terminal", "samebits.columns", "samebits.stderr",
            "samebits.relaunch", "samebits.require", "samebits.seed", "samebits.exhaustive", "samebits.numerics.write",
            "samebits.tiles", "samebits.tiles.java", "samebits.tiles.processor", "samebits.cluster.java");
    private static final List<String> VARIABLES = List.of(Backends.ENVIRONMENT, "SAMEBITS_JAVA_OPTS");

    private Settings() {}

    /** A line for each name that looks like a setting of Samebits and is none. */
    static List<String> misspelt(Collection<String> properties, Collection<String> variables) {
        List<String> lines = new ArrayList<>();
        Set<String> known = new TreeSet<>(PROPERTIES);
        known.addAll(INTERNAL);
        for (String name : new TreeSet<>(properties)) {
            if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX) && !known.contains(name)) {
                lines.add("the system property " + name + " has no effect: " + Spelling.nearest(name, known)
                        .map(meant -> "did you mean " + meant + "?")
                        .orElse("Samebits knows " + String.join(", ", PROPERTIES)));
            }
        }
        // Others may have such variables: where a service is called samebits, Kubernetes sets SAMEBITS_SERVICE_HOST.
        for (String name : new TreeSet<>(variables)) {
            if (!VARIABLES.contains(name) && name.toLowerCase(Locale.ROOT).startsWith("samebit")) {
                Spelling.nearest(name, VARIABLES).ifPresent(meant ->
                        lines.add("the environment variable " + name + " has no effect: did you mean " + meant + "?"));
            }
        }
        return lines;
    }

    /** What a test compares with the sources. */
    static Stream<String> known() {
        return Stream.of(PROPERTIES, INTERNAL, VARIABLES).flatMap(List::stream);
    }
}
