package dev.samebits.cli.predict;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.Destination;
import dev.samebits.cli.text.TextBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What becomes of rows that cannot be used: the first ends the run, or all of them go into a file of their own, as they
 * were, and are counted. Not thread-safe.
 */
final class BadRows implements AutoCloseable {
    /** The values of {@code --bad-rows}. */
    enum Policy {
        STOP,
        SKIP
    }

    private final boolean kept;
    private final Path path;
    // Null where they go nowhere.
    private final Destination file;
    private Problem first;
    private long count;

    private BadRows(boolean kept, Path path, String header) {
        this.kept = kept;
        this.path = path;
        this.file = path == null ? null : Destination.open(path);
        if (header != null && file != null) {
            byte[] bytes = (header + "\n").getBytes(StandardCharsets.UTF_8);
            write(bytes, bytes.length);
        }
    }

    /** The first is thrown. */
    static BadRows stop() {
        return new BadRows(false, null, null);
    }

    /**
     * All go into a file.
     *
     * @param header its first line, or null
     */
    static BadRows skip(Path file, String header) {
        return new BadRows(true, file, header);
    }

    /** All are counted, and written nowhere. */
    static BadRows countAlone() {
        return new BadRows(true, null, null);
    }

    /** Whether the run goes on after one. */
    boolean areKept() {
        return kept;
    }

    /** How many there were. */
    long count() {
        return count;
    }

    private void write(byte[] bytes, int length) {
        try {
            file.stream().write(bytes, 0, length);
        } catch (IOException e) {
            throw Problem.writing(path, e);
        }
    }

    /** Some more rows, of which the first has this problem. */
    void add(int rows, Problem problem, TextBuffer text) {
        if (!kept) {
            throw problem;
        }
        if (first == null) {
            first = problem;
        }
        count += rows;
        if (file != null) {
            write(text.bytes(), text.length());
        }
    }

    /** Puts the file in its place, and tells on stderr what is in it. */
    void commit() {
        if (file != null) {
            file.commit();
        }
        if (count > 0 && file != null) {
            System.err.printf(Locale.ROOT, "samebits: %,d bad %s skipped: %s, the first: %s%n", count,
                    count == 1 ? "row" : "rows", path, first.getMessage());
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
