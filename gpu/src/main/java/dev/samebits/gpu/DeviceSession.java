package dev.samebits.gpu;

/** What the sessions of the OpenCL backend can tell besides; a session of another backend is none. */
public interface DeviceSession {
    /** What has moved so far. Thread-safe. */
    Transfers transfers();
}
