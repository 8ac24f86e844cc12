package dev.samebits.spark;

import dev.samebits.Network;
import dev.samebits.spark.score.ModelFile;
import dev.samebits.spark.score.Scoring;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A network as a transformer of Spark ML: adds to each row the network's outputs and, for classifiers and regressions of one
 * value, the prediction that they stand for. The outputs have the same bits on any cluster, in any partitioning and after
 * any retry, those that {@link dev.samebits.InferenceSession} gives.
 *
 * <p>A model with several named inputs takes a column for each, a number or an array, and one with several named outputs
 * gives them in a column each where {@link #setOutputCols} asks for it.
 *
 * <p>The model comes from an ONNX file ({@link #setModelPath}), from a network ({@link #of}) or from what was saved
 * ({@link #load}). Features are one column {@code array<float>}, {@code array<double>} or vector ({@link #setFeaturesCol}),
 * or a numeric column each ({@link #setInputCols}); where neither is set, the columns that the model keeps the names of, or
 * {@code features} where it keeps none. Numbers are rounded to the nearest float. A model of raw columns takes them by their
 * names, as text, numbers, true and false, and prepares them as {@link dev.samebits.table.Preparation} says.
 *
 * <p>Copies share the model; setting a param of one changes no other. Each executor has one session for a model, which its
 * tasks share. Not thread-safe while params are set.
 *
 * @serial exclude
 * @since 0.1.0
 */
public final class SamebitsModel extends SamebitsParams implements DefaultParamsWritable {
    private static final long serialVersionUID = 1;

    /** A transformer without a model. */
    public SamebitsModel() {
        this(Identifiable$.MODULE$.randomUID("samebits"));
    }

    /**
     * As Spark makes them when it loads or copies.
     *
     * @param uid names it in pipelines
     */
    public SamebitsModel(String uid) {
        super(uid);
    }

    /**
     * A transformer of a network.
     *
     * @param network made, trained or read here, with its names
     * @return a transformer, which carries the network with it
     * @throws java.io.UncheckedIOException if the network is too large for an ONNX file
     */
    public static SamebitsModel of(Network network) {
        SamebitsModel model = new SamebitsModel();
        model.take(ModelFile.of(network));
        return model;
    }

    /**
     * Takes the model from a file, which is read on the driver when it is first needed, and sent to the executors.
     *
     * @param path of an ONNX file, on any file system of Hadoop
     * @return this
     */
    public SamebitsModel setModelPath(String path) {
        take(null);
        set(modelPath(), path);
        return this;
    }

    /**
     * Refuses any other file than one.
     *
     * @param sha256 64 hex digits
     * @return this
     */
    public SamebitsModel setModelSha256(String sha256) {
        set(modelSha256(), sha256);
        return this;
    }

    /**
     * Takes the features from one column.
     *
     * @param column {@code array<float>}, {@code array<double>} or vector
     * @return this
     */
    public SamebitsModel setFeaturesCol(String column) {
        set(featuresCol(), column);
        return this;
    }

    /**
     * Takes each feature from a column of its own, or each of several named inputs. Where these are the names that the model
     * keeps, their order does not count.
     *
     * @param columns numeric ones, in the order of the model's inputs, or one for each named input, array or vector where
     *     that has many numbers, or the raw columns; none for those that the model keeps the names of
     * @return this
     */
    public SamebitsModel setInputCols(String... columns) {
        set(inputCols(), columns);
        return this;
    }

    /**
     * Names the column of the outputs: {@code output} until told.
     *
     * @param column not there yet; empty for none
     * @return this
     */
    public SamebitsModel setOutputCol(String column) {
        set(outputCol(), column);
        return this;
    }

    /**
     * Adds a column for each named output of the model, in place of one for all, which stays where {@link #setOutputCol}
     * asks for it.
     *
     * @param columns not there yet, in the order of the model's outputs; none for what it calls them
     * @return this
     */
    public SamebitsModel setOutputCols(String... columns) {
        set(outputCols(), columns);
        return this;
    }

    /**
     * Says what outputs are.
     *
     * @param type {@code array}, of floats, which is so until told, or {@code vector}
     * @return this
     */
    public SamebitsModel setOutputType(String type) {
        set(outputType(), type);
        return this;
    }

    /**
     * Names the column of the prediction, {@code prediction} until told: the number of the class, whose labels are in the
     * column's metadata as Spark's {@code IndexToString} reads them, or the value. Other networks have none.
     *
     * @param column not there yet; empty for none
     * @return this
     */
    public SamebitsModel setPredictionCol(String column) {
        set(predictionCol(), column);
        return this;
    }

    /**
     * Says what becomes of rows with features that are null, NaN, infinite or of another length, or that the model cannot
     * prepare, and of those whose outputs are NaN where a class is asked for.
     *
     * @param word {@code error}, which is so until told: the job fails and names the row; {@code skip}: they are left out,
     *     and counted in the log; {@code keep}: they stay, with nulls
     * @return this
     */
    public SamebitsModel setHandleInvalid(String word) {
        set(handleInvalid(), word);
        return this;
    }

    /**
     * Says how many rows are predicted together, where {@link SamebitsExtensions} are on: 1024 until told. It counts for
     * speed and memory, and changes no bits.
     *
     * @param rows most of them
     * @return this
     */
    public SamebitsModel setBatchSize(int rows) {
        set(batchSize(), rows);
        return this;
    }

    /**
     * The network, which is read if it has not been yet.
     *
     * @return what the model computes
     * @throws IllegalStateException if there is no model
     * @throws java.io.UncheckedIOException if its file cannot be read
     */
    public Network network() {
        return file().network();
    }

    /**
     * The columns after {@link #transform}.
     *
     * @param schema the columns before
     * @return these, then outputs and prediction
     * @throws IllegalArgumentException if the features are missing or of another type, or a column to add is there already
     */
    @Override
    public StructType transformSchema(StructType schema) {
        features(schema);
        return Added.of(this, file().network()).to(schema);
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        FeatureColumns features = features(dataset.schema());
        Added added = Added.of(this, file().network());
        added.to(dataset.schema());
        Scoring scoring = scoring(dataset.sparkSession().sparkContext(), features);
        return added.to(dataset, Scores.of(dataset, scoring, features), scoring);
    }

    @Override
    public SamebitsModel copy(ParamMap extra) {
        SamebitsModel copy = new SamebitsModel(uid());
        copy.take(loaded());
        return copyValues(copy, extra);
    }

    @Override
    public MLWriter write() {
        return new ModelStore.Writer(this);
    }

    /** {@return what loads a transformer that was saved} */
    public static MLReader<SamebitsModel> read() {
        return new ModelStore.Reader();
    }

    /**
     * Loads a transformer that was saved.
     *
     * @param path of the folder that it was saved to, on any file system of Hadoop
     * @return a transformer with the same params and model
     * @throws IllegalArgumentException if the model's file has another SHA-256 than was saved
     * @throws java.io.UncheckedIOException if the model cannot be read
     */
    public static SamebitsModel load(String path) {
        return read().load(path);
    }

    // The params alone.
    MLWriter paramsWriter() {
        return DefaultParamsWritable.super.write();
    }
}
