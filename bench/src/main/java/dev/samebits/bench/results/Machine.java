package dev.samebits.bench.results;

import dev.samebits.bench.plan.Caches;
import java.util.List;
import java.util.Map;

/**
 * Where and how results were measured. Travels in their file.
 *
 * @param name of the processor
 * @param description what else is known of the machine, by name
 * @param checks whether it is fit to measure: name, verdict ("ok", "caution" or "unfit"), finding
 * @param settings how was measured, by name
 * @param forks what the forks said they ran
 * @param failures what could not be measured, and why
 * @param date of the start, in UTC
 */
public record Machine(String name, Map<String, String> description, List<Check> checks, Map<String, String> settings,
        List<String> forks, List<String> failures, String date) {
    /** Ends what is said of an OpenCL device that is a processor. */
    public static final String NO_GPU = ", a CPU device and no GPU";

    /** The setting that says which Samebits was measured. */
    public static final String VERSION = "version";

    /** The setting that says how wide the measured JVMs' vectors are. */
    public static final String VECTORS = "vectors";

    /** What the machine's caches are described under. */
    public static final String CACHES = "caches";

    /** Bytes of the caches that the system states, by level; those of a rented machine are the whole host's. */
    Map<String, Double> caches() {
        return Caches.sizes(description.getOrDefault(CACHES, ""));
    }

    /** Whether the OpenCL device is a processor, so that nothing here was measured on a GPU. */
    public boolean isWithoutGpu() {
        return description.getOrDefault("backend opencl", "").endsWith(NO_GPU);
    }

    /** One property that measuring depends on. */
    public record Check(String name, String verdict, String finding) {}
}
