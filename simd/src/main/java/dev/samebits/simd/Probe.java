package dev.samebits.simd;

import dev.samebits.Availability.Unavailable;
import java.util.Optional;

/** Looks whether the Vector API backend can run here, and fast, without naming a vector type. */
final class Probe {
    private static final String MODULE = "jdk.incubator.vector";

    private Probe() {}

    /** Why not, or nothing. */
    static Optional<Unavailable> unavailable() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Optional.of(new Unavailable(
                    "the module " + MODULE + " is not in this JVM's module graph",
                    "start java with --add-modules " + MODULE));
        }
        String bits = System.getProperty(Lanes.PROPERTY);
        if (bits != null && !bits.matches("128|256|512")) {
            return Optional.of(new Unavailable(
                    Lanes.PROPERTY + " must be 128, 256 or 512, not " + bits, "leave it out to take what the machine prefers"));
        }
        if (VmFlags.isOff("UseFMA")) {
            return Optional.of(new Unavailable(
                    "this machine or JVM has no hardware fused multiply-add, without which Math.fma is thousands of times slower",
                    "run on a processor with FMA (x86-64-v3, AArch64) and without -XX:-UseFMA"));
        }
        if (VmFlags.isOff("EnableVectorSupport")) {
            return Optional.of(new Unavailable(
                    "this JVM compiles no vectors (EnableVectorSupport is off)", "start java without -XX:-EnableVectorSupport"));
        }
        return Optional.empty();
    }
}
