package dev.samebits.cli.file;

import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Sink;
import dev.samebits.onnx.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command writes to: a file that appears whole or not at all, see {@link AtomicFile}, or what is written as it goes,
 * such as stdout, a pipe or a device.
 */
public final class Destination implements AutoCloseable {
    private final Path name;
    // Null for a descriptor.
    private final AtomicFile file;
    private final Sink stream;

    private Destination(Path name, AtomicFile file, Sink stream) {
        this.name = name;
        this.file = file;
        this.stream = stream;
    }

    /** Starts to write to a path, of which {@code -} is stdout. */
    public static Destination open(Path path) {
        try {
            int descriptor = Descriptor.of(path);
            if (descriptor >= 0) {
                return new Destination(name(path), null, new Sink(Descriptor.open(descriptor), Descriptor.path(descriptor)));
            }
            AtomicFile file = AtomicFile.create(path);
            return new Destination(path, file, new Sink(file.stream(), path));
        } catch (IOException e) {
            throw Problem.writing(name(path), e);
        }
    }

    /** What messages call it. */
    public static Path name(Path path) {
        return path.toString().equals(Descriptor.STANDARD) ? Path.of("stdout") : path;
    }

    /** Whether it is written as it goes. */
    public static boolean isStream(Path path) {
        try {
            return Descriptor.of(path) >= 0 || Files.exists(path) && !Files.isRegularFile(path);
        } catch (IOException e) {
            throw Problem.writing(name(path), e);
        }
    }

    public OutputStream stream() {
        return stream;
    }

    /** Brings what was written to the disk, so that nothing but its place is left to be given to it. */
    public void finish() {
        try {
            stream.flush();
            if (file != null) {
                file.finish();
            }
        } catch (IOException e) {
            throw Problem.writing(name, e);
        }
    }

    /** Puts a complete file in its place. */
    public void commit() {
        finish();
        try {
            if (file != null) {
                file.commit();
            }
        } catch (IOException e) {
            throw Problem.writing(name, e);
        }
    }

    /** Removes a file that is not complete. Descriptors stay open: others may write to them. */
    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw Problem.writing(name, e);
        }
    }
}
