package dev.samebits.cli.samples;

import dev.samebits.cli.console.Problem;
import dev.samebits.table.Filling;
import dev.samebits.table.Scaling;
import java.util.List;
import picocli.CommandLine.Option;

/** How the raw columns of a CSV file are prepared: the options {@code --categories} and {@code --missing}. */
public final class TableOptions {
    @Option(
            names = "--categories",
            paramLabel = "COLUMNS",
            split = ",",
            description = "CSV columns of categories that hold numbers: names, numbers from 1, ranges such as 5-7. Default: "
                    + "columns of text are categories, and columns of numbers are numbers.")
    private List<String> categories;

    @Option(
            names = "--missing",
            paramLabel = "NAME",
            description = "What stands for a missing number: mean, median, frequent (the most frequent value), or flag: the "
                    + "mean, and one more input that says where. Default: flag.")
    private String missing;

    private Scaling scaling = Scaling.STANDARD;

    void check() {
        filling();
    }

    /** How numbers are scaled: another option says it. */
    public void scaleBy(Scaling chosen) {
        scaling = chosen;
    }

    Scaling scaling() {
        return scaling;
    }

    Filling filling() {
        try {
            return missing == null ? Filling.FLAG : Filling.named(missing);
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--missing", "leave it out for flag");
        }
    }

    /** Those that were named, or none. */
    List<String> categories() {
        return categories == null ? List.of() : categories;
    }

    /** The option that was given, for a file that has no raw columns, or null. */
    String given() {
        return categories != null ? "--categories" : missing != null ? "--missing" : null;
    }
}
