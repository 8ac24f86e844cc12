package dev.samebits.cli.predict;

import dev.samebits.cli.console.Problem;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds the lines that are written to it against those of a file, and remembers the first field that differs: its row,
 * counted in lines from 1, its column, and what stands in both. Not thread-safe.
 */
final class OutputComparison extends OutputStream {
    // Of a field in a message.
    private static final int LONGEST = 200;
    private static final int END = -1;

    private final Path file;
    private final InputStream in;
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private final ByteArrayOutputStream other = new ByteArrayOutputStream();
    private long line = 1;
    private int column = 1;
    private boolean quoted;
    // Both are told field by field until each has ended.
    private boolean differs;
    private boolean fieldEnded;

    OutputComparison(Path file) {
        this.file = file;
        try {
            this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        } catch (IOException e) {
            throw Problem.reading(file.toString(), e);
        }
    }

    @Override
    public void write(int oneByte) {
        take(oneByte & 0xff);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            take(bytes[i] & 0xff);
        }
    }

    private void take(int computed) {
        if (differs) {
            fieldEnded |= isEnd(computed);
            if (!fieldEnded) {
                keep(field, computed);
            }
            return;
        }
        int stored = next();
        if (stored != computed) {
            differ(computed, stored);
            return;
        }
        quoted ^= computed == '"';
        if (!quoted && computed == '\n') {
            line++;
            column = 1;
        } else if (!quoted && computed == ',') {
            column++;
        }
        if (isEnd(computed)) {
            field.reset();
            other.reset();
        } else {
            keep(field, computed);
            keep(other, computed);
        }
    }

    private boolean isEnd(int c) {
        return c == END || c == '\n' || c == ',' && !quoted;
    }

    private static void keep(ByteArrayOutputStream field, int c) {
        if (field.size() < LONGEST) {
            field.write(c);
        }
    }

    private void differ(int computed, int stored) {
        differs = true;
        fieldEnded = isEnd(computed);
        if (!fieldEnded) {
            keep(field, computed);
        }
        for (int c = stored; !isEnd(c); c = next()) {
            keep(other, c);
        }
    }

    private int next() {
        try {
            return in.read();
        } catch (IOException e) {
            throw Problem.reading(file.toString(), e);
        }
    }

    /** Where the first difference is, in words, when all lines were written; null if there is none. */
    String difference() {
        if (!differs) {
            int stored = next();
            if (stored != END) {
                differ(END, stored);
            }
        }
        if (!differs) {
            return null;
        }
        return "row " + line + ", output column " + column + ": computed here '"
                + Problem.shortened(field.toString(StandardCharsets.UTF_8)) + "', in " + file + " '"
                + Problem.shortened(other.toString(StandardCharsets.UTF_8)) + "'";
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw Problem.reading(file.toString(), e);
        }
    }
}
