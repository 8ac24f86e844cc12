package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.ScoreFingerprint;
import dev.samebits.SessionOptions;
import dev.samebits.onnx.Onnx;
import dev.samebits.table.CategoryColumn;
import dev.samebits.table.NumberColumn;
import dev.samebits.table.Preparation;
import dev.samebits.table.TruthColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that takes the raw columns of a table scores a file of text as its preparation and a session alone do. */
class RawColumnsTest {
    private static final int ROWS = 400;
    private static final Preparation PREPARATION = new Preparation(List.of(
            new NumberColumn("age", 38.5f, true, 38.5f, 0.073f),
            new CategoryColumn("job", List.of("", "clerk", "pilot", "welder"), true),
            new TruthColumn("member", 0.25f, true),
            new CategoryColumn("zip", List.of("3000", "8001"), false),
            new NumberColumn("hours", Float.NaN, false, 40, 0.1f)));
    private static final List<String> TYPED = List.of("cast(age AS double) age", "job", "cast(member AS boolean) member",
            "cast(zip AS int) zip", "cast(hours AS decimal(9,4)) hours", "id");

    @TempDir
    Path folder;

    private Path model;
    private Path csv;
    private ScoreFingerprint expected;

    private static Network network() {
        return Network.builder(PREPARATION.width()).dense(8, Activation.TANH).dense(2, Activation.IDENTITY).softmax()
                .build(3);
    }

    /** Seed 5. Fields are missing, categories unknown; numbers have as many digits as both floats and doubles keep. */
    private static List<List<String>> fields() {
        Random random = new Random(5);
        List<List<String>> rows = new ArrayList<>();
        for (int n = 0; n < ROWS; n++) {
            rows.add(List.of(random.nextInt(6) == 0 ? "" : String.valueOf(random.nextInt(2000) / 16f),
                    List.of("", "clerk", "pilot", "welder", "astronaut").get(random.nextInt(5)),
                    List.of("", "yes", "no", "true").get(random.nextInt(4)),
                    List.of("3000", "8001", "9000").get(random.nextInt(3)), String.valueOf(random.nextInt(800) / 8f)));
        }
        return rows;
    }

    @BeforeEach
    void storeModelAndTable() throws Exception {
        model = folder.resolve("raw.onnx");
        Onnx.write(PREPARATION, network(), model);
        csv = folder.resolve("people.csv");
        expected = new ScoreFingerprint();
        List<String> lines = new ArrayList<>(List.of("id," + String.join(",", PREPARATION.names())));
        try (InferenceSession session = Backends.named("scalar").open(network(), SessionOptions.defaults())) {
            float[] x = new float[PREPARATION.width()];
            for (List<String> row : fields()) {
                PREPARATION.prepare(row, x, 0);
                float[] y = session.predict(x);
                expected.add(lines.size(), y, 0, y.length);
                lines.add(lines.size() + "," + String.join(",", row));
            }
        }
        Files.write(csv, lines);
    }

    private Dataset<Row> text(SparkSession spark) {
        return spark.read().option("header", true).csv(csv.toString());
    }

    private SamebitsModel stored() {
        return new SamebitsModel().setModelPath(model.toString());
    }

    @Test
    void textAndTypedColumnsGiveTheBitsOfTheFile() {
        for (boolean batches : SparkLocal.WAYS) {
            SparkSession spark = SparkLocal.extended(batches);
            Dataset<Row> typed = text(spark).selectExpr(TYPED.toArray(String[]::new));
            String parquet = folder.resolve("typed" + batches).toString();
            typed.write().parquet(parquet);
            Dataset<Row> stored = spark.read().parquet(parquet);
            Dataset<Row> renamed = stored.withColumnRenamed("job", "the job");
            for (Dataset<Row> scored : List.of(stored().transform(text(spark)), stored().transform(typed.repartition(3)),
                    stored().setBatchSize(7).setInputCols("hours", "zip", "member", "job", "age").transform(stored),
                    stored().setInputCols("age", "the job", "member", "zip", "hours").transform(renamed))) {
                assertThat(Samebits.fingerprint(scored, "id", "output")).isEqualTo(expected);
            }
            assertThat(plan(stored().transform(text(spark))).contains("SamebitsScore rows in batches")).isEqualTo(batches);
            assertThat(plan(stored().transform(stored)).contains("SamebitsScore columns in batches")).isEqualTo(batches);
        }
    }

    private static String plan(Dataset<Row> scored) {
        return scored.queryExecution().executedPlan().toString();
    }

    @Test
    void savedModelsAndSqlGiveThemToo() throws Exception {
        SparkSession spark = SparkLocal.extended(true);
        Dataset<Row> table = text(spark);
        String saved = folder.resolve("saved").toString();
        stored().save(saved);
        assertThat(Samebits.fingerprint(SamebitsModel.load(saved).transform(table), "id", "output")).isEqualTo(expected);
        table.createOrReplaceTempView("people");
        Samebits.register(spark, "raw", model.toString());
        for (String call : List.of("samebits_predict('" + model + "', age, job, member, zip, hours)",
                "samebits_predict('" + model + "', zip, hours, member, job, age)",
                "raw(struct(zip, hours, member, job, age))", "raw(struct(age a, job b, member c, zip d, hours e))")) {
            assertThat(Samebits.fingerprint(spark.sql("SELECT id, " + call + ".output y FROM people"), "id", "y"))
                    .as(call).isEqualTo(expected);
        }
    }

    /** Each in a row of its own: what its column takes no more is named with the row, and kept as a null where asked for. */
    @Test
    void fieldsThatAreNoneAreNamed() {
        for (boolean batches : SparkLocal.WAYS) {
            SparkSession spark = SparkLocal.extended(batches);
            Dataset<Row> good = text(spark).where("id < 9").coalesce(1);
            Dataset<Row> typed = good.selectExpr(TYPED.toArray(String[]::new));
            record Bad(Dataset<Row> table, String column, String value, String fault) {}
            Stream.of(new Bad(good, "age", "'four\\nty'", "age is 'four ty' where a finite number should be"),
                    new Bad(good, "age", "'1e99'", "age is '1e99' where a finite number should be"),
                    new Bad(good, "member", "'maybe'", "member is 'maybe' where true or false should be"),
                    new Bad(good, "hours", "'NA'",
                            "hours is 'NA', and the model has nothing to put in place of what is missing"),
                    new Bad(typed, "hours", "NULL", "hours is null, and the model has nothing to put in place of what"),
                    new Bad(typed, "age", "1e99D", "age is 1.0E99, beyond the range of floats"),
                    new Bad(typed, "age", "double('infinity')", "age is infinite")).forEach(bad -> {
                        Dataset<Row> table = bad.table.withColumn(bad.column,
                                functions.expr("IF(id = 6, " + bad.value + ", " + bad.column + ")"));
                        assertThatThrownBy(() -> stored().transform(table).collectAsList()).satisfies(thrown ->
                                assertThat(BadRowsTest.messages(thrown)).contains("column " + bad.fault)
                                        .contains(": row 6 of partition 0: mend it, or set handleInvalid to skip or keep"));
                    });
            Dataset<Row> table = typed.withColumn("hours", functions.expr("IF(id = 6, NULL, hours)"));
            assertThat(stored().setHandleInvalid("keep").transform(table).where("output IS NULL").select("id")
                    .collectAsList()).map(row -> row.getString(0)).containsExactly("6");
            assertThat(stored().setHandleInvalid("skip").transform(table).count()).isEqualTo(7);
            // A missing number may be NaN, as a file may say NaN.
            assertThat(stored().transform(typed.withColumn("age", functions.lit(Double.NaN))).select("output")
                    .collectAsList()).isEqualTo(stored().transform(typed.withColumn("age", functions.lit(null)
                            .cast("float"))).select("output").collectAsList());
        }
    }

    /** They are no error, and nothing is unknown without a word. */
    @Test
    void unknownCategoriesAreCountedInTheLog() {
        long unknown = fields().stream().filter(row -> row.get(1).equals("astronaut") || row.get(3).equals("9000")).count();
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getMessage().contains("categories")) {
                    told.add(line.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("dev.samebits");
        log.addHandler(handler);
        try {
            for (boolean batches : SparkLocal.WAYS) {
                told.clear();
                stored().transform(text(SparkLocal.extended(batches)).coalesce(1)).collectAsList();
                assertThat(told).singleElement().asString().startsWith(unknown + " rows have fields of categories that the"
                        + " model was not trained on, the first: column ").matches(".* is '(astronaut|9000)': row \\d+ of"
                        + " partition 0");
            }
        } finally {
            log.removeHandler(handler);
        }
    }

    @Test
    void columnsOfAnotherTypeAreRefusedByName() {
        Dataset<Row> table = text(SparkLocal.extended(true));
        List<String[]> refused = List.of(
                new String[] {"age", "true", "column age is boolean where the model takes a number: cast it to double"},
                new String[] {"member", "1", "column member is int where the model takes true or false: cast it to boolean"},
                new String[] {"job", "true", "column job is boolean where the model takes text: cast it to a string, as in "
                        + "job: 4 categories, (empty), clerk, pilot, welder, and others"},
                new String[] {"job", "current_date()", "column job is date where the model takes text: cast it to a"});
        for (String[] column : refused) {
            Dataset<Row> other = table.withColumn(column[0], functions.expr(column[1]));
            assertThatThrownBy(() -> stored().transformSchema(other.schema())).isInstanceOf(
                    IllegalArgumentException.class).hasMessageStartingWith(column[2]);
        }
        assertThatThrownBy(() -> stored().transform(table.drop("job", "zip"))).hasMessage("columns job, zip are missing:"
                + " there are id, age, member, hours: set inputCols to the columns that hold age, job, member, zip, hours");
        assertThatThrownBy(() -> stored().setFeaturesCol("age").transform(table)).hasMessage("the model takes the raw"
                + " columns age, job, member, zip, hours: featuresCol: clear it, and set inputCols if they are called"
                + " otherwise");
        assertThatThrownBy(() -> stored().setInputCols("age", "job").transform(table)).hasMessage("found 2 columns where the"
                + " model takes the raw columns age, job, member, zip, hours: inputCols: name a column for each, or none for"
                + " these names");
        assertThatThrownBy(() -> stored().setOutputCol("job").transform(table)).hasMessageStartingWith(
                "column job is there already");
    }
}
