package dev.samebits.cli.samples;

import dev.samebits.cli.samples.ColumnChoice.Kind;
import dev.samebits.table.CategoryColumn;
import dev.samebits.table.ColumnStatistics;
import dev.samebits.table.Filling;
import dev.samebits.table.NumberColumn;
import dev.samebits.table.Preparation;
import dev.samebits.table.Scaling;
import dev.samebits.table.TableColumn;
import dev.samebits.table.TruthColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of raw columns, prepared as they are read, when it is known which rows are those to learn from: only these say how.
 * Not thread-safe.
 */
public final class TableData implements TrainingData {
    /** Categories of a column that get an input of their own. */
    static final int MOST_CATEGORIES = 100;

    private final CsvData raw;
    private final RawCells cells;
    private final List<String> names;
    private final List<Kind> kinds;
    private final TableOptions options;
    private final float[] record;
    private Preparation preparation;
    // Of each column of the preparation its place among the raw ones.
    private int[] places = {};
    // Of each column of categories the place of a text's category, by the text's number; −1 for those without one.
    private int[][] indices = {};

    TableData(CsvData raw, RawCells cells, List<String> names, List<Kind> kinds, TableOptions options) {
        this.raw = raw;
        this.cells = cells;
        this.names = names;
        this.kinds = kinds;
        this.options = options;
        this.record = new float[cells.width()];
    }

    @Override
    public TrainingData anew() {
        return new TableData(raw, cells, names, kinds, options);
    }

    /**
     * Takes means, categories and what else is needed of some rows, in the order of their numbers.
     *
     * @param rows their numbers, or null for all
     */
    void fit(int[] rows) {
        int[] chosen = rows == null ? new int[size()] : rows.clone();
        if (rows == null) {
            Arrays.setAll(chosen, n -> n);
        }
        Arrays.sort(chosen);
        List<TableColumn> columns = new ArrayList<>();
        places = new int[kinds.size()];
        indices = new int[kinds.size()][];
        for (int c = 0; c < kinds.size(); c++) {
            if (kinds.get(c) != Kind.LEFT_OUT) {
                places[columns.size()] = c;
                TableColumn column = column(c, chosen);
                indices[columns.size()] = indices(c, column);
                columns.add(column);
            }
        }
        preparation = new Preparation(columns);
    }

    private TableColumn column(int c, int[] rows) {
        if (kinds.get(c) == Kind.CATEGORY) {
            Map<String, Integer> counts = new HashMap<>();
            List<String> texts = cells.column(c).texts();
            for (int row : rows) {
                int id = id(row, c);
                if (id < texts.size()) {
                    counts.merge(texts.get(id), 1, Integer::sum);
                }
            }
            return CategoryColumn.of(names.get(c), counts, MOST_CATEGORIES);
        }
        float[] values = new float[rows.length];
        boolean any = false;
        for (int n = 0; n < rows.length; n++) {
            values[n] = kinds.get(c) == Kind.NUMBER ? raw.value(rows[n], c)
                    : truth(cells.column(c).texts().get(id(rows[n], c)));
            any |= !Float.isNaN(values[n]);
        }
        // The rows to learn from may have none, where others have.
        ColumnStatistics statistics = ColumnStatistics.of(any ? values : new float[1]);
        return kinds.get(c) == Kind.TRUTH ? TruthColumn.of(names.get(c), statistics, options.filling())
                : NumberColumn.of(names.get(c), statistics, any ? options.scaling() : Scaling.STANDARD,
                        any ? options.filling() : Filling.MEAN);
    }

    private static float truth(String text) {
        float[] value = new float[1];
        new TruthColumn("truth", Float.NaN, false).put(text, value, 0);
        return value[0];
    }

    private int[] indices(int c, TableColumn column) {
        List<String> texts = cells.column(c).texts();
        int[] places = new int[column instanceof CategoryColumn ? texts.size() + 1 : 0];
        Arrays.setAll(places, id -> id == texts.size() ? -1 : ((CategoryColumn) column).indexOf(texts.get(id)));
        return places;
    }

    private int id(int row, int column) {
        return (int) raw.value(row, kinds.size() + column);
    }

    /** What makes rows of the raw columns; null until it is known. */
    public Preparation preparation() {
        return preparation;
    }

    @Override
    public int size() {
        return raw.size();
    }

    @Override
    public int inputs() {
        return preparation == null ? kinds.size() : preparation.width();
    }

    @Override
    public int targets() {
        return raw.targets();
    }

    @Override
    public List<String> labels() {
        return raw.labels();
    }

    @Override
    public String reason() {
        return raw.reason();
    }

    @Override
    public ColumnNames columns() {
        return new ColumnNames(preparation == null ? names : preparation.rowNames(), raw.columns().outputs());
    }

    @Override
    public void readInputs(int index, float[] into, int offset) {
        raw.readInputs(index, record, 0);
        for (int c = 0; c < preparation.columns().size(); c++) {
            TableColumn column = preparation.columns().get(c);
            int at = offset + preparation.start(c);
            float id = record[kinds.size() + places[c]];
            if (column instanceof NumberColumn number) {
                number.put(record[places[c]], into, at);
            } else if (column instanceof CategoryColumn category) {
                // Texts without a number of their own are the last.
                category.put(indices[c][(int) Math.min(id, indices[c].length - 1)], into, at);
            } else {
                column.put(cells.column(places[c]).texts().get((int) id), into, at);
            }
        }
    }

    @Override
    public void readTargets(int index, float[] into, int offset) {
        raw.readTargets(index, into, offset);
    }

    @Override
    public int readClass(int index) {
        return raw.readClass(index);
    }

    @Override
    public boolean isWeighted() {
        return raw.isWeighted();
    }

    @Override
    public float weight(int index) {
        return raw.weight(index);
    }
}
