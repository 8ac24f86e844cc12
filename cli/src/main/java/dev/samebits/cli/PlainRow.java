package dev.samebits.cli;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads a CSV record of plain decimal numbers out of a buffer, finding the fields and their values in one go, eight digits at a
 * time. What is not plain is left to {@link CsvRecord}, and gives the same there. Not thread-safe.
 */
final class PlainRow {
    // A number that may be longer than this is not read by eights, lest its digits are sought behind the end of the text.
    private static final int LONGEST = 48;
    // Beyond these a sum of digits may overflow.
    private static final int MOST_DIGITS = 18;

    private static final VarHandle EIGHTS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;
    private static final long TEN_UP = 0x7676767676767676L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long PAIRS = 0x000000ff000000ffL;
    private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private final byte separator;
    private final boolean[] stops = new boolean[256];
    // For each column: its place among the inputs and among the fields passed through, or −1.
    private final int[] inputs;
    private final int[] ids;
    private final int[] idBounds;
    private byte[] text = {};
    private int to;
    // Behind the number read last.
    private int end;

    /**
     * For one table.
     *
     * @param columns of the table
     * @param inputs columns that are read as numbers
     * @param ids columns that are passed through
     */
    PlainRow(char separator, int columns, int[] inputs, int[] ids) {
        this.separator = (byte) separator;
        stops[separator] = true;
        stops['\n'] = true;
        stops['\r'] = true;
        stops['"'] = true;
        this.inputs = places(columns, inputs);
        this.ids = places(columns, ids);
        this.idBounds = new int[2 * ids.length];
    }

    private static int[] places(int columns, int[] chosen) {
        int[] places = new int[columns];
        Arrays.fill(places, -1);
        for (int i = 0; i < chosen.length; i++) {
            places[chosen[i]] = i;
        }
        return places;
    }

    /** Sets the text that is read, bytes 0 to {@code length} − 1. */
    void over(byte[] bytes, int length) {
        text = bytes;
        to = length;
    }

    /**
     * Reads a record.
     *
     * @param x where the inputs go, from {@code at} on
     * @return the place behind its line, or −1 if it is not plain
     */
    int read(int from, float[] x, int at) {
        int p = from;
        int last = inputs.length - 1;
        for (int column = 0; column <= last; column++) {
            int input = inputs[column];
            int start = p;
            if (input >= 0) {
                float value = decimal(p);
                p = end;
                // A suffix, a blank, too many digits: the whole field, the common way.
                if (value != value || p < to && !stops[text[p] & 0xff]) {
                    p = skip(start);
                    value = FloatParser.parse(text, start, p);
                }
                if (!(Math.abs(value) <= Float.MAX_VALUE)) {
                    return -1;
                }
                x[at + input] = value;
            } else {
                p = skip(p);
            }
            int id = ids[column];
            if (id >= 0) {
                idBounds[2 * id] = start;
                idBounds[2 * id + 1] = p;
            }
            if (column < last) {
                if (p == to || text[p] != separator) {
                    return -1;
                }
                p++;
            }
        }
        return lineEnd(p);
    }

    private int skip(int from) {
        int p = from;
        while (p < to && !stops[text[p] & 0xff]) {
            p++;
        }
        return p;
    }

    private int lineEnd(int p) {
        if (p == to) {
            return p;
        }
        if (text[p] == '\n') {
            return p + 1;
        }
        return text[p] == '\r' && p + 1 < to && text[p + 1] == '\n' ? p + 2 : -1;
    }

    // Digits, a point, digits, an exponent; NaN if that is not what starts here.
    private float decimal(int from) {
        if (from + LONGEST > to) {
            return Float.NaN;
        }
        int p = from;
        int negative = text[p] == '-' ? 1 : 0;
        p += negative;
        long eight = eight(p);
        int count = digits(eight);
        if (count == 0 || count == 8) {
            return Float.NaN;
        }
        long digits = value(eight, count);
        p += count;
        int power = 0;
        if (text[p] == '.') {
            eight = eight(++p);
            int more = digits(eight);
            while (more == 8) {
                digits = 100_000_000 * digits + value(eight, 8);
                p += 8;
                power -= 8;
                if (power == -24) {
                    return Float.NaN;
                }
                eight = eight(p);
                more = digits(eight);
            }
            digits = TENS[more] * digits + value(eight, more);
            p += more;
            power -= more;
            // A single zero in front adds no digit.
            if (count - power > MOST_DIGITS + (text[from + negative] == '0' ? 1 : 0)) {
                return Float.NaN;
            }
        }
        end = p;
        if ((text[p] | 0x20) == 'e') {
            power += exponent(p + 1);
        }
        float value = FloatParser.nearest(digits, power);
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ negative << 31);
    }

    // A sign or none and one to three digits; else nothing is read, and what follows is no separator.
    private int exponent(int from) {
        int p = from;
        boolean negative = text[p] == '-';
        if (negative || text[p] == '+') {
            p++;
        }
        long eight = eight(p);
        int count = digits(eight);
        if (count < 1 || count > 3) {
            return 0;
        }
        end = p + count;
        int value = (int) value(eight, count);
        return negative ? -value : value;
    }

    private long eight(int at) {
        return (long) EIGHTS.get(text, at) ^ ZEROS;
    }

    // How many of eight bytes, from the lowest on, are below ten.
    private static int digits(long eight) {
        return Long.numberOfTrailingZeros((eight + TEN_UP | eight) & HIGH_BITS) >>> 3;
    }

    // The number that the lowest of eight bytes are the digits of: ones to pairs, pairs to fours, fours to eight.
    private static long value(long eight, int count) {
        long all = eight << 8 * (7 - count) << 8;
        if (count == 8) {
            all = eight;
        }
        long pairs = all * 10 + (all >>> 8);
        return (pairs & PAIRS) * (100 + (1_000_000L << 32)) + (pairs >>> 16 & PAIRS) * (1 + (10_000L << 32)) >>> 32;
    }

    /** Appends the fields passed through of the record read last, each with a comma behind it. */
    void copyIds(TextBuffer into) {
        for (int i = 0; i < idBounds.length; i += 2) {
            CsvRecord.copy(text, idBounds[i], idBounds[i + 1], into);
            into.append(',');
        }
    }
}
