package dev.samebits.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears complete or not at all: written beside its place under another name, and moved there by
 * {@link #commit}. Closing without that, or ending the program in any way that Java notices, removes what was written.
 */
final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path partial;
    private final FileChannel channel;
    private final OutputStream stream;
    private final Thread hook;
    private boolean done;

    private AtomicFile(Path target, Path partial, FileChannel channel) {
        this.target = target;
        this.partial = partial;
        this.channel = channel;
        this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        this.hook = new Thread(this::discard, "samebits-discard");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Checks that the file can be written, and starts it. */
    static AtomicFile create(Path path) {
        try {
            Path target = checked(path);
            Path folder = target.toAbsolutePath().getParent();
            // Files.createTempFile would make it readable by its owner alone; this follows the umask like any other file.
            Path partial = folder.resolve("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
            return new AtomicFile(target, partial, FileChannel.open(partial, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw Problem.writing(path, e);
        }
    }

    /** The path with links resolved, so that a link stays one; a problem if no file can be put there. */
    static Path checked(Path path) {
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path;
            Path folder = target.toAbsolutePath().getParent();
            if (Files.isDirectory(target) || folder == null) {
                throw new Problem("this is a folder", path.toString(), "name a file in it");
            }
            if (!Files.isDirectory(folder)) {
                throw new Problem("no such folder", folder.toString(), "make the folder first, or choose another");
            }
            if (!Files.isWritable(folder)) {
                throw new Problem("not allowed to write", folder.toString(), "choose another folder");
            }
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                throw new Problem("this is a device or pipe, not a file", path.toString(), "name a file, or '-' for stdout");
            }
            return target;
        } catch (IOException e) {
            throw Problem.writing(path, e);
        }
    }

    OutputStream stream() {
        return stream;
    }

    /** Puts the complete file in its place. */
    void commit() throws IOException {
        stream.flush();
        channel.force(true);
        channel.close();
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        }
        done = true;
    }

    private void discard() {
        try {
            if (!done) {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            System.err.println("samebits: could not remove " + partial);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Problem.writing(target, e);
        } finally {
            discard();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is going down already; the hook finds nothing to do.
                done = true;
            }
        }
    }
}
