package dev.samebits.tck;

import dev.samebits.Availability;
import dev.samebits.Backend;
import dev.samebits.Backends;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Looks up the backend that a contract judges. One that cannot run here skips the test with the reason, unless
 * {@code -Dsamebits.require=scalar,simd} names it: then the test fails, so that a build cannot pass by testing nothing.
 *
 * @since 0.1.0
 */
public final class BackendUnderTest {
    /** System property: a comma-separated list of the backends that must run. */
    public static final String REQUIRE = "samebits.require";

    private BackendUnderTest() {}

    /**
     * The backend of this name. A test that calls this for one that cannot run is skipped, or fails if the backend is
     * {@linkplain #REQUIRE required}.
     *
     * @param name the name, as {@code Backends.report()} has it
     * @return the backend
     * @throws org.opentest4j.TestAbortedException if it cannot run here: JUnit then skips the test
     * @throws AssertionError if it cannot run here and is required
     */
    public static Backend named(String name) {
        return orSkip(name, availability(name), System.getProperty(REQUIRE, ""));
    }

    private static Availability availability(String name) {
        return Backends.report().stream()
                .filter(entry -> entry.name().equals(name))
                .map(Backends.Entry::availability)
                .findFirst()
                .orElseGet(() -> new Availability.Unavailable("no provider on the class path offers it; there are "
                        + Backends.report().stream().map(BackendUnderTest::describe).toList(), "add its jar"));
    }

    // A provider that could not be loaded has no name; its reason may be the one sought.
    private static String describe(Backends.Entry entry) {
        return entry.availability() instanceof Availability.Unavailable why
                ? entry.name() + " (" + why.reason() + ")"
                : entry.name();
    }

    static Backend orSkip(String name, Availability availability, String required) {
        if (availability instanceof Availability.Available available) {
            return available.backend();
        }
        var why = (Availability.Unavailable) availability;
        String message = "backend " + name + " is unavailable: " + why.reason() + "; " + why.remedy();
        if (Arrays.stream(required.split(",")).map(String::trim).anyMatch(name::equals)) {
            return Assertions.fail("-D" + REQUIRE + "=" + required + " requires what cannot run: " + message);
        }
        return Assumptions.abort(message);
    }
}
