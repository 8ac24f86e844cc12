package dev.samebits.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of an input file or of stdin, unpacked if they are gzip, and what they are, told by the first of them: an IDX file
 * starts with two zero bytes, which no text does.
 *
 * @param name the file as the user wrote it, for messages
 * @param stream the unpacked bytes from the start
 * @param format what they are
 * @param plainFile the file, if these are its bytes as they lie on disk; null for stdin and packed files
 * @param file what is read, as it lies on disk; null for stdin and what is no file
 */
record Input(String name, InputStream stream, Format format, Path plainFile, FileChannel file) implements AutoCloseable {
    /** What the user writes for stdin or stdout. */
    static final String STANDARD = "-";

    /** What an input is. */
    enum Format {
        CSV,
        IDX,
        NPY,
        PARQUET
    }

    private static final int BUFFER = 1 << 16;
    private static final int HEAD = 6;
    // The first bytes of all that is not plain text.
    private static final String STARTS = "\0\u001f\u0093\u00fe\u00ffP";

    static Input open(String file) {
        String name = file.equals(STANDARD) ? "stdin" : file;
        try {
            if (file.equals(STANDARD)) {
                return of(name, System.in, null, null);
            }
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new Problem("this is a folder", file, "name a file in it");
            }
            if (!Files.isRegularFile(path)) {
                return of(name, Files.newInputStream(path), null, null);
            }
            FileChannel channel = FileChannel.open(path);
            return of(name, Channels.newInputStream(channel), path, channel);
        } catch (InvalidPathException e) {
            throw new Problem("this is no path", file, "check the name");
        } catch (IOException e) {
            throw Problem.reading(name, e);
        }
    }

    /** A stream that is no file. */
    static Input of(String name, InputStream raw) throws IOException {
        return of(name, raw, null, null);
    }

    private static Input of(String name, InputStream raw, Path path, FileChannel channel) throws IOException {
        InputStream stream = new BufferedInputStream(raw, BUFFER);
        Path plainFile = path;
        try {
            byte[] head = peek(stream);
            if (startsWith(head, 0x1f, 0x8b)) {
                stream = new BufferedInputStream(new GZIPInputStream(stream, BUFFER), BUFFER);
                head = peek(stream);
                plainFile = null;
            }
            return new Input(name, stream, format(name, head), plainFile, channel);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static Format format(String name, byte[] head) {
        if (head.length == 0) {
            throw new Problem("the file is empty", name, "give a file with data");
        }
        if (startsWith(head, 'P', 'K', 3, 4)) {
            throw new Problem("this is a zip archive, such as an .npz file", name, "unpack it, and give a file in it");
        }
        if (startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff)) {
            throw new Problem("this is text in UTF-16", name, "save it as UTF-8");
        }
        if (Arrays.equals(head, Npy.MAGIC)) {
            return Format.NPY;
        }
        if (startsWith(head, 'P', 'A', 'R', '1')) {
            return Format.PARQUET;
        }
        return calledIdx(name) || head[0] == 0 && (head.length < 2 || head[1] == 0) ? Format.IDX : Format.CSV;
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        boolean same = head.length >= bytes.length;
        for (int i = 0; same && i < bytes.length; i++) {
            same = (head[i] & 0xff) == bytes[i];
        }
        return same;
    }

    // The official names: a file called so and starting otherwise is damaged IDX, not CSV.
    private static boolean calledIdx(String name) {
        return name.matches(".*(idx[1-9]-ubyte|\\.idx)(\\.gz)?");
    }

    private static byte[] peek(InputStream stream) throws IOException {
        stream.mark(HEAD);
        byte[] head;
        try {
            head = stream.readNBytes(1);
            // More only where there must be more: somebody may type the first row, and wait.
            if (head.length == 1 && STARTS.indexOf(head[0] & 0xff) >= 0) {
                stream.reset();
                head = stream.readNBytes(HEAD);
            }
        } catch (EOFException e) {
            head = new byte[0];
        }
        stream.reset();
        return head;
    }

    /** How much of the file has been read, 0 to 1, or −1 if it is none. */
    double fraction() {
        try {
            return file == null ? -1 : (double) file.position() / Math.max(1, file.size());
        } catch (IOException e) {
            return -1;
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
