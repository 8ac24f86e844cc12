package dev.samebits.cli;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A CSV file read record by record: its names, its width, and its fields as floats. Every message names the line of the file
 * (from 1, the header included) and the column (from 1, and its name).
 */
final class CsvTable implements AutoCloseable {
    // A field longer than this is no number but a file without line ends or with a quote left open.
    private static final int MAX_FIELD = 1 << 20;

    private final Input input;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final String[] names;
    private final int columns;
    private CsvRecord pending;
    private long line = 1;

    CsvTable(Input input, CsvOptions options) {
        this.input = input;
        this.reader = CsvReader.builder()
                .fieldSeparator(options.separator())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(MAX_FIELD)
                .ofCsvRecord(new InputStreamReader(input.stream(), StandardCharsets.UTF_8));
        this.records = reader.iterator();
        CsvRecord first = fetch();
        if (first == null) {
            throw new Problem("the file has no rows", input.name(), "give a CSV or IDX file with data");
        }
        this.columns = first.getFieldCount();
        if (isHeader(first, options.header())) {
            names = first.getFields().stream().map(CsvTable::clean).toArray(String[]::new);
        } else {
            names = null;
            pending = first;
        }
    }

    // Excel starts UTF-8 files with a byte order mark.
    private static String clean(String field) {
        return (field.startsWith("\uFEFF") ? field.substring(1) : field).strip();
    }

    private static boolean isHeader(CsvRecord record, CsvOptions.Header header) {
        return switch (header) {
            case YES -> true;
            case NO -> false;
            case AUTO -> record.getFields().stream().map(CsvTable::clean).allMatch(f -> !f.isEmpty() && !isNumber(f));
        };
    }

    private static boolean isNumber(String field) {
        try {
            JavaFloatParser.parseFloat(field);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private CsvRecord fetch() {
        try {
            CsvRecord record = records.hasNext() ? records.next() : null;
            if (record != null) {
                line = record.getStartingLineNumber();
            }
            return record;
        } catch (CsvParseException | NoSuchElementException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof IOException io
                    && !String.valueOf(io.getMessage()).contains("buffer")) {
                throw Problem.reading(input.name() + ", after row " + line, io);
            }
            throw new Problem("this is no CSV (" + cause.getMessage() + ")", input.name() + ", after row " + line,
                    "look for a quote that is not closed, or give --separator");
        } catch (UncheckedIOException e) {
            throw Problem.reading(input.name() + ", after row " + line, e.getCause());
        }
    }

    String file() {
        return input.name();
    }

    int columns() {
        return columns;
    }

    /** The names in the header, or null without one. */
    String[] names() {
        return names;
    }

    /** Line of the record that was read last. */
    long line() {
        return line;
    }

    /** The next record, of the right width, or null at the end. */
    CsvRecord next() {
        CsvRecord record = pending == null ? fetch() : pending;
        pending = null;
        if (record != null && record.getFieldCount() != columns) {
            throw new Problem("found " + record.getFieldCount() + " columns where "
                    + (names == null ? "the first row has " : "the header has ") + columns, input.name() + ", row " + line,
                    "add or remove fields in that row");
        }
        return record;
    }

    /** A field as a finite float. */
    float number(CsvRecord record, int column) {
        String field = record.getField(column);
        float value;
        try {
            value = JavaFloatParser.parseFloat(line == 1 ? clean(field) : field);
        } catch (NumberFormatException e) {
            String shown = field.length() > 40 ? field.substring(0, 40) + "…" : field;
            throw new Problem(
                    field.isBlank() ? "an empty field where a number should be" : "'" + shown + "' is not a number",
                    place(column),
                    line == 1 ? "mend the field, or give --header yes if this row holds names"
                            : "mend the field, or choose other columns with --columns");
        }
        if (!Float.isFinite(value)) {
            throw new Problem("'" + field.strip() + "' is not a finite number", place(column), "mend the field");
        }
        return value;
    }

    /** File, line and column of a field of the record read last, for messages. */
    String place(int column) {
        return input.name() + ", row " + line + ", column " + (column + 1)
                + (names == null || column >= names.length ? "" : " (" + names[column] + ")");
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw Problem.reading(input.name(), e);
        }
    }
}
