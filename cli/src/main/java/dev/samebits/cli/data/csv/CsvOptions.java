package dev.samebits.cli.data.csv;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.Input;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How a CSV file is read: the options {@code --header} and {@code --separator}. */
public final class CsvOptions {
    /** Whether the first row holds names. */
    enum Header {
        AUTO,
        YES,
        NO
    }

    @Option(
            names = "--header",
            paramLabel = "auto|yes|no",
            description = "Whether the CSV's first row holds column names. auto (default): it does if no field of it is a "
                    + "number.")
    private Header header;

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            description = "What separates the CSV's fields; 'tab' for a tab. Default: what a first line such as sep=; says, "
                    + "else a comma.")
    private String separator;

    /** Options as they are when nothing is given. */
    public CsvOptions() {}

    /**
     * Options with these values.
     *
     * @param header what the option would be, or null
     * @param separator what the option would be, or null
     * @throws IllegalArgumentException if the header is none of the option's values
     */
    public CsvOptions(String header, String separator) {
        this.header = header == null ? null : Header.valueOf(header.toUpperCase(Locale.ROOT));
        this.separator = separator;
    }

    /** The value of the option {@code --header}, or null. */
    public String givenHeader() {
        return header == null ? null : header.name().toLowerCase(Locale.ROOT);
    }

    /** The value of the option {@code --separator}, or null. */
    public String givenSeparator() {
        return separator;
    }

    Header header() {
        return header == null ? Header.AUTO : header;
    }

    /** Refuses these options for a file that is no CSV. */
    public void refuse(String file, Input.Format format) {
        String given = header != null ? "--header" : separator != null ? "--separator" : null;
        if (given != null) {
            throw new Problem(given + " is for CSV files, and this is " + format, file, "leave it out");
        }
    }

    boolean isSeparatorGiven() {
        return separator != null;
    }

    /** The separator of a file that itself names one, in the place given. */
    char separator(char named, String place) {
        if (isSeparatorGiven() && separator() != named) {
            throw new Problem("the file says that '" + named + "' separates its fields, and --separator is '" + separator()
                    + "'", place, "leave out --separator");
        }
        return named;
    }

    char separator() {
        if (separator == null) {
            return ',';
        }
        if (separator.equals("tab") || separator.equals("\\t")) {
            return '\t';
        }
        if (!separator.matches("[ -~&&[^\"]]|\t")) {
            throw new Problem("a separator is one ASCII character, not '" + separator + "'", "--separator",
                    "give ',', ';' or 'tab'");
        }
        return separator.charAt(0);
    }
}
