package dev.samebits.onnx.file;

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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that appears whole or not at all: what is written goes into a temporary file beside it, which is forced to the disk
 * and then replaces the old one at once. Whoever opens the file meanwhile sees the old one or the new one, never a part.
 * Links are followed, and stay; a new file has the rights that the process gives to new files, another those of the one it
 * replaces.
 *
 * <p>A device, a pipe or an open descriptor such as {@code /dev/stdout} is written to as it is: none of this holds for it.
 *
 * <p>The temporary file is removed by {@link #close} and when the JVM ends. Where the JVM is killed it stays behind, as
 * {@code .samebits-….partial}. Its name is random, so that no two processes share one, wherever they run. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class AtomicFile implements AutoCloseable {
    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes it all; the stream is closed by the caller.
         *
         * @param out takes it
         * @throws IOException if that fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private final Path target;
    // Null where the target is a stream.
    private final Path partial;
    private final FileChannel channel;
    private final OutputStream stream;
    private Thread hook;

    private AtomicFile(Path target, Path partial, FileChannel channel) {
        this.target = target;
        this.partial = partial;
        this.channel = channel;
        this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    /**
     * Writes a file.
     *
     * @param path where it is to be
     * @param content writes it
     * @throws IOException as {@link #create}, or if writing fails; then a file that was there is as it was
     */
    public static void write(Path path, Content content) throws IOException {
        try (AtomicFile file = create(path)) {
            content.writeTo(file.stream());
            file.commit();
        }
    }

    /**
     * Starts a file, which is written through {@link #stream} and must be closed.
     *
     * @param path where it is to be
     * @return the file, which is not there before it is committed
     * @throws NoSuchFileException if its directory does not exist
     * @throws AccessDeniedException if its directory or the file that is there may not be written to
     * @throws FileSystemException if the path is a directory
     * @throws IOException if it cannot be made
     */
    public static AtomicFile create(Path path) throws IOException {
        Destination to = checked(path);
        Path target = to.place();
        if (to.stream()) {
            // Behind what others have written, where a descriptor is that of a file.
            return new AtomicFile(target, null,
                    FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        }
        Path partial = target.resolveSibling(
                ".samebits-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + ".partial");
        AtomicFile file = new AtomicFile(target, partial, open(partial, target));
        file.discardAtExit();
        return file;
    }

    /**
     * Checks what {@link #create} does without making a file, for instance before hours of work.
     *
     * @param path where a file is to be
     * @throws IOException as {@link #create}
     */
    public static void check(Path path) throws IOException {
        checked(path);
    }

    /**
     * The file behind a path: that behind its links, whether it is there or still to be made.
     *
     * @param path one that may lead over links
     * @return the file, absolute and without links
     * @throws IOException if its directory does not exist, or the path is a directory
     */
    public static Path target(Path path) throws IOException {
        return Destination.of(path).place();
    }

    private static Destination checked(Path path) throws IOException {
        Destination to = Destination.of(path);
        Path folder = to.place().getParent();
        if (Files.exists(to.place()) && !Files.isWritable(to.place())) {
            throw new AccessDeniedException(to.place().toString(), null,
                    "this file may not be written to: change its permissions or choose another one");
        }
        if (!to.stream() && !Files.isWritable(folder)) {
            throw new AccessDeniedException(folder.toString(), null,
                    "no file may be made in this directory: change its permissions or choose another one");
        }
        return to;
    }

    private static FileChannel open(Path partial, Path target) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (old == null || !Files.exists(target)) {
            return FileChannel.open(partial, options);
        }
        // From the start: nobody may read it who may not read the old one.
        Set<PosixFilePermission> rights = old.readAttributes().permissions();
        FileAttribute<Set<PosixFilePermission>> attribute = PosixFilePermissions.asFileAttribute(rights);
        FileChannel channel = FileChannel.open(partial, options, attribute);
        try {
            // The process's own mask may have taken some away.
            Files.setPosixFilePermissions(partial, rights);
        } catch (IOException e) {
            // A file system such as CIFS may have rights of its own. Then those stay that the file was made with.
            log(System.Logger.Level.DEBUG, "cannot change the rights of " + partial, e);
        }
        return channel;
    }

    /**
     * Where to write.
     *
     * @return a buffered stream, which need not be closed
     */
    public OutputStream stream() {
        return stream;
    }

    /**
     * Brings all that was written to the disk, without putting the file in its place; whoever writes several files learns so
     * whether all of them are complete before the first replaces an old one.
     *
     * @throws IOException if that fails
     */
    public void finish() throws IOException {
        if (channel.isOpen()) {
            stream.flush();
            if (partial != null) {
                channel.force(true);
            }
            channel.close();
        }
    }

    /**
     * Puts the complete file in its place.
     *
     * @throws IOException if that fails; then a file that was there is as it was
     */
    public void commit() throws IOException {
        finish();
        if (partial != null) {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory(target.getParent());
        }
    }

    // The rename itself lasts only once the directory is on the disk. The file is complete either way, so a system that
    // cannot force a directory, such as Windows, is no reason to fail.
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            log(System.Logger.Level.DEBUG, "cannot force " + directory, e);
        }
    }

    private void discardAtExit() {
        hook = new Thread(this::discard, "samebits-discard");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down already; what it still writes is removed by close.
            hook = null;
        }
    }

    // After the move there is nothing of this name.
    private void discard() {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            log(System.Logger.Level.WARNING, "cannot remove " + partial, e);
        }
    }

    private static void log(System.Logger.Level level, String what, IOException e) {
        System.getLogger("dev.samebits.onnx").log(level, what, e);
    }

    /**
     * Removes what was written and not committed.
     *
     * @throws IOException if the file cannot be closed
     */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (partial != null) {
                discard();
            }
            if (hook != null) {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException e) {
                    // The JVM is going down; the hook finds nothing to do.
                    hook = null;
                }
            }
        }
    }
}
