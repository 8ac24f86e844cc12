package dev.samebits.gpu;

/**
 * What the sessions of the OpenCL backend, for inference and for training, can tell besides: ask one by {@code instanceof}.
 * A session of another backend is none.
 *
 * @since 0.1.0
 */
public interface DeviceSession {
    /**
     * What has moved so far. Thread-safe.
     *
     * @return the sums since the session was opened
     */
    Transfers transfers();
}
