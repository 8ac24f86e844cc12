package dev.samebits.cli;

import picocli.CommandLine.Option;

/** How a CSV file is read: the options {@code --header} and {@code --separator}. */
final class CsvOptions {
    /** Whether the first row holds names. */
    enum Header {
        AUTO,
        YES,
        NO
    }

    @Option(
            names = "--header",
            paramLabel = "auto|yes|no",
            defaultValue = "auto",
            description = "Whether the CSV's first row holds column names. auto: it does if no field of it is a number.")
    private Header header;

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            defaultValue = ",",
            description = "What separates the CSV's fields; 'tab' for a tab. Default: a comma.")
    private String separator;

    Header header() {
        return header;
    }

    char separator() {
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
