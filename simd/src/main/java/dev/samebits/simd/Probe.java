package dev.samebits.simd;

import dev.samebits.Availability.Unavailable;
import dev.samebits.simd.vector.Lanes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks whether the Vector API backend can run here, and fast, without naming a vector type. */
final class Probe {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String NO_C2 = "the C2 compiler, which alone makes vector instructions of the Vector API's calls, ";
    // A vector of two floats is what the JDK falls back on where it has no instructions for vectors.
    private static final int NARROWEST = 128;

    // On ppc64le C2 has products of vectors, but what selects or compares lanes makes an object of every vector: 393 KB for
    // 64 rows of 32-64-32-1 with ReLU. On s390x it has none on JDK 17. No other processor was looked at.
    private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64", "aarch64");

    /** A flag of the JVM with a value that speaks against vectors. */
    private record Flag(String name, String bad, String reason, String remedy) {
        Optional<Unavailable> unavailable() {
            return VmFlags.value(name).filter(bad::equals).map(value -> new Unavailable(reason, remedy));
        }
    }

    private static final List<Flag> FLAGS = List.of(
            new Flag("UseJVMCICompiler", "true", NO_C2 + "is replaced by a JVMCI compiler",
                    "start java with -XX:-UseJVMCICompiler, or take another JVM"),
            new Flag("UseCompiler", "false", "this JVM compiles nothing (UseCompiler is off)",
                    "start java without -XX:-UseCompiler"),
            new Flag("Inline", "false", "this JVM inlines nothing (Inline is off), so that each vector becomes an object",
                    "start java without -XX:-Inline"),
            new Flag("UseFMA", "false",
                    "this machine or JVM has no hardware fused multiply-add, without which Math.fma is thousands of times"
                            + " slower",
                    "run on a processor with FMA (x86-64-v3, AArch64) and without -XX:-UseFMA and -XX:UseAVX=0"),
            new Flag("EnableVectorSupport", "false", "this JVM compiles no vectors (EnableVectorSupport is off)",
                    "start java without -XX:-EnableVectorSupport"));

    private Probe() {}

    /** Why not, or nothing. */
    static Optional<Unavailable> unavailable() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return because("the module " + MODULE + " is not in this JVM's module graph",
                    "start java with --add-modules " + MODULE);
        }
        return noC2()
                .or(() -> FLAGS.stream().flatMap(flag -> flag.unavailable().stream()).findFirst())
                .or(Probe::unfitProcessor)
                .or(Probe::unfitWidth);
    }

    // What the JVM says of itself in its properties comes for nothing and can always be read; of its levels 2 and 3 and of
    // flags it says nothing there.
    private static Optional<Unavailable> noC2() {
        String vm = System.getProperty("java.vm.name", "");
        String mode = System.getProperty("java.vm.info", "");
        if (vm.contains("Client VM") || vm.contains("Minimal VM") || vm.contains("Zero VM")) {
            return because(NO_C2 + "is not in this JVM (" + vm + ")", "take a JVM that calls itself Server VM");
        }
        if (mode.contains("interpreted")) {
            return because("this JVM only interprets (" + mode + ")", "start java without -Xint");
        }
        String level = VmFlags.value("TieredStopAtLevel").orElse("4");
        if (!level.equals("4")) {
            return because(NO_C2 + "is off (TieredStopAtLevel=" + level + ")",
                    "start java without -XX:TieredStopAtLevel=" + level);
        }
        return mode.contains("emulated-client")
                ? because(NO_C2 + "is off (" + mode + ")", "start java without -XX:TieredStopAtLevel,"
                        + " -XX:CompilationMode=quick-only and -XX:+NeverActAsServerClassMachine")
                : Optional.empty();
    }

    private static Optional<Unavailable> unfitProcessor() {
        String processor = System.getProperty("os.arch", "");
        return PROCESSORS.contains(processor)
                ? Optional.empty()
                : because("C2 is known to make instructions of all vector operations on x86-64 and AArch64 only,"
                        + " and this is " + processor, "run on x86-64 or AArch64");
    }

    private static Optional<Unavailable> unfitWidth() {
        String asked = System.getProperty(Lanes.PROPERTY);
        String remedy = "leave out -D" + Lanes.PROPERTY + " to take what the machine prefers";
        if (asked != null && !asked.matches("128|256|512")) {
            return because(Lanes.PROPERTY + " must be 128, 256 or 512, not '" + asked + "'", remedy);
        }
        if (Lanes.PREFERRED < NARROWEST) {
            return because("this machine or JVM has no vector instructions that the Vector API could use (it prefers "
                    + Lanes.PREFERRED + " bits)", "run on x86-64 or AArch64, without -XX:MaxVectorSize");
        }
        return asked != null && Integer.parseInt(asked) > Lanes.PREFERRED
                ? because("vectors of " + asked + " bits are asked for (" + Lanes.PROPERTY + "), but this machine or JVM has"
                        + " " + Lanes.PREFERRED, remedy)
                : Optional.empty();
    }

    private static Optional<Unavailable> because(String reason, String remedy) {
        return Optional.of(new Unavailable(reason, remedy));
    }
}
