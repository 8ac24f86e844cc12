package dev.samebits.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the JVM says of its flags. The bean is asked directly: through the platform's MBean server, which would start all of JMX
 * for it, a start takes a tenth of a second longer. A class of its own, since the module jdk.management is optional.
 */
final class VmFlags {
    private VmFlags() {}

    /** Whether a flag is off. One that this JVM does not know is not, nor is any where the JVM cannot be asked. */
    static boolean isOff(String flag) {
        try {
            HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean != null && "false".equals(bean.getVMOption(flag).getValue());
        } catch (IllegalArgumentException | LinkageError e) {
            return false;
        }
    }
}
