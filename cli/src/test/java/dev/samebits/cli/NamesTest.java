package dev.samebits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Names;
import dev.samebits.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns, targets and classes keep their names from the table that trained a network to the file of predictions. */
class NamesTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeData() {
        // Small work: what it takes is to start, which one compiler does faster.
        cli = new Cli(folder, "-XX:TieredStopAtLevel=1");
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private Cli.Result good(String... arguments) throws Exception {
        Cli.Result result = cli.run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private Cli.Result bad(String... arguments) throws Exception {
        Cli.Result result = cli.run(arguments);
        assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
        assertThat(result.errLines()).as(result.err()).hasSize(1);
        return result;
    }

    private Names names() throws Exception {
        return Onnx.read(folder.resolve("m.onnx")).names();
    }

    // Rows whose class says which of the two columns is larger.
    private static String table(String header, String less, String more, int rows) {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder(header);
        for (int n = 0; n < rows; n++) {
            float a = random.nextFloat();
            float b = random.nextFloat();
            text.append(a).append(',').append(b).append(',').append(a < b ? less : more).append('\n');
        }
        return text.toString();
    }

    @Test
    void columnsAreFoundByNameInAnyOrderWithOthersBetween() throws Exception {
        write("train.csv", table("short,\"long, cm\",kind\n", "l", "m", 60));
        good("train", "--data", "train.csv", "--model", "m.onnx", "--epochs", "30");
        assertThat(names()).isEqualTo(new Names(List.of("short", "long, cm"), List.of(), List.of("l", "m")));
        write("turned.csv", "x,\"long, cm\",kind,short,y\nq,0.9,7,0.1,z\nq,0.2,7,0.8,z\n");
        write("straight.csv", "short,\"long, cm\"\n0.1,0.9\n0.8,0.2\n");
        String straight = good("predict", "--model", "m.onnx", "--data", "straight.csv", "--as", "probabilities").out();
        assertThat(straight).startsWith("p_m\n");
        assertThat(good("predict", "--model", "m.onnx", "--data", "turned.csv", "--as", "probabilities").out())
                .isEqualTo(straight);
        assertThat(good("predict", "--model", "m.onnx", "--data", "turned.csv", "--id", "x,y").out()).isEqualTo(
                "x,y,class\nq,z,l\nq,z,m\n");
        assertThat(good("predict", "--model", "m.onnx", "--data", "turned.csv", "--columns", "4,2").out()).isEqualTo(
                "class\nl\nm\n");
        // Chosen columns with the model's names go by them, and others by their place, which is told.
        for (String columns : List.of("2,4", "4,2", "short,2", "2,short")) {
            Cli.Result chosen = good("predict", "--model", "m.onnx", "--data", "turned.csv", "--columns", columns);
            assertThat(chosen.out()).isEqualTo("class\nl\nm\n");
            assertThat(chosen.err()).doesNotContain("note");
        }
        assertThat(good("predict", "--model", "m.onnx", "--data", "turned.csv", "--columns", "kind,short").err()).contains(
                "samebits: note: turned.csv: the columns kind, short are taken for the model's short, long, cm\n");
        write("plain.csv", "0.1,0.9\n0.8,0.2\n");
        Cli.Result byPosition = good("predict", "--model", "m.onnx", "--data", "plain.csv");
        assertThat(byPosition.out()).isEqualTo("l\nm\n");
        assertThat(byPosition.errLines().get(0))
                .isEqualTo("samebits: note: plain.csv: it has no names of columns, so they are taken"
                + " in the order of the model's: short, long, cm");
        assertThat(good("inspect", "m.onnx").out()).contains("columns     short, long, cm\n", "classes     l, m\n");
    }

    @Test
    void validationColumnsAreFoundByNameAndItsClassesKnown() throws Exception {
        write("train.csv", table("a,b,y\n", "no", "yes", 80));
        write("other.csv", "y,b,a\nyes,0.1,0.9\nno,0.8,0.3\n");
        String out = good("train", "--data", "train.csv", "--model", "m.onnx", "--epochs", "40", "--validation",
                "other.csv").out();
        assertThat(out).contains("80 rows and 2 for validation").contains("validation error 0.00 %");
        write("unknown.csv", "a,b,y\n0.1,0.2,perhaps\n");
        assertThat(bad("train", "--data", "train.csv", "--model", "m.onnx", "--validation", "unknown.csv").err()).contains(
                "'perhaps' is no class of train.csv: unknown.csv, row 2, column 3 (y)");
        write("missing.csv", "a,c,y\n0.1,0.2,no\n");
        assertThat(bad("train", "--data", "train.csv", "--model", "m.onnx", "--validation", "missing.csv").err()).contains(
                "a column of the training data is missing: b: missing.csv, row 1");
    }

    @Test
    void classesAreAnyTextOrWholeNumbers() throws Exception {
        for (String[] pair : new String[][] {{"-1", "1"}, {"False", "True"}, {"10", "2.0"}, {"007", "7"}, {"1", "2"},
                {"\"a, \"\"b\"\"\"", "c d"}, {" x ", "y\u00e4"}}) {
            write("train.csv", table("a,b,y\n", pair[0], pair[1], 80));
            good("train", "--data", "train.csv", "--model", "m.onnx", "--epochs", "60");
            List<String> expected = switch (pair[0]) {
                case "10" -> List.of("2", "10");
                case "\"a, \"\"b\"\"\"" -> List.of("a, \"b\"", "c d");
                case " x " -> List.of("x", "y\u00e4");
                default -> List.of(pair);
            };
            assertThat(names().labels()).isEqualTo(expected);
            write("new.csv", "a,b\n0.1,0.9\n0.9,0.1\n");
            String[] lines = good("predict", "--model", "m.onnx", "--data", "new.csv").out().split("\n");
            assertThat(lines[1]).isEqualTo(pair[0].strip());
            assertThat(lines[2]).isEqualTo(pair[1].replace(".0", ""));
        }
    }

    @Test
    void oneLogisticOutputHasTheNameOfItsClass() throws Exception {
        write("train.csv", table("a,b,y\n", "no", "yes", 80));
        good("train", "--data", "train.csv", "--model", "m.onnx", "--epochs", "60", "--output", "logistic");
        write("new.csv", "b,a\n0.9,0.1\n0.1,0.9\n");
        assertThat(good("predict", "--model", "m.onnx", "--data", "new.csv").out()).isEqualTo("class\nno\nyes\n");
        assertThat(good("predict", "--model", "m.onnx", "--data", "new.csv", "--as", "probabilities").out())
                .startsWith("p_yes\n");
    }

    @Test
    void targetsGiveTheOutputsTheirNames() throws Exception {
        write("train.csv", "a,t1,\"t,2\"\n0.1,0,1\n0.9,1,0\n0.2,0,0\n");
        good("train", "--data", "train.csv", "--model", "m.onnx", "--targets", "2-3");
        write("new.csv", "z,a\n1,0.5\n");
        assertThat(good("predict", "--model", "m.onnx", "--data", "new.csv").out()).startsWith("t1,\"t,2\"\n");
        good("train", "--data", "train.csv", "--model", "m.onnx", "--targets", "2-3", "--output", "logistic");
        // Several outputs that say yes or no each are no single class.
        assertThat(good("predict", "--model", "m.onnx", "--data", "new.csv").out()).startsWith("p_t1,\"p_t,2\"\n0.");
    }

    @Test
    void whatIsNoClassIsRefused() throws Exception {
        StringBuilder prices = new StringBuilder("rooms,price\n");
        StringBuilder text = new StringBuilder("rooms,street\n");
        StringBuilder years = new StringBuilder("rooms,year\n");
        for (int n = 0; n < 300; n++) {
            prices.append(n % 7).append(',').append(100_000 + 37 * n * n).append('\n');
            text.append(n % 7).append(',').append("street ").append(n).append('\n');
            years.append(n % 7).append(',').append(1990 + n % 30).append('\n');
        }
        write("prices.csv", prices.toString());
        assertThat(good("train", "--data", "prices.csv", "--model", "m.onnx", "--epochs", "1").out()).contains(
                "price holds 300 different whole numbers in 300 rows, so it is learned as a quantity (--classes 300 makes "
                    + "each a class)", "→ 1 identity");
        assertThat(names().outputs()).containsExactly("price");
        assertThat(bad("train", "--data", "prices.csv", "--model", "m2.onnx", "--output", "softmax").err()).contains(
                "found 300 different labels in 300 rows: prices.csv, column 2 (price): give --targets price if they are a "
                    + "quantity, or --classes 300");
        assertThat(good("train", "--data", "prices.csv", "--model", "m.onnx", "--epochs", "1", "--classes", "300").out())
                .contains("→ 300 identity");
        write("text.csv", text.toString());
        assertThat(bad("train", "--data", "text.csv", "--model", "m2.onnx").err()).contains("found 300 different labels");
        write("years.csv", years.toString());
        assertThat(good("train", "--data", "years.csv", "--model", "m.onnx", "--epochs", "1").err()).contains(
                "warning: the labels are 30 whole numbers from 1990 to 2019", "give --targets year");
        write("decimal.csv", "a,y\n1,2\n2,2.5\n3,1\n");
        assertThat(good("train", "--data", "decimal.csv", "--model", "m.onnx").out()).contains(
                "y holds numbers with fractions, so it is learned as a quantity");
        assertThat(bad("train", "--data", "decimal.csv", "--model", "m2.onnx", "--output", "softmax").err()).contains(
                "the class 2.5 is a number and not a whole one: decimal.csv, row 3, column 2 (y)");
        write("one.csv", "a,y\n1,x\n2,x\n");
        assertThat(bad("train", "--data", "one.csv", "--model", "m2.onnx").err()).contains("every row has the class 'x'");
        write("empty.csv", "a,y\n1,x\n2,\n");
        assertThat(bad("train", "--data", "empty.csv", "--model", "m2.onnx").err()).contains(
                "an empty field where a class should be: empty.csv, row 3, column 2 (y)");
        assertThat(Files.exists(folder.resolve("m2.onnx"))).isFalse();
    }

    @Test
    void optionsWithoutEffectAreRefused() throws Exception {
        write("train.csv", table("a,b,y\n", "0", "1", 40));
        String[][] lines = {
            {"there is no validation", "--patience", "2"},
            {"'0.1f' is not a finite number", "--learning-rate", "0.1f"},
            {"'0x1p-3' is not a finite number", "--learning-rate", "0x1p-3"},
            {"'NaN' is not a finite number", "--weight-decay", "NaN"},
            {"'0.9f' is not a finite number", "--optimizer", "adam", "--beta1", "0.9f"},
            {"'step:2:0.5f' is not a schedule", "--schedule", "step:2:0.5f"},
            {"'plateau:2:0x1p-1' is not a schedule", "--schedule", "plateau:2:0x1p-1"},
            {"column 3 (y) is what is to be learned", "--columns", "1-3"},
            {"column 2 (b) is what is to be learned", "--columns", "a,b", "--targets", "b,y"},
            {"leave no column for a class", "--targets", "y", "--label-column", "b"},
            {"target values are no classes", "--targets", "y", "--classes", "2"},
            {"belongs to IDX images", "--labels", "train.csv"},
            {"no hidden layer", "--layers", "none", "--activation", "tanh"},
            {"a softmax of one output is always 1", "--targets", "y", "--output", "softmax"},
            {"a softmax of one output is always 1", "--targets", "y", "--output", "log-softmax"},
            {"add up to", "--targets", "b,y", "--output", "softmax"},
        };
        for (String[] line : lines) {
            String[] arguments = new String[line.length + 4];
            System.arraycopy(new String[] {"train", "--data", "train.csv", "--model", "m.onnx"}, 0, arguments, 0, 5);
            System.arraycopy(line, 1, arguments, 5, line.length - 1);
            assertThat(bad(arguments).err()).contains(line[0]);
        }
        write("high.csv", "a,t\n0.1,0\n0.2,1.5\n");
        assertThat(bad("train", "--data", "high.csv", "--model", "m.onnx", "--targets", "t", "--output", "logistic").err())
                .contains("the target 1.5 is not from 0 to 1", "high.csv, row 3, column 2 (t)");
        assertThat(Files.exists(folder.resolve("m.onnx"))).isFalse();
    }

    @Test
    void aNetworkThatLearnedNothingIsToldOf() throws Exception {
        StringBuilder wild = new StringBuilder("a,b,y\n");
        for (int n = 0; n < 200; n++) {
            wild.append(n * 1_000_003L % 200_000_000).append(',').append(n % 3).append(',').append(n * 7 % 2).append('\n');
        }
        write("wild.csv", wild.toString());
        Cli.Result result = good("train", "--data", "wild.csv", "--model", "m.onnx", "--epochs", "3", "--learning-rate",
                "0.05", "--scaling", "none", "--validation", "none");
        assertThat(result.err()).contains("warning: inputs reach 1.99", "(a)", "warning: the network gives one class only",
                "scale the inputs to about -1 to 1");
        assertThat(result.out()).contains("accuracy on the training rows 50.00 %");
        assertThat(good("train", "--data", "wild.csv", "--model", "m.onnx", "--epochs", "3", "--columns", "b", "--classes",
                "3").err()).contains("warning: no row has the class 2: wild.csv");
    }

    @Test
    void aHeaderOfNumbersThatBecameAClassIsToldOf() throws Exception {
        write("days.csv", table("30,7,kind\n", "l", "m", 40).replace("0.", ""));
        assertThat(good("train", "--data", "days.csv", "--model", "m.onnx", "--epochs", "1", "--header", "no").err())
                .contains(
                "warning: no other row has the first one's class, kind: days.csv: give --header yes if the first row holds "
                    + "names");
        assertThat(good("train", "--data", "days.csv", "--model", "m.onnx", "--epochs", "1", "--header", "yes").err())
                .doesNotContain("no other row");
    }

    @Test
    void regressionIsValidatedByItsLoss() throws Exception {
        write("train.csv", table("a,b,t\n", "0.25", "0.75", 80));
        assertThat(good("train", "--data", "train.csv", "--model", "m.onnx", "--targets", "t", "--validation", "0.25",
                "--patience", "9").out()).contains("validation loss 0.0", "R²");
    }
}
