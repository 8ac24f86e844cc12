package dev.samebits.cli.data.csv;

import dev.samebits.table.Cell;

/**
 * Columns of inputs, and behind them columns of numbers. As thread-safe as the inputs are.
 *
 * @param inputs what makes numbers of the first columns
 * @param columns how many these are
 * @param targets how many columns of numbers follow
 * @param option which chose these
 */
public record TargetCells(Cells inputs, int columns, int targets, String option) implements Cells {
    @Override
    public int width() {
        return inputs.width() + targets;
    }

    private NumberCells numbers() {
        return new NumberCells(targets);
    }

    @Override
    public Cell read(int input, char[] text, int from, int length, float[] row, int at) {
        return input < columns ? inputs.read(input, text, from, length, row, at)
                : numbers().read(input - columns, text, from, length, row, at + inputs.width());
    }

    @Override
    public String fault(CsvTable table, int column, int input, String field) {
        return input < columns ? inputs.fault(table, column, input, field) : numbers().fault(table, column, input, field);
    }

    @Override
    public String mend(CsvTable table, int input, int line, String field) {
        return input < columns ? inputs.mend(table, input, line, field) : table.mendField(line, field, option);
    }
}
