package dev.samebits.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;

/**
 * Where the program's own messages go: stderr, or the descriptor that the launcher made a copy of it, having turned off
 * stderr itself because every start of the JVM writes a warning there that no option removes.
 */
final class StandardError {
    private StandardError() {}

    static OutputStream open() {
        Integer descriptor = Integer.getInteger("samebits.stderr");
        if (descriptor == null) {
            return new FileOutputStream(FileDescriptor.err);
        }
        try {
            // Unlike /dev/fd, this works for sockets and terminals of other users too; the launcher opens the package.
            Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return new FileOutputStream(constructor.newInstance(descriptor));
        } catch (ReflectiveOperationException | RuntimeException e) {
            try {
                return new FileOutputStream("/dev/fd/" + descriptor);
            } catch (IOException notThere) {
                return new FileOutputStream(FileDescriptor.err);
            }
        }
    }
}
