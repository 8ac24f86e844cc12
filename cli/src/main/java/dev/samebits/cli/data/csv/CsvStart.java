package dev.samebits.cli.data.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.Input;
import dev.samebits.cli.file.OtherFormats;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the first records of a CSV file, one after the other, and keeps what it read. Not thread-safe. */
final class CsvStart {
    private static final int BUFFER = 1 << 16;
    // Of a record, in bytes.
    private static final int LONGEST = 1 << 26;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Input input;
    private byte[] bytes = new byte[BUFFER];
    private int to;
    private boolean ended;
    // The record that was found last, and where the next one may start.
    private int start;
    private int end;
    private int next;

    CsvStart(Input input) {
        this.input = input;
    }

    /** Finds the next record that holds anything; false at the file's end. */
    boolean next(char separator) {
        CsvCutter cutter = new CsvCutter(separator);
        int found = cutter.next(bytes, searchFrom(), to, ended);
        while (found < 0) {
            if (to == bytes.length) {
                bytes = larger(bytes, input.name());
            }
            int read = input.read(bytes, to);
            ended = read < 0;
            to += Math.max(read, 0);
            found = cutter.next(bytes, searchFrom(), to, ended);
            OtherFormats.refuseBinary(input.name(), bytes, to, found < 0 ? to : found);
        }
        take(cutter, found);
        return cutter.found();
    }

    /** Finds the next record if it has been read with others; false also if it has not. */
    boolean nextOfThese(char separator) {
        CsvCutter cutter = new CsvCutter(separator);
        int found = cutter.next(bytes, searchFrom(), to, ended);
        if (found >= 0) {
            take(cutter, found);
        }
        return found >= 0 && cutter.found();
    }

    private void take(CsvCutter cutter, int found) {
        start = cutter.start();
        end = cutter.end();
        next = found;
    }

    // Excel starts UTF-8 files with a byte order mark.
    private int searchFrom() {
        int mark = BYTE_ORDER_MARK.length;
        return next == 0 && to >= mark && Arrays.equals(bytes, 0, mark, BYTE_ORDER_MARK, 0, mark) ? mark : next;
    }

    /** The record as it is. */
    String text() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** What has been read, as far as a first look goes. */
    String allText() {
        return new String(bytes, 0, Math.min(to, BUFFER), StandardCharsets.UTF_8);
    }

    /** Where the record starts. */
    int from() {
        return start;
    }

    /** Where the one behind it does. */
    int behind() {
        return next;
    }

    /** The record's line in the file, from 1. */
    long line() {
        return linesBefore(start) + 1;
    }

    long linesBefore(int place) {
        return CsvCutter.lines(bytes, 0, place);
    }

    /** What has been read from a place on. */
    byte[] rest(int from) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** The record's fields. */
    String[] fields(char separator) {
        String[] fields = fieldsOrNull(separator);
        if (fields == null) {
            CsvCutter cutter = new CsvCutter(separator);
            cutter.next(bytes, start, end, true);
            throw new Problem("this is no CSV (" + cutter.fault() + ")", input.name() + ", row " + line(),
                    "mend the quotes, or give --separator");
        }
        return fields;
    }

    /** The record's fields, or null if it is no CSV. */
    String[] fieldsOrNull(char separator) {
        try {
            return reader(separator).ofSingleCsvRecord(StringArrayHandler.of(handler -> handler.maxFields(LONGEST)
                    .maxFieldSize(LONGEST).maxRecordSize(LONGEST)), text());
        } catch (CsvParseException e) {
            return null;
        }
    }

    /** How records are read. */
    static CsvReaderBuilder reader(char separator) {
        return CsvReader.builder().fieldSeparator(separator).maxBufferSize(2 * LONGEST).allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    }

    /** A copy of a buffer that one record does not fit into, with more room. */
    static byte[] larger(byte[] buffer, String name) {
        int most = (int) Math.min(LONGEST, Runtime.getRuntime().maxMemory() / 16);
        if (buffer.length >= most) {
            boolean quoted = new String(buffer, StandardCharsets.ISO_8859_1).indexOf('"') >= 0;
            throw new Problem("no end of a row within " + (buffer.length >> 10) + " KiB", name,
                    quoted ? "look for a quote that is not closed"
                            : most < LONGEST ? "allow longer rows with SAMEBITS_JAVA_OPTS=-Xmx2g"
                            : "give a file with line ends");
        }
        return Arrays.copyOf(buffer, Math.min(most, 2 * buffer.length));
    }
}
