package dev.samebits.gpu;

import org.jspecify.annotations.Nullable;

/**
 * The OpenCL device or its driver failed in the middle of work: memory ran out, the device is lost, a program does not
 * build. The caller's output is as it was before the call; the session is unusable and says so: close it and open another.
 *
 * <p>Also thrown, before anything is done, for what does not fit on the device. A session is then as usable as before.
 *
 * @since 0.1.0
 */
public final class OpenClException extends RuntimeException {
    OpenClException(String message) {
        super(message);
    }

    OpenClException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
