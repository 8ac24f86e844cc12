package dev.samebits.cli.samples;

import dev.samebits.table.Preparation;
import java.util.List;

/**
 * What a model that is to learn on takes and gives, as its file says it: no rows, but what rows must have.
 *
 * @param file the model, for messages
 * @param width of a row
 * @param inputs the names of its columns, or none
 * @param targets how many values it gives; 0 where it gives classes
 * @param outputs their names, or none
 * @param labels the names of the classes, or none
 * @param classes how many there are
 * @param preparation what makes its rows of raw columns; null if it takes rows
 */
public record KnownColumns(String file, int width, List<String> inputs, int targets, List<String> outputs,
        List<String> labels, int classes, Preparation preparation) {
    /** How many columns of a table it takes. */
    int columns() {
        return preparation == null ? width : preparation.columns().size();
    }

    /** What the columns are called that are read, or nothing. */
    List<String> read() {
        return preparation == null ? inputs : preparation.names();
    }

    /** What the numbers of a row are called, or nothing. */
    List<String> rows() {
        return preparation == null ? inputs : preparation.rowNames();
    }
}
