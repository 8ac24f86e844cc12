package dev.samebits.simd;

import dev.samebits.Availability.Unavailable;
import java.lang.management.ManagementFactory;
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
        if (isOff("UseFMA")) {
            return Optional.of(new Unavailable(
                    "this machine or JVM has no hardware fused multiply-add, without which Math.fma is thousands of times slower",
                    "run on a processor with FMA (x86-64-v3, AArch64) and without -XX:-UseFMA"));
        }
        if (isOff("EnableVectorSupport")) {
            return Optional.of(new Unavailable(
                    "this JVM compiles no vectors (EnableVectorSupport is off)", "start java without -XX:-EnableVectorSupport"));
        }
        return Optional.empty();
    }

    // A flag this JVM does not know says nothing. Through the platform bean by name, since the module jdk.management is optional.
    private static boolean isOff(String flag) {
        try {
            Object option = ManagementFactory.getPlatformMBeanServer().invoke(
                    new javax.management.ObjectName("com.sun.management:type=HotSpotDiagnostic"), "getVMOption",
                    new Object[] {flag}, new String[] {String.class.getName()});
            return "false".equals(((javax.management.openmbean.CompositeData) option).get("value"));
        } catch (javax.management.JMException | RuntimeException e) {
            return false;
        }
    }
}
