package dev.samebits.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a whole file or none: first a temporary file beside it, forced to the disk, then a rename that replaces the old
 * file at once. Whoever opens the file meanwhile sees the old one or the new one, never a part.
 */
final class AtomicFile {
    /** What is written. */
    interface Content {
        /** Writes it all; the stream is closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes a file.
     *
     * @throws NoSuchFileException if its directory does not exist
     * @throws FileSystemException if the path is a directory, or its own may not be written to
     * @throws IOException if writing fails; then a file that was there is as it was, and the temporary one is gone
     */
    static void write(Path path, Content content) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "this is a directory: name a file in it");
        }
        // A rename would put the file in place of a link instead of behind it.
        Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path directory = file.getParent();
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString(), null, "there is no such directory: create it first");
        }
        Path temporary = directory.resolve(
                ".samebits-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + ".partial");
        try {
            try (FileChannel channel = open(temporary, directory);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            // After the move there is nothing of this name.
            Files.deleteIfExists(temporary);
        }
        forceDirectory(directory);
    }

    private static FileChannel open(Path temporary, Path directory) throws IOException {
        try {
            return FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            AccessDeniedException clear = new AccessDeniedException(directory.toString(), null,
                    "no file may be made in this directory: change its permissions or choose another one");
            clear.initCause(e);
            throw clear;
        }
    }

    // The rename itself lasts only once the directory is on the disk. The file is complete either way, so a system that
    // cannot force a directory, such as Windows, is no reason to fail.
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            System.getLogger("dev.samebits.onnx").log(System.Logger.Level.DEBUG, "cannot force " + directory, e);
        }
    }
}
