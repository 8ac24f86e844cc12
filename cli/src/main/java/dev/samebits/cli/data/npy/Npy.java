package dev.samebits.cli.data.npy;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.RecordFormat;
import dev.samebits.cli.text.FloatText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy {@code .npy} file (format versions 1 to 3) and the meaning of its bytes. The first dimension counts
 * the rows, the others make their width; a file of one dimension has rows of one value. Values are not scaled; doubles and
 * integers are rounded to the nearest float.
 *
 * @param name the file, for messages
 * @param headerBytes where the values start
 * @param type what they are
 * @param order of the bytes of one
 */
public record Npy(String name, int headerBytes, long records, int columns, Type type, ByteOrder order)
        implements RecordFormat {
    private static final int MAX_HEADER = 1 << 16;
    private static final int MAX_WIDTH = 1 << 28;

    // The header is the text of a Python dictionary. It is taken apart by these, never evaluated.
    private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([^']{1,99})'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\sL]*+)\\)");
    private static final Pattern ENTRIES = Pattern.compile(
            "\\{\\s*"
            + "(?:'(?:descr|fortran_order|shape)'\\s*:\\s*(?:'[^']*+'|True|False|\\([^()]*+\\))\\s*,?\\s*){3}+\\}\\s*");

    /** The types that are read, by NumPy's letter and number of bytes. */
    enum Type {
        F4(4, true),
        F8(8, true),
        F2(2, true),
        I1(1, false),
        I2(2, false),
        I4(4, false),
        I8(8, false),
        U1(1, false),
        U2(2, false),
        U4(4, false),
        U8(8, false),
        B1(1, false);

        final int bytes;
        final boolean floating;

        Type(int bytes, boolean floating) {
            this.bytes = bytes;
            this.floating = floating;
        }
    }

    /** Reads the header, leaving the stream at the first value. */
    public static Npy header(String name, InputStream stream) throws IOException {
        byte[] start = stream.readNBytes(8);
        int version = start.length < 8 ? 0 : start[6];
        if (version < 1 || version > 3) {
            throw new Problem(start.length < 8 ? "the .npy header ends too early" : "this is .npy version " + version
                    + ", and 1 to 3 are read", name, "write the file again with numpy.save");
        }
        byte[] sized = stream.readNBytes(version == 1 ? 2 : 4);
        long length = 0;
        for (int i = sized.length - 1; i >= 0; i--) {
            length = length << 8 | sized[i] & 0xff;
        }
        if (length > MAX_HEADER) {
            throw new Problem("the .npy header states its own length as " + length + " bytes, and " + MAX_HEADER
                    + " are the most", name, "the file is damaged: write it again with numpy.save");
        }
        byte[] header = stream.readNBytes((int) length);
        if (header.length < length || sized.length < 2) {
            throw new Problem("the .npy header ends too early", name, "it is truncated: fetch or copy it again");
        }
        return parsed(name, 8 + sized.length + header.length, new String(header, StandardCharsets.UTF_8));
    }

    private static Npy parsed(String name, int headerBytes, String header) {
        Matcher description = DESCRIPTION.matcher(header);
        Matcher fortran = FORTRAN.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (header.contains("'descr': [")) {
            throw new Problem("the .npy file holds records of named fields", name,
                    "save a plain array: one type, one field");
        }
        if (!ENTRIES.matcher(header).matches() || !description.find() || !fortran.find() || !shape.find()) {
            throw new Problem("the .npy header cannot be read: " + shown(header), name,
                    "the file is damaged: write it again with numpy.save");
        }
        if (fortran.group(1).equals("True")) {
            throw new Problem("the .npy file is in Fortran order, column by column", name,
                    "save it with numpy.save(file, numpy.ascontiguousarray(x))");
        }
        String descr = description.group(1);
        Type type = type(descr);
        if (type == null) {
            throw new Problem("the .npy file holds values of type '" + shown(descr) + "', which are not read", name,
                    "save numbers, such as x.astype(numpy.float32)");
        }
        ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long[] sizes = sizes(name, shape.group(1));
        return new Npy(name, headerBytes, sizes[0], width(name, shape.group(1), sizes, type), type, order);
    }

    private static Type type(String descr) {
        if (descr.matches("[<>|=][a-z]\\d")) {
            for (Type type : Type.values()) {
                if (type.name().equalsIgnoreCase(descr.substring(1)) && (descr.charAt(0) != '|' || type.bytes == 1)) {
                    return type;
                }
            }
        }
        return null;
    }

    private static long[] sizes(String name, String shape) {
        String[] parts = shape.replaceAll("[\\sL]", "").split(",");
        if (shape.isBlank() || parts.length == 0 || parts.length > 32) {
            throw new Problem("the .npy file holds no rows but the shape (" + shown(shape) + ")", name,
                    "save an array of two dimensions: rows and columns");
        }
        long[] sizes = new long[parts.length];
        for (int d = 0; d < parts.length; d++) {
            if (!parts[d].matches("\\d{1,18}")) {
                throw impossible(name, shape);
            }
            sizes[d] = Long.parseLong(parts[d]);
        }
        return sizes;
    }

    private static int width(String name, String shape, long[] sizes, Type type) {
        long columns = 1;
        for (int d = 1; d < sizes.length; d++) {
            // Each at most 2²⁸, or the product is not kept: no overflow.
            columns = sizes[d] > MAX_WIDTH ? MAX_WIDTH + 1L : Math.min(columns * sizes[d], MAX_WIDTH + 1L);
        }
        if (columns < 1 || columns * type.bytes > MAX_WIDTH || sizes[0] > Long.MAX_VALUE / 2 / (columns * type.bytes)) {
            throw impossible(name, shape);
        }
        return (int) columns;
    }

    private static Problem impossible(String name, String shape) {
        return new Problem("the .npy header states the impossible shape (" + shown(shape) + ")", name,
                "the file is damaged, or its rows are too wide: write it again with numpy.save");
    }

    private static String shown(String text) {
        String clean = text.strip().replaceAll("[^ -~]", "?");
        return clean.length() > 80 ? clean.substring(0, 80) + "…" : clean;
    }

    @Override
    public int width() {
        return columns * type.bytes;
    }

    @Override
    public boolean floating() {
        return type.floating;
    }

    @Override
    public void decode(ByteBuffer bytes, int records, float[] into) {
        int count = records * columns;
        ByteBuffer b = bytes.order(order);
        switch (type) {
            case F4 -> b.asFloatBuffer().get(into, 0, count);
            case F8 -> {
                var doubles = b.asDoubleBuffer();
                for (int i = 0; i < count; i++) {
                    into[i] = (float) doubles.get(i);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    into[i] = value(b, i);
                }
            }
        }
    }

    @Override
    public String text(ByteBuffer bytes, int index) {
        ByteBuffer b = bytes.order(order);
        return type == Type.F8 ? DoubleText.of(b.getDouble(8 * index)) : FloatText.of(value(b, index));
    }

    private float value(ByteBuffer b, int i) {
        return switch (type) {
            case F2 -> half(b.getShort(2 * i));
            case I1 -> b.get(i);
            case I2 -> b.getShort(2 * i);
            case I4 -> b.getInt(4 * i);
            case I8 -> b.getLong(8 * i);
            case U1 -> b.get(i) & 0xff;
            case U2 -> b.getShort(2 * i) & 0xffff;
            case U4 -> b.getInt(4 * i) & 0xffffffffL;
            case U8 -> unsigned(b.getLong(8 * i));
            case B1 -> b.get(i) == 0 ? 0 : 1;
            case F4 -> b.getFloat(4 * i);
            case F8 -> (float) b.getDouble(8 * i);
        };
    }

    // Halved with its last bit kept, for rounding, where it does not fit a signed number.
    private static float unsigned(long value) {
        return value >= 0 ? value : 2f * (value >>> 1 | value & 1);
    }

    // IEEE-754 half precision: sign, 5 bits of exponent, 10 of fraction. Exact.
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        };
        return bits < 0 ? -magnitude : magnitude;
    }
}
