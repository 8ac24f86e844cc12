package dev.samebits.cli.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.SplitMix64;
import dev.samebits.cli.data.Block;
import dev.samebits.cli.data.Parser;
import dev.samebits.cli.data.Source;
import dev.samebits.cli.data.WorkSpace;
import dev.samebits.cli.file.Input;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** However a file is cut into blocks, its rows, bad rows and their lines are those of the file as a whole. */
class CsvSourceTest {
    private static final String[] FIELDS = {
        "1", "-2.5", "0.125", "1e3", "3.14159274", "123456789", "\"4\"", "\"-0.5\"", " 7", "8 ", "0.000000001234567",
        "x", "", "\"a\nb\"", "\"c\"\"d\"", "1.5.5", "nan", "\"2\"x"
    };
    private static final int GOOD_FIELDS = 11;
    private static final List<String> GOOD = List.of(FIELDS).subList(0, GOOD_FIELDS);

    /** Gives its bytes in portions, sometimes saying that there are no more for now. */
    private static final class Portions extends FilterInputStream {
        private final SplitMix64 random;

        Portions(byte[] bytes, SplitMix64 random) {
            super(new ByteArrayInputStream(bytes));
            this.random = random;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(length, 1 + random.nextInt(200)));
        }

        @Override
        public int available() throws IOException {
            return random.nextInt(3) == 0 ? 0 : super.available();
        }
    }

    // The good rows, then the bad ones as they were, their number, and where the first of them is.
    private static List<String> read(InputStream stream, int batch) throws IOException {
        CsvOptions options = CommandLine.populateCommand(new CsvOptions(), "--header", "NO");
        CsvTable table = new CsvTable(Input.of("t.csv", stream), options);
        List<String> rows = new ArrayList<>();
        int bad = 0;
        String first = "none";
        StringBuilder rejected = new StringBuilder();
        long lines = 0;
        try (Source source = new CsvSource(table, new int[] {2, 0, 1}, new int[] {1}, batch, true)) {
            Block block = new Block();
            WorkSpace space = new WorkSpace();
            Parser parser = source.parser();
            for (block.number = 0; source.take(block); block.number++) {
                parser.parse(block, space);
                assertThat(block.rows).isLessThanOrEqualTo(batch);
                for (int n = 0; n < block.rows; n++) {
                    int from = n == 0 ? 0 : block.idEnds[n - 1];
                    rows.add(space.x[3 * n + 1] + " " + space.x[3 * n + 2] + " " + space.x[3 * n] + " "
                            + new String(block.ids.bytes(), from, block.idEnds[n] - from, StandardCharsets.UTF_8));
                }
                if (bad == 0 && block.bad != null) {
                    first = source.problem(block, lines).getMessage().replaceAll(".*(row \\d+).*", "$1");
                }
                bad += block.badRecords.cardinality();
                parser.keepBad(block);
                rejected.append(new String(block.rejected.bytes(), 0, block.rejected.length(), StandardCharsets.UTF_8));
                lines += block.lines;
                block.clear();
            }
        }
        rows.add(rejected.toString());
        rows.add(bad + " bad");
        rows.add(first);
        return rows;
    }

    @Test
    void anyCutGivesTheSameRows() throws IOException {
        SplitMix64 random = new SplitMix64(17);
        for (int file = 0; file < 500; file++) {
            String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
            int kinds = random.nextInt(2) == 0 ? FIELDS.length : GOOD_FIELDS;
            int rows = 1 + random.nextInt(60);
            StringBuilder text = new StringBuilder();
            List<String> expected = new ArrayList<>();
            int line = 1;
            int bad = 0;
            String first = "none";
            StringBuilder rejected = new StringBuilder();
            for (int n = 0; n < rows; n++) {
                String[] fields = new String[3];
                for (int c = 0; c < 3; c++) {
                    fields[c] = FIELDS[n == 0 ? c : random.nextInt(kinds)];
                }
                boolean isGood = List.of(fields).stream().allMatch(GOOD::contains);
                if (isGood) {
                    expected.add(number(fields[0]) + " " + number(fields[1]) + " " + number(fields[2]) + " " + fields[1]
                            + ",");
                } else if (bad++ == 0) {
                    first = "row " + line;
                }
                String row = String.join(",", fields);
                rejected.append(isGood ? "" : row + "\n");
                text.append(row).append(n < rows - 1 || random.nextInt(2) == 0 ? end : "");
                line += 1 + (int) row.chars().filter(c -> c == '\n').count();
                if (random.nextInt(10) == 0) {
                    text.append(end);
                    line++;
                }
            }
            expected.add(rejected.toString());
            expected.add(bad + " bad");
            expected.add(first);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(read(new Portions(bytes, random), 1 + random.nextInt(40))).as("file %d: %s", file, text)
                    .isEqualTo(expected);
        }
    }

    private static float number(String field) {
        return Float.parseFloat(field.replace("\"", ""));
    }
}
