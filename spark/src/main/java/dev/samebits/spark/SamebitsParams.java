package dev.samebits.spark;

import dev.samebits.spark.score.Invalid;
import dev.samebits.spark.score.ModelFile;
import dev.samebits.spark.score.Scoring;
import dev.samebits.spark.score.Scoring.Prediction;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The params of a {@link SamebitsModel}, as Spark ML finds and copies them, and the model that they name. */
abstract class SamebitsParams extends Transformer {
    private static final long serialVersionUID = 1;
    private static final String ARRAY = "array";
    private static final String VECTOR = "vector";

    private final String uid;
    private final Param<String> modelPath;
    private final Param<String> modelSha256;
    private final Param<String> featuresCol;
    private final StringArrayParam inputCols;
    private final Param<String> outputCol;
    private final StringArrayParam outputCols;
    private final Param<String> outputType;
    private final Param<String> predictionCol;
    private final Param<String> handleInvalid;
    private final IntParam batchSize;
    private @Nullable ModelFile loaded;

    SamebitsParams(String uid) {
        this.uid = uid;
        modelPath = ModelParams.text(this, "modelPath", "ONNX file of the model, on any file system of Hadoop");
        modelSha256 = ModelParams.text(this, "modelSha256", "the SHA-256 that the file must have");
        featuresCol = ModelParams.text(this, "featuresCol", "column of all features: array of floats or doubles, or vector");
        inputCols = new StringArrayParam(this, "inputCols", "columns, one for each number or each named input of the model; "
                + "none for those that it names");
        outputCol = ModelParams.text(this, "outputCol", "column of the outputs to add, or nothing for none");
        outputCols = new StringArrayParam(this, "outputCols", "columns to add, one for each named output of the model; none "
                + "for what it calls them");
        outputType = ModelParams.oneOf(this, "outputType", "what outputs are: array (of floats) or vector",
                List.of(ARRAY, VECTOR));
        predictionCol = ModelParams.text(this, "predictionCol", "column of the prediction to add, or nothing for none");
        handleInvalid = ModelParams.oneOf(this, "handleInvalid", "what becomes of rows that are null, not finite, or of "
                + "another length: error, skip (leave out) or keep (with nulls)", Invalid.words());
        batchSize = new IntParam(this, "batchSize", "most rows that are predicted together, where the extensions are on",
                ParamValidators.gtEq(1));
        setDefault(outputCol, Scoring.OUTPUT);
        setDefault(outputType, ARRAY);
        setDefault(predictionCol, Scoring.PREDICTION);
        setDefault(handleInvalid, Invalid.ERROR.word());
        setDefault(batchSize, 1024);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** {@return the param of {@link SamebitsModel#setModelPath}} */
    public Param<String> modelPath() {
        return modelPath;
    }

    /** {@return the param of {@link SamebitsModel#setModelSha256}} */
    public Param<String> modelSha256() {
        return modelSha256;
    }

    /** {@return the param of {@link SamebitsModel#setFeaturesCol}} */
    public Param<String> featuresCol() {
        return featuresCol;
    }

    /** {@return the param of {@link SamebitsModel#setInputCols}} */
    public StringArrayParam inputCols() {
        return inputCols;
    }

    /** {@return the param of {@link SamebitsModel#setOutputCol}} */
    public Param<String> outputCol() {
        return outputCol;
    }

    /** {@return the param of {@link SamebitsModel#setOutputCols}} */
    public StringArrayParam outputCols() {
        return outputCols;
    }

    /** {@return the param of {@link SamebitsModel#setOutputType}} */
    public Param<String> outputType() {
        return outputType;
    }

    /** {@return the param of {@link SamebitsModel#setPredictionCol}} */
    public Param<String> predictionCol() {
        return predictionCol;
    }

    /** {@return the param of {@link SamebitsModel#setHandleInvalid}} */
    public Param<String> handleInvalid() {
        return handleInvalid;
    }

    /** {@return the param of {@link SamebitsModel#setBatchSize}} */
    public IntParam batchSize() {
        return batchSize;
    }

    // What is to score: read once, and again where a copy was given another path.
    ModelFile file() {
        String path = isSet(modelPath) ? getOrDefault(modelPath) : null;
        String sha256 = isSet(modelSha256) ? getOrDefault(modelSha256) : null;
        ModelFile file = loaded;
        if (file == null || path != null && !path.equals(file.path())) {
            if (path == null) {
                throw new IllegalStateException("there is no model: " + uid + ": set modelPath, or load one");
            }
            file = ModelFile.read(path, SparkSession.active().sparkContext().hadoopConfiguration());
            loaded = file;
        }
        file.check(sha256);
        return file;
    }

    /** Takes a model, wherever it lay when it was saved; none to read it when it is needed. */
    void take(@Nullable ModelFile file) {
        loaded = file;
    }

    @Nullable ModelFile loaded() {
        return loaded;
    }

    FeatureColumns features(StructType schema) {
        return FeatureColumns.of(schema, file(), isSet(featuresCol) ? getOrDefault(featuresCol) : null,
                isSet(inputCols) ? getOrDefault(inputCols) : null);
    }

    /** How rows are scored, sent to the executors of a context. */
    Scoring scoring(SparkContext context, FeatureColumns features) {
        return new Scoring(file().sent(context), features.parts(), Invalid.of(getOrDefault(handleInvalid)),
                isVector() && !isSet(outputCols), Prediction.of(file().network()), (Integer) getOrDefault(batchSize));
    }

    boolean isVector() {
        return getOrDefault(outputType).equals(VECTOR);
    }
}
