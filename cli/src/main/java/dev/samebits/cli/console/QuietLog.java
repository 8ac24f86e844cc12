package dev.samebits.cli.console;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The library's log: warnings go to stderr, one line each, and the rest nowhere, since the commands say themselves which
 * backend they use. Found by {@link System#getLogger}; the JDK's own takes longer to start than a prediction.
 */
public final class QuietLog extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Quiet(name);
    }

    private record Quiet(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.compareTo(Level.WARNING) >= 0 && level != Level.OFF;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            if (isLoggable(level)) {
                System.err.println("samebits: " + message + (thrown == null ? "" : ": " + thrown));
            }
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            log(level, bundle, parameters == null || parameters.length == 0 ? format
                    : new MessageFormat(format, Locale.ROOT).format(parameters), (Throwable) null);
        }
    }
}
