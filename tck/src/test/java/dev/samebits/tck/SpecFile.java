package dev.samebits.tck;

import dev.samebits.Arithmetic;
import dev.samebits.Matrix;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * A file of spec/vectors: JSON with one vector a line, whose members are texts and whole numbers alone, so that a reader of
 * few lines will do. Floats are their patterns in hexadecimal, with blanks between them; every NaN is 7FC00000.
 */
final class SpecFile {
    private final List<StringJoiner> vectors = new ArrayList<>();

    /** Begins a vector that is computed by this operation; what follows belongs to it. */
    SpecFile add(String operation) {
        vectors.add(new StringJoiner(",", "{", "}"));
        return with("op", operation);
    }

    SpecFile with(String key, String text) {
        vectors.get(vectors.size() - 1).add('"' + key + "\":\"" + text.replace("\"", "\\\"") + '"');
        return this;
    }

    SpecFile with(String key, long number) {
        vectors.get(vectors.size() - 1).add('"' + key + "\":" + number);
        return this;
    }

    SpecFile floats(String key, float... values) {
        StringJoiner patterns = new StringJoiner(" ");
        for (float value : values) {
            patterns.add(String.format("%08X", Float.floatToIntBits(value)));
        }
        return with(key, patterns.toString());
    }

    SpecFile floats(String key, Matrix values) {
        float[] dense = new float[values.rows() * values.columns()];
        values.copyTo(Matrix.of(values.rows(), values.columns(), dense));
        return floats(key, dense);
    }

    SpecFile doubles(String key, double... values) {
        StringJoiner patterns = new StringJoiner(" ");
        for (double value : values) {
            patterns.add(String.format("%016X", Double.doubleToLongBits(value)));
        }
        return with(key, patterns.toString());
    }

    /** The file's text. */
    String text() {
        String head = "{\"arithmetic\":" + Arithmetic.number() + ",\"vectors\":[\n";
        StringJoiner lines = new StringJoiner(",\n", head, "\n]}\n");
        vectors.forEach(vector -> lines.add(vector.toString()));
        return lines.toString();
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
