package dev.samebits.cli.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.cli.Stderr;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.Block;
import dev.samebits.cli.data.Source;
import dev.samebits.cli.data.WorkSpace;
import dev.samebits.cli.file.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a CSV file's first lines say is read, told or refused; nothing is guessed. Lines are separated by | here. */
class CsvTableTest {
    /** What was read: the names or "none", the rows, and what stderr says. */
    private record Read(String names, String rows, String notes) {}

    // The columns are numbers from 1, all if there are none.
    private static Read read(String text, int[] columns, String... options) throws IOException {
        CsvOptions csv = new CsvOptions();
        new CommandLine(csv).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
        String[] read = new String[2];
        String notes = Stderr.of(() -> {
            byte[] bytes = (text.replace('|', '\n') + '\n').getBytes(StandardCharsets.UTF_8);
            try (CsvTable table = new CsvTable(Input.of("table.csv", new ByteArrayInputStream(bytes)), csv)) {
                int[] inputs = columns.length == 0 ? IntStream.range(0, table.columns()).toArray()
                        : Arrays.stream(columns).map(c -> c - 1).toArray();
                read[0] = table.names() == null ? "none" : String.join(",", table.names());
                read[1] = rows(new dev.samebits.cli.data.csv.CsvSource(table, inputs, new int[0], 100, false));
            }
        });
        return new Read(read[0], read[1], notes.strip());
    }

    private static String rows(Source source) {
        Block block = new Block();
        WorkSpace space = new WorkSpace();
        assertThat(source.take(block)).isTrue();
        source.parser().parse(block, space);
        if (block.bad != null) {
            throw source.problem(block, 0);
        }
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < block.rows * source.columns(); i++) {
            rows.append(space.x[i]).append((i + 1) % source.columns() == 0 ? "|" : " ");
        }
        return rows.toString();
    }

    private static Read read(String text, String... options) throws IOException {
        return read(text, new int[0], options);
    }

    private static void refused(String text, String[] options, String message) {
        assertThatThrownBy(() -> read(text, options)).isInstanceOf(Problem.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "a,b|1,2~a,b~1.0 2.0|", "1d,7d|1,2~1d,7d~1.0 2.0|", "1f,0x10|1,2~1f,0x10~1.0 2.0|",
        "5,2.5|1,2~none~5.0 2.5|1.0 2.0|",
        "'sep=,|a,b|1,2'~a,b~1.0 2.0|", "sep=;|a;b|1;2~a,b~1.0 2.0|", "\"sep=;\"|a;b|1;2~a,b~1.0 2.0|",
        "\uFEFFsep=;|5;2.5~none~5.0 2.5|", "sep=\t|a\tb|1\t2~a,b~1.0 2.0|", "sep=.|7.7~none~7.0 7.0|",
        "septic|1~septic~1.0|", "#a,b|1,2~#a,b~1.0 2.0|", "# x|1|2~# x~1.0|2.0|", "1e39d|5~1e39d~5.0|"
    })
    void namesAndRows(String text, String names, String rows) throws IOException {
        Read read = read(text.replace("'", ""));
        assertThat(read.names()).isEqualTo(names);
        assertThat(read.rows()).isEqualTo(rows);
        assertThat(read.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "0,1,2,3|5,6,7,8~the numbers 0 to 3 in turn may be names or data: table.csv, row 1: give --header yes if they are "
            + "names",
        "1,2,3|0.5,0.6,0.7~the numbers 1 to 3 in turn may be names or data: table.csv, row 1: give --header yes",
        "||0,1,2,label|5,6,7,0~the numbers 0 to 2 in turn may be names or data: table.csv, row 3",
        "sep=;|0;1;2|5;6;7~the numbers 0 to 2 in turn may be names or data: table.csv, row 2",
        ",0,1,2|0,5,6,7~the numbers 0 to 2 in turn may be names or data: table.csv, row 1",
        ",a,b|0,1,2~the header has an empty name (as pandas writes its index): table.csv, row 1, column 1: leave the "
            + "column out",
        "a,b,|1,2,~the header has an empty name (it ends in a separator): table.csv, row 1, column 3: leave the column out",
        "a,,b|1,2,3~the header has an empty name: table.csv, row 1, column 2: leave",
        "a,b|1,2,~found 3 columns where the header has 2, and a separator at the row's end: table.csv, row 2: take that "
            + "separator off",
        "5,2.5|1,2|3,4,~found 3 columns where the first row has 2, and a separator at the row's end: table.csv, row 3",
        "5,2,|3,4,~an empty field where a number should be, behind the last separator: table.csv, row 1, column 3: mend",
        "x,y|r1,1,2|r2,3,4~found 3 columns where the header has 2: table.csv, row 2: name each column in the header (R "
            + "leaves",
        "x,y|1,2|1,3,4~found 3 columns where the header has 2: table.csv, row 3: add or remove fields in that row",
        "# made by hand|a,b|1,2~found 1 columns behind a #, and 2 in row 2: table.csv, row 1: remove the line if it is a "
            + "comment", "# one|# two|a,b|1,2~found 1 columns behind a #, and 2 in row 3: table.csv, row 1: remove",
        "# 1,2,x|5,6~found 3 columns behind a #, and 2 in row 2: table.csv, row 1: remove",
        "a,b|1,2|# end~found 1 columns where the header has 2: table.csv, row 3: remove the line if it is a comment",
        "a,b|1,2|#3,4~'#3' is not a number: table.csv, row 3, column 1 (a): remove the line if it is a comment",
        "a;b|1;2~found 1 column, and ';' may separate others: table.csv, row 1: give --separator ';', or --separator ',' if",
        "1\t2|3\t4~found 1 column, and tab may separate others: table.csv, row 1: give --separator tab",
        "1 2.5|3 4~found 1 column, and ' ' may separate others: table.csv, row 1: give --separator ' '",
        "a,b|30d,1~'30d' is not a number: table.csv, row 2, column 1 (a): mend the field, or choose other columns",
        "a,b|0x10,1~'0x10' is not a number",
        "a,b|1,-Infinity~'-Infinity' is not a finite number: table.csv, row 2, column 2 (b)",
        "a,b|1,nan~'nan' is not a finite number", "a,b|1,-1e39~'-1e39' is beyond the range of floats",
        "NaN,inf|1,2~'NaN' is not a finite",
        "2019,2020,class|1,2,0~whole numbers beside text, with numbers below the text, may be names or data: table.csv, "
            + "row 1: give", "30,90,7,class|1,2.5,3,0~whole numbers beside text, with numbers below the text, may be names",
        "5.1,3.5,setosa|4.9,3,setosa~'setosa' is not a number: table.csv, row 1, column 3: mend the field, or choose other "
            + "columns",
        "5.1,x|4.9,3~'x' is not a number: table.csv, row 1, column 2: mend the field, or choose other columns",
        "5,x~'x' is not a number: table.csv, row 1, column 2: mend the field, or choose other columns"
    })
    void refusedWithTheRemedy(String text, String message) {
        refused(text, new String[0], message);
    }

    @Test
    void refusedForTheirOptions() {
        refused("sep=;|a;b|1;2", new String[] {"--separator", ","},
                "the file says that ';' separates its fields, and --separator is"
                + " ',': table.csv, row 1: leave out --separator");
        refused("1,5;2|3;4", new String[] {"--separator", ";"},
                "'1,5' is not a number: table.csv, row 1, column 1: write numbers without commas, with a decimal point");
        refused("1,5;-2,25|3;4", new String[] {"--separator", ";"},
                "'1,5' is not a number: table.csv, row 1, column 1: write");
        refused("\"1,234,567.5\",5|3,4", new String[0],
                "'1,234,567.5' is not a number: table.csv, row 1, column 1: write numbers");
        refused(",a|0,1", new String[] {"--header", "yes"}, "the header has an empty name");
        refused("a,b|1,2", new String[] {"--header", "no"},
                "'a' is not a number: table.csv, row 1, column 1: mend the field, or give"
                + " --header yes if this row holds names");
        refused("a,b||", new String[] {"--header", "no"},
                "'a' is not a number: table.csv, row 1, column 1: mend the field, or choose");
    }

    @Test
    void takenByOptions() throws IOException {
        assertThat(read("0,1,2|5,6,7", "--header", "yes")).isEqualTo(new Read("0,1,2", "5.0 6.0 7.0|", ""));
        assertThat(read("0,1,2|5,6,7", "--header", "no")).isEqualTo(new Read("none", "0.0 1.0 2.0|5.0 6.0 7.0|", ""));
        assertThat(read(",a,b|9,1,2", new int[] {2, 3})).isEqualTo(new Read(",a,b", "1.0 2.0|", ""));
        assertThat(read("a,b,|1,2,", new int[] {2, 1})).isEqualTo(new Read("a,b,", "2.0 1.0|", ""));
        assertThat(read("a;b|1|2", "--separator", ",")).isEqualTo(new Read("a;b", "1.0|2.0|", ""));
        assertThat(read("sep=;|a;b|1;2", "--separator", ";").names()).isEqualTo("a,b");
    }

    /** Numbers that may be names are told of, and taken for data. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "0,1|5,6~true", "0|5~true", "2019,2020,2021|5,6,7~true", "30,7,1|5,6,7~true", "30,90,7|0.5,0.6,0.7~true",
        "440,442|.5,.6~true",
        "x,7|y,0.5~true", "5,5|1,2~false", "0.0,1.0|5,6~false", "30,90,7|1,2,3~false", "7|8~false", "-1,0|5,6~false",
        "5,2.5|1,2~false"
    })
    void numbersThatMayBeNames(String text, boolean told) throws IOException {
        int[] columns = text.startsWith("x") ? new int[] {2} : new int[0];
        Read read = read(text, columns);
        assertThat(read.names()).isEqualTo("none");
        assertThat(read.rows().split("\\|")).hasSize(2);
        assertThat(read.notes())
                .matches(told ? "samebits: note: table.csv, row 1: its whole numbers are taken for data; give --header yes"
                + " if .*--header no if not" : "");
        assertThat(read(text, columns, "--header", "no").notes()).isEmpty();
    }

    /** What is kept of bad rows can be read again: with the line that names the separator. */
    @Test
    void linesBeforeTheRowsAreKept() throws IOException {
        CsvOptions auto = CommandLine.populateCommand(new CsvOptions(), "--header", "AUTO");
        for (String head : new String[] {"sep=;\na;b", "sep=;", "a,b", ""}) {
            byte[] text = (head + (head.isEmpty() ? "" : "\n") + (head.startsWith("sep") ? "5;2.5\n" : "5,2.5\n"))
                    .getBytes(StandardCharsets.UTF_8);
            try (CsvTable table = new CsvTable(Input.of("table.csv", new ByteArrayInputStream(text)), auto)) {
                assertThat(table.header()).isEqualTo(head.isEmpty() ? null : head);
                assertThat(table.linesBefore()).isEqualTo(head.lines().count());
            }
        }
    }
}
