package dev.samebits.cli.file;

import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The bytes of an input file or of stdin, unpacked if they are gzip, and what they are, told by the first of them: an IDX
 * file starts with two zero bytes, which no text does.
 *
 * @param name the file as the user wrote it, for messages
 * @param stream the unpacked bytes from the start
 * @param format what they are
 * @param plainFile the file, if these are its bytes as they lie on disk; null for stdin and packed files
 * @param file what is read, as it lies on disk; null for stdin and what is no file
 * @param digested the bytes as they lie there, whose digest is taken; null where it is not
 */
public record Input(String name, InputStream stream, Format format, Path plainFile, FileChannel file,
        DigestedInput digested) implements AutoCloseable {
    /** What an input is. */
    public enum Format {
        CSV,
        IDX,
        NPY
    }

    private static final int BUFFER = 1 << 16;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] IDX = {0, 0};
    private static final byte[] NPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    public static Input open(String file) {
        return open(file, false);
    }

    /** An input whose digest is taken while it is read: {@link #plainFile} is null, so that it is read once, in order. */
    public static Input digested(String file) {
        return open(file, true);
    }

    private static Input open(String file, boolean digest) {
        String name = file.equals(Descriptor.STANDARD) ? "stdin" : file;
        try {
            if (file.equals(Descriptor.STANDARD)) {
                return of(name, System.in, null, null, digest);
            }
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new Problem("this is a folder", file, "name a file in it");
            }
            if (!Files.isRegularFile(path)) {
                return of(name, unseekable(path), null, null, digest);
            }
            FileChannel channel = FileChannel.open(path);
            return of(name, Channels.newInputStream(channel), path, channel, digest);
        } catch (InvalidPathException e) {
            throw new Problem("this is no path", file, "check the name");
        } catch (IOException e) {
            throw Problem.reading(name, e);
        }
    }

    // A pipe or a device: a channel would try to seek in it, as JDK 17 does to tell what waits.
    private static InputStream unseekable(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isReadable(path)) {
            throw new AccessDeniedException(path.toString());
        }
        return new FileInputStream(path.toFile());
    }

    /** A stream that is no file. */
    public static Input of(String name, InputStream raw) throws IOException {
        return of(name, raw, null, null, false);
    }

    private static Input of(String name, InputStream raw, Path path, FileChannel channel, boolean digest)
            throws IOException {
        DigestedInput digested = digest ? new DigestedInput(raw) : null;
        InputStream stream = new BufferedInputStream(digest ? digested : raw, BUFFER);
        Path plainFile = digest ? null : path;
        try {
            byte[] head = peek(stream);
            if (starts(head, GZIP)) {
                stream = new BufferedInputStream(new GzipStream(stream), BUFFER);
                head = peek(stream);
                plainFile = null;
            }
            return new Input(name, stream, format(name, head, stream), plainFile, channel, digested);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static Format format(String name, byte[] head, InputStream stream) throws IOException {
        if (head.length == 0) {
            throw new Problem("the file is empty", name, "give a file with data");
        }
        OtherFormats.refuse(name, head, stream);
        if (starts(head, NPY)) {
            return Format.NPY;
        }
        return calledIdx(name) || starts(head, IDX) || head[0] == 0 && head.length == 1 ? Format.IDX : Format.CSV;
    }

    private static boolean starts(byte[] head, byte[] start) {
        return head.length >= start.length && Arrays.equals(head, 0, start.length, start, 0, start.length);
    }

    // The official names: a file called so and starting otherwise is damaged IDX, not CSV.
    private static boolean calledIdx(String name) {
        return name.matches(".*(idx[1-9]-ubyte|\\.idx)(\\.gz)?");
    }

    // No further than may tell more: somebody may type the first row, and wait.
    private static byte[] peek(InputStream stream) throws IOException {
        stream.mark(OtherFormats.LONGEST);
        byte[] head = {};
        int next = 0;
        while (next >= 0 && mayTell(head)) {
            next = stream.read();
            if (next >= 0) {
                head = Arrays.copyOf(head, head.length + 1);
                head[head.length - 1] = (byte) next;
            }
        }
        stream.reset();
        return head;
    }

    private static boolean mayTell(byte[] head) {
        return OtherFormats.mayStart(head)
                || Stream.of(GZIP, IDX, NPY).anyMatch(start -> head.length < start.length && starts(start, head));
    }

    /** Reads what is there into the free end of a buffer; −1 at the input's end. */
    public int read(byte[] into, int at) {
        try {
            return stream.read(into, at, into.length - at);
        } catch (IOException e) {
            throw Problem.reading(name, e);
        }
    }

    /** How much of the file has been read, 0 to 1, or −1 if it is none. */
    public double fraction() {
        try {
            return file == null ? -1 : (double) file.position() / Math.max(1, file.size());
        } catch (IOException e) {
            return -1;
        }
    }

    /** The SHA-256 of all bytes as they lie in the file, packed if they are; what was not read is read now. */
    public String digest() {
        try {
            return digested.digest();
        } catch (IOException e) {
            throw Problem.reading(name, e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw Problem.reading(name, e);
        }
    }
}
