package dev.samebits.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * What the JVM says of its flags. The bean is asked directly: through the platform's MBean server, which would start all of
 * JMX for it, a start takes a tenth of a second longer. A class of its own, since the module jdk.management is optional.
 */
final class VmFlags {
    private VmFlags() {}

    /**
     * The value of a flag. Empty where this JVM does not know it, or cannot be asked: without the module, on another JVM
     * than HotSpot, and on JDK 17 in a working folder whose name the locale cannot express.
     */
    static Optional<String> value(String flag) {
        try {
            HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean == null ? Optional.empty() : Optional.of(bean.getVMOption(flag).getValue());
        } catch (RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }
}
