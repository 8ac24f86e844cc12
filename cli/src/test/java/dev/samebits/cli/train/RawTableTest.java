package dev.samebits.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.cli.Cli;
import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.table.CategoryColumn;
import dev.samebits.table.NumberColumn;
import dev.samebits.table.Preparation;
import dev.samebits.table.TruthColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables with text, true and false, and what is missing train with their label alone, and the model takes raw rows. */
class RawTableTest {
    private static final List<String> JOBS = List.of("clerk", "welder", "teacher", "doctor", "pilot");
    private static final int[] PAY = {30, 35, 40, 80, 70};

    @TempDir
    Path folder;

    private final List<String> header = List.of("id", "age", "job", "member", "hours", "city", "income");

    /** Seed 5: a fifth earns more, which job, hours, age and membership decide; one field in twenty is missing. */
    private List<List<String>> people(int rows, long seed) {
        Random random = new Random(seed);
        List<List<String>> people = new ArrayList<>();
        for (int n = 0; n < rows; n++) {
            int age = 18 + random.nextInt(53);
            int job = random.nextInt(JOBS.size());
            boolean member = random.nextInt(10) < 4;
            int hours = 10 + random.nextInt(51);
            double pay = PAY[job] * hours / 40.0 + 0.4 * (age - 18) + (member ? 10 : 0);
            people.add(List.of("p-" + seed + "-" + n, gap(random, "", age), gap(random, "", JOBS.get(job)),
                    gap(random, "NA", member ? "yes" : "no"), gap(random, "?", hours),
                    "\"Bern, " + "NSW".charAt(random.nextInt(3)) + "\"", pay > 75 ? "much" : "little"));
        }
        return people;
    }

    private static String gap(Random random, String missing, Object value) {
        return random.nextInt(20) == 0 ? missing : value.toString();
    }

    private void write(String name, List<String> columns, List<List<String>> rows) throws Exception {
        StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
        rows.forEach(row -> text.append(String.join(",", row)).append('\n'));
        Files.writeString(folder.resolve(name), text);
    }

    private Cli.Result run(String... arguments) throws Exception {
        String[] placed = arguments.clone();
        for (int i = 0; i < placed.length; i++) {
            placed[i] = placed[i].matches("\\w+\\.(csv|onnx|bad)") ? folder.resolve(placed[i]).toString() : placed[i];
        }
        return Cli.here(placed);
    }

    private Cli.Result good(String... arguments) throws Exception {
        Cli.Result result = run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private void refused(String message, String... arguments) throws Exception {
        Cli.Result result = run(arguments);
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.err().replace(folder + "/", "")).contains(message);
    }

    @Test
    void trainsWithItsLabelAloneAndScoresRawRows() throws Exception {
        write("people.csv", header, people(2000, 5));
        Cli cli = new Cli(folder);
        Cli.Result trained = cli.run("train", "--data", "people.csv", "--label", "income", "--model", "m.onnx");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.errLines()).containsExactly("samebits: warning: column 1 (id) has another text in every row, as a"
                + " name or an id does, and is left out: people.csv: choose the others with --columns");
        Matcher balanced = Pattern.compile("balanced accuracy (\\d+\\.\\d+) %").matcher(trained.out());
        assertThat(balanced.find()).as(trained.out()).isTrue();
        assertThat(Double.parseDouble(balanced.group(1))).as("one class for all has 50").isGreaterThan(85);

        OnnxModel model = Onnx.readModel(folder.resolve("m.onnx"));
        Preparation preparation = model.preparation().orElseThrow();
        assertThat(preparation.names()).containsExactly("age", "job", "member", "hours", "city");
        assertThat(preparation.columns().get(1))
                .isEqualTo(new CategoryColumn("job", List.of("", "clerk", "doctor", "pilot", "teacher", "welder"), false));
        assertThat(preparation.columns().get(2)).isInstanceOf(TruthColumn.class);
        assertThat(trained.out()).contains("SHA-256 of the preparation: " + preparation.fingerprint(),
                "  job    6 categories, (empty), clerk, doctor, pilot, teacher, welder");
        assertThat(cli.run("inspect", "m.onnx").out()).contains("takes 5 raw columns, which become ",
                "  " + preparation.columns().get(0));
        assertThat(cli.run("verify", "m.onnx").out()).contains(", preparation " + preparation.fingerprint(), "identical");

        // In another order, with a column more, a job that nobody had, and blanks.
        List<List<String>> others = people(40, 6);
        List<List<String>> turned = new ArrayList<>();
        for (int n = 0; n < others.size(); n++) {
            List<String> row = others.get(n);
            turned.add(List.of(row.get(5), "x", row.get(4) + " ", n == 7 ? "astronaut" : row.get(2), row.get(0), row.get(3),
                    row.get(1)));
        }
        write("new.csv", List.of("city", "more", "hours", "job", "id", "member", "age"), turned);
        Cli.Result scored = cli.run("predict", "--model", "m.onnx", "--data", "new.csv", "--id", "id", "--as", "raw");
        assertThat(scored.errLines()).first().isEqualTo("samebits: warning: 1 row has fields of categories that the model"
                + " was not trained on, the first: new.csv, row 9, column 4 (job): 'astronaut'");
        List<String> lines = scored.out().lines().skip(1).toList();
        assertThat(lines).hasSize(40);
        try (InferenceSession session = Backends.named("scalar").open(model.network())) {
            for (int n = 0; n < lines.size(); n++) {
                List<String> row = others.get(n);
                float[] want = session.predict(preparation.row(Map.of("age", row.get(1), "job", turned.get(n).get(3),
                        "member", row.get(3), "hours", row.get(4), "city", row.get(5).replace("\"", ""))));
                assertThat(Float.parseFloat(lines.get(n).split(",")[1])).as("row %d, to the bit", n).isEqualTo(want[0]);
            }
        }
    }

    private Preparation preparation() throws Exception {
        return Onnx.readModel(folder.resolve("m.onnx")).preparation().orElseThrow();
    }

    @Test
    void onlyRowsToLearnFromSayHow() throws Exception {
        write("a.csv", header, people(300, 5));
        List<List<String>> far = people(60, 6).stream()
                .map(row -> List.of(row.get(0), "900", "diver", "no", "800", row.get(5), row.get(6))).toList();
        write("far.csv", header, far);
        String[] train = {"train", "--data", "a.csv", "--label", "income", "--epochs", "1", "--columns", "age,job,hours",
            "--model", "m.onnx", "--validation", "none"};
        good(train);
        Preparation alone = preparation();
        train[train.length - 1] = "far.csv";
        good(train);
        assertThat(preparation()).isEqualTo(alone);
        train[train.length - 1] = "0.3";
        good(train);
        assertThat(preparation()).isNotEqualTo(alone);
    }

    @Test
    void columnsArePreparedAsAsked() throws Exception {
        write("t.csv", List.of("size", "zip", "y"), List.of(List.of("1", "8001", "a"), List.of("2", "8002", "b"),
                List.of("", "8001", "a"), List.of("9", "8003", "b")));
        String[] train = {"train", "--data", "t.csv", "--model", "m.onnx", "--epochs", "1", "--validation", "none",
            "--categories", "zip", "--missing", "median", "--scale", "none"};
        good(train);
        assertThat(Onnx.readModel(folder.resolve("m.onnx")).preparation()).contains(new Preparation(List.of(
                new NumberColumn("size", 2, false, 0, 1),
                new CategoryColumn("zip", List.of("8001", "8002", "8003"), false))));
        train[train.length - 1] = "minmax";
        good(train);
        assertThat(Onnx.readModel(folder.resolve("m.onnx")).preparation().orElseThrow().columns().get(0))
                .isEqualTo(new NumberColumn("size", 2, false, 1, 0.125f));
    }

    @Test
    void quantitiesAreLearnedFromRawColumnsToo() throws Exception {
        List<List<String>> rows = new ArrayList<>();
        Random random = new Random(8);
        for (int n = 0; n < 400; n++) {
            int job = random.nextInt(JOBS.size());
            double hours = 10 + 50 * random.nextDouble();
            rows.add(List.of(JOBS.get(job), String.valueOf(hours), String.valueOf(PAY[job] * hours / 40 + 0.5)));
        }
        write("pay.csv", List.of("job", "hours", "pay"), rows);
        good("train", "--data", "pay.csv", "--label", "pay", "--model", "m.onnx");
        good("predict", "--data", "pay.csv", "--model", "m.onnx", "--output", "y.csv");
        List<String> scored = Files.readAllLines(folder.resolve("y.csv"));
        double squares = 0;
        for (int n = 0; n < rows.size(); n++) {
            double error = Double.parseDouble(scored.get(n + 1)) - Double.parseDouble(rows.get(n).get(2));
            squares += error * error;
        }
        assertThat(Math.sqrt(squares / rows.size())).as("the deviation of the pay itself is some 30").isLessThan(6);
        Path rounded = folder.resolve("r.onnx");
        good("convert", "--weights", "bf16", "m.onnx", "r.onnx");
        assertThat(Onnx.readModel(rounded).preparation()).isEqualTo(Onnx.readModel(folder.resolve("m.onnx")).preparation());
    }

    @Test
    void moreThanAHundredCategoriesLeaveSomeTogether() throws Exception {
        List<List<String>> rows = new ArrayList<>();
        for (int n = 0; n < 600; n++) {
            rows.add(List.of("c" + n % 150, n % 3 == 0 ? "a" : "b"));
        }
        write("t.csv", List.of("code", "y"), rows);
        good("train", "--data", "t.csv", "--model", "m.onnx", "--epochs", "1", "--validation", "none");
        CategoryColumn column = (CategoryColumn) Onnx.readModel(folder.resolve("m.onnx")).preparation().orElseThrow()
                .columns().get(0);
        assertThat(column.categories()).hasSize(100);
        assertThat(column.hasOther()).isTrue();
    }

    @Test
    void whatCannotBeTakenIsRefused() throws Exception {
        write("dates.csv", List.of("day", "y"), List.of(List.of("2024-03-01", "a"), List.of("2024-03-02", "b")));
        refused("dates such as '2024-03-01', which are not read: dates.csv, row 2, column 1 (day): make columns of numbers"
                + " of them, such as year, month and days since then, or choose the others with --columns",
                "train", "--data", "dates.csv", "--model", "m.onnx");
        write("bad.csv", List.of("x", "y"), List.of(List.of("1", "a"), List.of("two", "b"), List.of("3", "b")));
        refused("'two' is not a number: bad.csv, row 3, column 1 (x): mend the field, or give --categories x if the column"
                + " holds no quantity", "train", "--data", "bad.csv", "--model", "m.onnx");
        refused("unknown filling 'zero': use one of mean, median, frequent, flag: --missing",
                "train", "--data", "bad.csv", "--model", "m.onnx", "--missing", "zero");
        refused("column 2 (y) is no input (--categories)",
                "train", "--data", "bad.csv", "--model", "m.onnx", "--categories", "y");
        write("empty.csv", List.of("x", "y"), List.of(List.of("", "a"), List.of("", "b")));
        refused("no column is left for the inputs", "train", "--data", "empty.csv", "--model", "m.onnx");
    }

    @Test
    void badRowsOfRawColumnsAreRefusedOrKept() throws Exception {
        write("t.csv", List.of("n", "ok", "y"), List.of(List.of("1", "yes", "a"), List.of("2", "no", "b"),
                List.of("3", "yes", "a"), List.of("4", "no", "b")));
        good("train", "--data", "t.csv", "--model", "m.onnx", "--epochs", "1", "--validation", "none");
        write("new.csv", List.of("ok", "n"), List.of(List.of("yes", "5"), List.of("perhaps", "1"), List.of("no", "x"),
                List.of("", "")));
        String[] predict = {"predict", "--model", "m.onnx", "--data", "new.csv"};
        refused("'perhaps' is neither true nor false: new.csv, row 3, column 1 (ok): write true or false, yes or no, or"
                + " leave the field empty", predict);
        good("predict", "--model", "m.onnx", "--data", "new.csv", "--bad-rows", "skip", "--bad-rows-file", "new.bad",
                "--output", "kept.csv");
        assertThat(Files.readAllLines(folder.resolve("kept.csv"))).hasSize(3);
        assertThat(Files.readString(folder.resolve("new.bad"))).isEqualTo("ok,n\nperhaps,1\nno,x\n");
        write("other.csv", List.of("n"), List.of(List.of("1")));
        refused("a column of the model m.onnx is missing: ok: other.csv, row 1",
                "predict", "--model", "m.onnx", "--data", "other.csv");
        refused("found 1 columns where the model takes 2 raw ones, n, ok",
                "predict", "--model", "m.onnx", "--data", "other.csv", "--columns", "n");
    }
}
