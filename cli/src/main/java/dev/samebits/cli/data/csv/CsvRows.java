package dev.samebits.cli.data.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.RecordType;
import dev.samebits.cli.data.Block;
import dev.samebits.cli.data.Block.BadRow;
import dev.samebits.cli.data.Parser;
import dev.samebits.cli.data.WorkSpace;
import dev.samebits.cli.text.TextBuffer;
import dev.samebits.table.Cell;
import java.util.Arrays;

/** Turns the records of blocks of CSV text into rows of floats, field by field as FastCSV finds them. Not thread-safe. */
final class CsvRows extends AbstractBaseCsvCallbackHandler<Boolean> implements Parser {
    private static final String MEND_COMMENT = "remove the line if it is a comment";

    private final CsvTable table;
    private final boolean skip;
    private final Cells cells;
    private final int width;
    // For each column: its place among the inputs and among the fields passed through, or −1.
    private final int[] inputs;
    private final int[] ids;
    private final TextBuffer[] idTexts;
    private final CsvCutter cutter;

    private Block block;
    private WorkSpace space;
    // Lines of the block before the text that is being read.
    private int linesBefore;
    private int badColumn;
    private String badField;
    // Of the row being read: the first category that is not known.
    private int unknownColumn;
    private String unknownField;
    private boolean comment;
    private boolean endsEmpty;

    /**
     * For one table.
     *
     * @param cells what makes numbers of the fields of the inputs
     * @param inputs columns that are read
     * @param ids columns that are passed through
     * @param skip whether bad rows are kept for a file, rather than reading ends at the first
     */
    CsvRows(CsvTable table, Cells cells, int[] inputs, int[] ids, boolean skip) {
        this.table = table;
        this.skip = skip;
        this.cells = cells;
        this.width = cells.width();
        this.inputs = places(table.columns(), inputs);
        this.ids = places(table.columns(), ids);
        this.idTexts = new TextBuffer[ids.length];
        Arrays.setAll(idTexts, i -> new TextBuffer());
        this.cutter = new CsvCutter(table.separator());
    }

    private static int[] places(int columns, int[] chosen) {
        int[] places = new int[columns];
        Arrays.fill(places, -1);
        for (int i = 0; i < chosen.length; i++) {
            places[chosen[i]] = i;
        }
        return places;
    }

    @Override
    public void parse(Block from, WorkSpace into) {
        block = from;
        space = into;
        linesBefore = 0;
        int next = 0;
        while (next < block.to) {
            next = read(next);
        }
    }

    // Gives the place from where to go on.
    private int read(int from) {
        int first = record();
        try {
            // Reads to the end, or to a row at which to stop.
            table.reader().build(this, new ByteReader(block.raw, from, block.to)).iterator().hasNext();
            block.lines = line();
            return block.to;
        } catch (CsvParseException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            // No CSV: goes on behind that record.
            int next = from;
            for (int n = first; n <= record(); n++) {
                next = cutter.next(block.raw, next, block.to, true);
            }
            reject(-1, "this is no CSV (" + cutter.fault() + ")", "mend the quotes, or give --separator");
            linesBefore += CsvCutter.lines(block.raw, from, next);
            return skip ? next : block.to;
        }
    }

    // Of the block, from 0; behind its end, how many lines it has.
    private int line() {
        return linesBefore + (int) getStartingLineNumber() - 1;
    }

    // Of the block, from 0.
    private int record() {
        return block.rows + block.badRecords.cardinality();
    }

    @Override
    protected void handleBegin(long line) {
        badField = null;
        unknownField = null;
        space.ensureInputs(block.rows + 1, width);
    }

    @Override
    protected void handleField(int column, char[] text, int from, int length, boolean quoted) {
        endsEmpty = length == 0;
        if (column == 0) {
            comment = length > 0 && text[from] == CsvTable.COMMENT;
        }
        if (column >= inputs.length) {
            return;
        }
        if (inputs[column] >= 0) {
            Cell cell = cells.read(inputs[column], text, from, length, space.x, block.rows * width);
            if (cell == Cell.BAD && badField == null) {
                badColumn = column;
                badField = Cells.text(text, from, length);
            } else if (cell == Cell.UNKNOWN && unknownField == null) {
                unknownColumn = column;
                unknownField = Cells.text(text, from, length);
            }
        }
        if (ids[column] >= 0) {
            TextBuffer id = idTexts[ids[column]];
            id.clear();
            id.appendField(text, from, length, quoted);
        }
    }

    // Something only at a row at which to stop.
    @Override
    protected Boolean buildRecord() {
        if (getRecordType() == RecordType.EMPTY) {
            return null;
        }
        if (getFieldCount() == inputs.length && badField == null) {
            accept();
            return null;
        }
        int line = block.number == 0 ? line() : -1;
        if (getFieldCount() != inputs.length) {
            String[] fault = table.widthFault(getFieldCount(), endsEmpty, line == 0);
            reject(-1, fault[0], comment ? MEND_COMMENT : fault[1]);
        } else {
            reject(badColumn, cells.fault(table, badColumn, inputs[badColumn], badField),
                    comment ? MEND_COMMENT : cells.mend(table, inputs[badColumn], line, badField));
        }
        return skip ? null : Boolean.TRUE;
    }

    private void accept() {
        if (idTexts.length > 0) {
            for (TextBuffer id : idTexts) {
                block.ids.append(id.bytes(), 0, id.length());
                block.ids.append(',');
            }
            block.endIds(block.rows);
        }
        if (unknownField != null) {
            block.addUnknown(line(), unknownColumn, unknownField);
        }
        block.rows++;
    }

    private void reject(int column, String what, String mend) {
        block.reject(new BadRow(record(), line(), column, what, mend));
    }

    @Override
    public void reject(Block of, int row, String what, String mend) {
        int record = of.recordOf(row);
        int next = 0;
        for (int n = 0; n <= record; n++) {
            next = cutter.next(of.raw, next, of.to, true);
        }
        of.reject(new BadRow(record, CsvCutter.lines(of.raw, 0, cutter.start()), -1, what, mend));
    }

    @Override
    public void keepBad(Block of) {
        int next = 0;
        for (int n = 0; n < of.badRecords.length(); n++) {
            next = cutter.next(of.raw, next, of.to, true);
            if (of.badRecords.get(n)) {
                of.rejected.append(of.raw, cutter.start(), cutter.end() - cutter.start());
                of.rejected.append('\n');
            }
        }
    }
}
