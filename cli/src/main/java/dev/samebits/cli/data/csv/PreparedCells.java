package dev.samebits.cli.data.csv;

import dev.samebits.cli.text.Decimal;
import dev.samebits.table.Cell;
import dev.samebits.table.NumberColumn;
import dev.samebits.table.Preparation;
import dev.samebits.table.TableColumn;

/** Raw columns of a table, as a model prepares them. Thread-safe. */
public record PreparedCells(Preparation preparation) implements Cells {
    @Override
    public int width() {
        return preparation.width();
    }

    @Override
    public Cell read(int input, char[] text, int from, int length, float[] row, int at) {
        TableColumn column = preparation.columns().get(input);
        int start = at + preparation.start(input);
        if (column instanceof NumberColumn number) {
            float value = Decimal.parse(text, from, length);
            if (!Float.isNaN(value)) {
                return number.put(value, row, start);
            }
        }
        return column.put(Cells.text(text, from, length), row, start);
    }

    @Override
    public String fault(CsvTable table, int column, int input, String field) {
        String text = field.strip();
        TableColumn of = preparation.columns().get(input);
        if (TableColumn.isMissing(text)) {
            return text.isEmpty() ? "an empty field, and the model has nothing to put in its place"
                    : Cells.shown(text) + " is a missing value, and the model has nothing to put in its place";
        }
        return of instanceof NumberColumn
                ? table.fieldFault(column, field, Decimal.parse(text.toCharArray(), 0, text.length()))
                : Cells.shown(text) + " is neither true nor false";
    }

    @Override
    public String mend(CsvTable table, int input, int line, String field) {
        return preparation.columns().get(input) instanceof NumberColumn ? table.mendField(line, field)
                : "write true or false, yes or no, or leave the field empty";
    }
}
