package dev.samebits.cli.console;

import dev.samebits.onnx.file.AtomicFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process was started with open, by number. */
public final class Descriptor {
    /** What the user writes for stdin or stdout. */
    public static final String STANDARD = "-";

    public static final int IN = 0;
    public static final int OUT = 1;
    public static final int ERR = 2;

    private static final Path FOLDER = Path.of("/dev/fd");

    private Descriptor() {}

    // The launcher made a copy of stderr, having turned off stderr itself, because every start of the JVM writes a warning
    // there that no option removes.
    private static int real(int number) {
        return number == ERR ? Integer.getInteger("samebits.stderr", ERR) : number;
    }

    /** The descriptor that a path names, such as {@code -} or {@code /dev/stdout}, also through links, or −1. */
    public static int of(Path path) throws IOException {
        if (path.toString().equals(STANDARD)) {
            return OUT;
        }
        Path place = AtomicFile.target(path);
        String name = place.getFileName().toString();
        return Files.exists(FOLDER) && place.getParent().equals(FOLDER.toRealPath()) && name.matches("\\d{1,9}")
                ? Integer.parseInt(name) : -1;
    }

    /** The file that it is a link to, where the system has such links. */
    public static Path path(int number) {
        return FOLDER.resolve(String.valueOf(real(number)));
    }

    /** Writes to it as it is, from where whoever opened it has come to. */
    public static OutputStream open(int number) throws IOException {
        if (real(number) == OUT) {
            return new FileOutputStream(FileDescriptor.out);
        }
        if (real(number) == ERR) {
            return new FileOutputStream(FileDescriptor.err);
        }
        try {
            // Unlike /dev/fd, this works for sockets and terminals of other users too; the launcher opens the package.
            Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return new FileOutputStream(constructor.newInstance(real(number)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return new FileOutputStream(path(number).toString(), true);
        }
    }
}
