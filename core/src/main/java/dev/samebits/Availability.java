package dev.samebits;

import java.util.Objects;

/**
 * Whether a backend can run here: a value with its cause, not an exception.
 *
 * @since 0.1.0
 */
public sealed interface Availability {
    /**
     * It can.
     *
     * @param backend ready for use
     * @since 0.1.0
     */
    record Available(Backend backend) implements Availability {
        /**
         * It can.
         *
         * @param backend ready for use
         */
        public Available {
            Objects.requireNonNull(backend, "backend");
        }
    }

    /**
     * It cannot.
     *
     * @param reason what is missing, one line
     * @param remedy what to do about it, one line
     * @since 0.1.0
     */
    record Unavailable(String reason, String remedy) implements Availability {
        /**
         * It cannot.
         *
         * @param reason what is missing, one line
         * @param remedy what to do about it, one line
         */
        public Unavailable {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(remedy, "remedy");
        }
    }
}
