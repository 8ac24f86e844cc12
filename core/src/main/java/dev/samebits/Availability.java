package dev.samebits;

import java.util.Objects;

/** Whether a backend can run here: a value with its cause, not an exception. */
public sealed interface Availability {
    /** It can: this is the backend. */
    record Available(Backend backend) implements Availability {
        public Available {
            Objects.requireNonNull(backend, "backend");
        }
    }

    /**
     * It cannot.
     *
     * @param reason what is missing, one line
     * @param remedy what to do about it, one line
     */
    record Unavailable(String reason, String remedy) implements Availability {
        public Unavailable {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(remedy, "remedy");
        }
    }
}
