package dev.samebits.onnx.table;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.table.Piece.Kind;
import dev.samebits.table.CategoryColumn;
import dev.samebits.table.NumberColumn;
import dev.samebits.table.Preparation;
import dev.samebits.table.TableColumn;
import dev.samebits.table.TruthColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes columns of the pieces of a row. */
final class Columns {
    private Columns() {}

    /**
     * The columns that make such a row.
     *
     * @param inputs what messages call the inputs
     * @param names what the columns are called
     * @throws Refusal if an input stands at two places, or what is made of it is no column
     */
    static Preparation of(List<Piece> row, List<String> inputs, List<String> names) throws Refusal {
        List<TableColumn> columns = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int p = 0; p < row.size(); p++) {
            Piece piece = row.get(p);
            String where = "input " + quote(inputs.get(piece.input()));
            if (!seen.add(piece.input())) {
                throw new Refusal(where, "its numbers stand at two places of the row, and columns are read that have one"
                        + " place each: export the model with the numbers of each column side by side");
            }
            Piece next = p + 1 < row.size() && row.get(p + 1).input() == piece.input() ? row.get(p + 1) : null;
            boolean flagged = next != null && (piece.kind() == Kind.NUMBER && next.kind() == Kind.FLAG
                    || piece.kind() == Kind.TRUTH && next.kind() == Kind.TRUTH_FLAG);
            try {
                columns.add(column(piece, names.get(piece.input()), flagged));
            } catch (IllegalArgumentException e) {
                throw new Refusal(where, e.getMessage(), e);
            }
            p += flagged ? 1 : 0;
        }
        try {
            return new Preparation(columns);
        } catch (IllegalArgumentException e) {
            throw new Refusal("graph", e.getMessage(), e);
        }
    }

    private static TableColumn column(Piece piece, String name, boolean flagged) {
        return switch (piece.kind()) {
            case NUMBER -> new NumberColumn(name, piece.fill(), flagged, piece.offset(), piece.factor());
            case TRUTH -> new TruthColumn(name, piece.fill(), flagged);
            // Blanks at the ends, as after the commas of some files, count nowhere.
            case HOT -> new CategoryColumn(name, piece.categories().stream().map(String::strip).toList(), piece.other());
            default -> throw new IllegalArgumentException("its text or its missing values alone reach the network: export"
                    + " the model with the categories one-hot, and with the numbers beside what says where they miss");
        };
    }
}
