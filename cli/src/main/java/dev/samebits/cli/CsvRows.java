package dev.samebits.cli;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.samebits.Matrix;
import java.util.Arrays;

/** Chosen columns of a CSV file as rows. */
final class CsvRows implements Rows {
    private final CsvTable table;
    private final int[] columns;

    CsvRows(CsvTable table, int[] columns) {
        this.table = table;
        this.columns = columns.clone();
    }

    @Override
    public int columns() {
        return columns.length;
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public int read(Matrix into) {
        for (int n = 0; n < into.rows(); n++) {
            CsvRecord record = table.next();
            if (record == null) {
                return n;
            }
            int offset = into.rowOffset(n);
            for (int j = 0; j < columns.length; j++) {
                into.data()[offset + j] = table.number(record, columns[j]);
            }
        }
        return into.rows();
    }

    @Override
    public String place(long number) {
        return table.file() + ", row " + table.line();
    }

    @Override
    public String[] names() {
        return table.names() == null
                ? null
                : Arrays.stream(columns).mapToObj(c -> table.names()[c]).toArray(String[]::new);
    }

    @Override
    public void close() {
        table.close();
    }
}
