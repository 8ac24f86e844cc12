package dev.samebits.gpu;

import com.aparapi.Config;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.kernel.KernelManager;
import com.aparapi.internal.opencl.OpenCLLoader;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Aparapi made to behave as part of a library: silent, and without the host's arrays for device memory. */
final class Aparapi {
    // Held, since the log manager forgets loggers that nobody holds, and their levels with them.
    private static final Logger LOGGER = silenced();

    static {
        // Aparapi would have the device work in the Java arrays themselves, which the garbage collector moves.
        OpenCLDevice.setConfigurator(device -> device.setSharedMemory(false));
    }

    private Aparapi() {}

    // Aparapi logs what it tries and falls back on. What matters of it arrives as an exception. Its setup changes the levels
    // of the application's handlers, which are put back.
    private static Logger silenced() {
        Map<Handler, Level> levels = new HashMap<>();
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            levels.put(handler, handler.getLevel());
        }
        Logger logger = Logger.getLogger(Config.getLoggerName());
        levels.forEach(Handler::setLevel);
        if (System.getProperty(Config.getLoggerName()) == null) {
            logger.setLevel(Level.OFF);
        }
        return logger;
    }

    /** Whether Aparapi's native part and OpenCL's loader can be linked. */
    static boolean isLinked() {
        return LOGGER != null && OpenCLLoader.isOpenCLAvailable();
    }

    /** All OpenCL devices: graphics processors, then accelerators, then processors. */
    static List<OpenCLDevice> devices() {
        return graphicsFirst(KernelManager.instance().getDefaultPreferences().getPreferredDevices(null));
    }

    static List<OpenCLDevice> graphicsFirst(Collection<Device> devices) {
        return devices.stream()
                .filter(OpenCLDevice.class::isInstance)
                .map(OpenCLDevice.class::cast)
                .sorted(Comparator.comparingInt(device -> rank(device.getType())))
                .toList();
    }

    private static int rank(Device.TYPE type) {
        return switch (type) {
            case GPU -> 0;
            case ACC -> 1;
            default -> 2;
        };
    }
}
