package dev.samebits;

import java.util.ServiceConfigurationError;

/** Samebits's log. */
final class Log {
    private static final String NAME = "dev.samebits";

    private Log() {}

    /**
     * Logs one line. A log that cannot be had must not keep anybody from computing: on JDK 17 its classes do not load where
     * the locale cannot express the name of the working folder.
     */
    static void log(System.Logger.Level level, String line) {
        try {
            System.getLogger(NAME).log(level, line);
        } catch (LinkageError | ServiceConfigurationError | RuntimeException e) {
            if (level.compareTo(System.Logger.Level.WARNING) >= 0) {
                System.err.println("WARNING: " + line);
            }
        }
    }
}
