package dev.samebits.bench.results;

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

    /** Whether the OpenCL device is a processor, so that nothing here was measured on a GPU. */
    public boolean isWithoutGpu() {
        return description.getOrDefault("backend opencl", "").endsWith(NO_GPU);
    }

    /** One property that measuring depends on. */
    public record Check(String name, String verdict, String finding) {}
}
