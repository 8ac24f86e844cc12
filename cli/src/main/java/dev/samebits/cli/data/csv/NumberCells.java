package dev.samebits.cli.data.csv;

import dev.samebits.cli.text.Decimal;
import dev.samebits.table.Cell;

/** Columns of numbers: a float each. Thread-safe. */
public record NumberCells(int width) implements Cells {
    @Override
    public Cell read(int input, char[] text, int from, int length, float[] row, int at) {
        float value = Decimal.parse(text, from, length);
        row[at + input] = value;
        return Math.abs(value) <= Float.MAX_VALUE ? Cell.VALUE : Cell.BAD;
    }

    @Override
    public String fault(CsvTable table, int column, int input, String field) {
        return table.fieldFault(column, field, Decimal.parse(field.toCharArray(), 0, field.length()));
    }

    @Override
    public String mend(CsvTable table, int input, int line, String field) {
        return table.mendField(line, field);
    }
}
