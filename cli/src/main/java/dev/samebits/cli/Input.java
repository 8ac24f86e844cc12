package dev.samebits.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of an input file or of stdin, unpacked if they are gzip, and whether they are IDX. Told by the content: an IDX
 * file starts with two zero bytes, which no text does.
 *
 * @param name the file as the user wrote it, for messages
 * @param stream the unpacked bytes from the start
 * @param idx whether they are IDX rather than CSV
 * @param plainFile the file, if these are its bytes as they lie on disk; null for stdin and packed files
 */
record Input(String name, InputStream stream, boolean idx, Path plainFile) implements AutoCloseable {
    /** What the user writes for stdin or stdout. */
    static final String STANDARD = "-";

    private static final int BUFFER = 1 << 16;

    static Input open(String file) {
        String name = file.equals(STANDARD) ? "stdin" : file;
        try {
            if (!file.equals(STANDARD) && Files.isDirectory(Path.of(file))) {
                throw new Problem("this is a folder", file, "name a CSV or IDX file in it");
            }
            if (file.equals(STANDARD)) {
                return of(name, System.in, null);
            }
            Path path = Path.of(file);
            return of(name, Files.newInputStream(path), Files.isRegularFile(path) ? path : null);
        } catch (InvalidPathException e) {
            throw new Problem("this is no path", file, "check the name");
        } catch (IOException e) {
            throw Problem.reading(name, e);
        }
    }

    /**
     * Looks at the first bytes of a stream.
     *
     * @param file the file it reads, or null
     */
    static Input of(String name, InputStream raw, Path file) throws IOException {
        InputStream stream = new BufferedInputStream(raw, BUFFER);
        Path plainFile = file;
        try {
            byte[] head = peek(stream);
            if (head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
                stream = new BufferedInputStream(new GZIPInputStream(stream, BUFFER), BUFFER);
                head = peek(stream);
                plainFile = null;
            }
            if (head.length == 0) {
                throw new Problem("the file is empty", name, "give a CSV or IDX file with data");
            }
            boolean idx = calledIdx(name) || head[0] == 0 && (head.length < 2 || head[1] == 0);
            return new Input(name, stream, idx, plainFile);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    // The official names: a file called so and starting otherwise is damaged IDX, not CSV.
    private static boolean calledIdx(String name) {
        return name.matches(".*(idx[1-9]-ubyte|\\.idx)(\\.gz)?");
    }

    private static byte[] peek(InputStream stream) throws IOException {
        stream.mark(4);
        byte[] head;
        try {
            head = stream.readNBytes(4);
        } catch (EOFException e) {
            head = new byte[0];
        }
        stream.reset();
        return head;
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
