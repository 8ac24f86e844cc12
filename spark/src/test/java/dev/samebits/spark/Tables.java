package dev.samebits.spark;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.ScoreFingerprint;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.functions$;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows in every form in which features come, a network for them, and the fingerprint that a session alone gives. */
final class Tables {
    static final int INPUTS = 7;
    static final int ROWS = 1000;

    private Tables() {}

    /** Three classes with labels; the inputs are called c0 to c6. */
    static Network network() {
        List<String> inputs = new ArrayList<>();
        for (int j = 0; j < INPUTS; j++) {
            inputs.add("c" + j);
        }
        return nameless().withNames(new Names(inputs, List.of(), List.of("low", "middle", "high")));
    }

    static Network nameless() {
        return Network.builder(INPUTS).dense(9, Activation.TANH).dense(3, Activation.IDENTITY).softmax().build(7);
    }

    /** The features of a row; every fifth is 0, so that sparse vectors differ from dense ones. */
    static float[] features(long id) {
        SplitMix64 random = new SplitMix64(id);
        float[] x = new float[INPUTS];
        for (int j = 0; j < INPUTS; j++) {
            x[j] = (id + j) % 5 == 0 ? 0 : Math.fma(4f, random.nextFloat(), -2f);
        }
        return x;
    }

    static ScoreFingerprint expected(Network network) {
        ScoreFingerprint expected = new ScoreFingerprint();
        try (InferenceSession session = Backends.named("scalar").open(network, SessionOptions.defaults())) {
            for (int n = 0; n < ROWS; n++) {
                float[] y = session.predict(features(n));
                expected.add(n, y, 0, y.length);
            }
        }
        return expected;
    }

    /** Ids, and the features in one column of floats, another of doubles, vectors of both kinds, and a column each. */
    static Dataset<Row> table(SparkSession spark) {
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < ROWS; n++) {
            rows.add(RowFactory.create((long) n, features(n)));
        }
        Dataset<Row> table = spark.createDataFrame(rows, new StructType().add("id", DataTypes.LongType, false)
                .add("floats", DataTypes.createArrayType(DataTypes.FloatType)));
        Column doubles = functions.col("floats").cast("array<double>");
        Column vector = functions$.MODULE$.array_to_vector(doubles);
        List<Column> columns = new ArrayList<>(List.of(functions.col("*"), doubles.as("doubles"), vector.as("dense"),
                Sparse.of(vector).as("sparse")));
        for (int j = 0; j < INPUTS; j++) {
            columns.add(functions.col("floats").getItem(j).cast(j % 2 == 0 ? "float" : "double").as("c" + j));
        }
        return table.select(columns.toArray(Column[]::new));
    }

    /** A vector without its zeros. */
    static final class Sparse implements UDF1<Vector, Vector> {
        private static final long serialVersionUID = 1;

        static Column of(Column vector) {
            return functions.udf(new Sparse(), SQLDataTypes.VectorType()).apply(vector);
        }

        @Override
        public Vector call(Vector vector) {
            return vector.toSparse();
        }
    }
}
