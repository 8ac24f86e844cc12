package dev.samebits.cli.inspect;

import dev.samebits.BackendUnavailableException;
import dev.samebits.Backends;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whether this machine and this JVM are fit to measure speed on.
 *
 * @param name what was looked at
 * @param finding what was found, and where that is bad what to do
 */
public record MachineCheck(String name, Verdict verdict, String finding) {
    /** What a finding means for measurements. */
    public enum Verdict {
        /** Nothing to worry about. */
        OK("ok"),
        /** Compare what was measured in one run; do not quote absolute numbers without saying so. */
        CAUTION("caution"),
        /** What would be measured here says nothing. */
        UNFIT("unfit");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private static final double BUSY = 0.3;

    /** All checks, in the order of what matters most. Takes no time to speak of. */
    public static List<MachineCheck> all() {
        return List.of(vectors(), governor(), virtualised(), load());
    }

    private static MachineCheck ok(String name, String finding) {
        return new MachineCheck(name, Verdict.OK, finding);
    }

    // The probe of the vector backend has looked at the compiler, the module, fused multiply-add and the width.
    private static MachineCheck vectors() {
        String name = "vectors";
        String jvm = System.getProperty("java.vm.name");
        try {
            String device = Backends.named("simd").device() + ", compiled in " + System.getProperty("java.vm.info");
            return jvm.contains("Server VM") ? ok(name, device) : new MachineCheck(name, Verdict.CAUTION,
                    device + "; the kernels were written for HotSpot's C2, and this is " + jvm);
        } catch (BackendUnavailableException e) {
            return new MachineCheck(name, Verdict.UNFIT, e.getMessage());
        }
    }

    private static MachineCheck governor() {
        String name = "frequency governor";
        Set<String> governors = new TreeSet<>();
        try (Stream<Path> cpus = Files.list(Path.of("/sys/devices/system/cpu"))) {
            cpus.map(cpu -> cpu.resolve("cpufreq/scaling_governor")).flatMap(f -> read(f).stream()).forEach(governors::add);
        } catch (IOException e) {
            return new MachineCheck(name, Verdict.CAUTION, "this system does not say: plug in the power supply");
        }
        if (governors.isEmpty()) {
            return new MachineCheck(name, Verdict.CAUTION,
                    "not visible here, as on most virtual machines: the frequency may change");
        }
        return governors.equals(Set.of("performance"))
                ? ok(name, "performance")
                : new MachineCheck(name, Verdict.CAUTION,
                        String.join(", ", governors) + ": 'sudo cpupower frequency-set -g performance' keeps it steady");
    }

    private static MachineCheck virtualised() {
        String name = "virtualised";
        List<String> signs = new ArrayList<>();
        boolean linux = read(Path.of("/proc/cpuinfo")).map(text -> {
            if (text.lines().anyMatch(line -> line.startsWith("flags") && line.contains(" hypervisor"))) {
                signs.add("a hypervisor is below");
            }
            return true;
        }).orElse(false);
        read(Path.of("/sys/hypervisor/type")).ifPresent(type -> signs.add(type));
        if (Files.exists(Path.of("/.dockerenv")) || Files.exists(Path.of("/run/.containerenv"))) {
            signs.add("in a container");
        }
        if (!signs.isEmpty()) {
            return new MachineCheck(name, Verdict.CAUTION, String.join(", ", signs)
                    + ": neighbours take part of the machine; trust ratios taken in one run, not single numbers");
        }
        return linux ? ok(name, "no") : new MachineCheck(name, Verdict.CAUTION, "this system does not say");
    }

    private static MachineCheck load() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        double load = system.getSystemLoadAverage();
        int cores = system.getAvailableProcessors();
        if (load < 0) {
            return new MachineCheck("load", Verdict.CAUTION, "this system does not say: close what else runs");
        }
        String finding = String.format(Locale.ROOT, "%.2f on %d cores in the last minute", load, cores);
        return load <= BUSY * cores
                ? ok("load", finding)
                : new MachineCheck("load", load <= cores ? Verdict.CAUTION : Verdict.UNFIT,
                        finding + ": wait until what else runs has ended");
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }
}
