package dev.samebits.bench.run;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import dev.samebits.Availability;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.bench.jmh.FmaPeak;
import dev.samebits.bench.jmh.Vectors;
import dev.samebits.bench.plan.Caches;
import dev.samebits.bench.results.Machine;
import dev.samebits.cli.inspect.MachineCheck;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;

/** What the report says about the machine, of which nothing names its owner or its network. */
public final class MachineDescription {
    private static final Pattern AVX512 = Pattern.compile("\\bavx512f\\b");

    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final String system;
    private final List<MachineCheck> checks = MachineCheck.all();
    private final String date = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();

    /** Looks at the machine; before the measuring, since the load of that would be found too. */
    public MachineDescription() {
        SystemInfo info = new SystemInfo();
        processor = info.getHardware().getProcessor();
        memory = info.getHardware().getMemory();
        system = info.getOperatingSystem().toString();
    }

    public Caches caches() {
        return Caches.of(processor.getProcessorCaches(), memory.getTotal());
    }

    /**
     * How wide the vectors of these JVMs are, beside the widest that the processor has.
     *
     * @param options for the JVMs, which may narrow them
     * @throws IllegalArgumentException if they differ, or a JVM does not start
     */
    public Vectors vectors(List<Jdk> jdks, List<String> options) throws IOException {
        Map<Integer, Integer> widths = new LinkedHashMap<>();
        for (Jdk jdk : jdks) {
            widths.put(jdk.vectorBits(options), jdk.feature());
        }
        if (widths.size() > 1) {
            throw new IllegalArgumentException("vectors are not as wide on each JDK: bits and JDK " + widths
                    + ": measure one JDK at a time");
        }
        boolean avx512 = processor.getFeatureFlags().stream().anyMatch(flags -> AVX512.matcher(flags).find());
        return new Vectors(widths.keySet().iterator().next(), Math.max(FmaPeak.preferredBits(), avx512 ? 512 : 0));
    }

    public Machine describe(Map<String, String> settings, List<String> forks, List<String> failures) {
        var id = processor.getProcessorIdentifier();
        Caches caches = caches();
        Map<String, String> found = new LinkedHashMap<>();
        found.put("processor", id.getName().strip());
        if (!id.getMicroarchitecture().equals("unknown")) {
            found.put("microarchitecture", id.getMicroarchitecture());
        }
        found.put("model", id.getVendor() + " family " + id.getFamily() + " model " + id.getModel() + " stepping "
                + id.getStepping());
        found.put("cores", processor.getPhysicalProcessorCount() + " (" + processor.getLogicalProcessorCount()
                + " threads)");
        if (processor.getMaxFreq() > 0) {
            found.put("highest frequency", String.format(java.util.Locale.ROOT, "%.2f GHz", processor.getMaxFreq() / 1e9));
        }
        found.put(Machine.CACHES, caches.text());
        found.put("memory", String.format(java.util.Locale.ROOT, "%.1f GiB", memory.getTotal() / (double) (1 << 30)));
        found.put("system", system + ", " + System.getProperty("os.arch"));
        for (Backends.Entry entry : Backends.report()) {
            found.put("backend " + entry.name(), entry.availability() instanceof Availability.Available available
                    ? available.backend().device() + (isOpenClOnProcessor(available.backend()) ? Machine.NO_GPU : "")
                    : "unavailable: " + ((Availability.Unavailable) entry.availability()).reason());
        }
        return new Machine(id.getName().strip(), found,
                checks.stream().map(c -> new Machine.Check(c.name(), c.verdict().toString(), c.finding())).toList(),
                settings, forks, failures, date);
    }

    // An OpenCL driver for processors says nothing about a GPU, and a report must not look as if.
    private static boolean isOpenClOnProcessor(Backend backend) {
        return backend.name().equals("opencl") && OpenCLDevice.listDevices(Device.TYPE.CPU).stream()
                .anyMatch(device -> device.getName() != null && backend.device().startsWith(device.getName().strip()));
    }
}
