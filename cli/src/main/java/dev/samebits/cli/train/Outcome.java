package dev.samebits.cli.train;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.SessionOptions;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.train.ClassScores;
import dev.samebits.train.Classification;
import dev.samebits.train.Epoch;
import dev.samebits.train.Importance;
import dev.samebits.train.Samples;
import dev.samebits.train.TrainingResult;
import dev.samebits.train.ValueScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the saved model does on the validation rows, or on its own training rows where there are none, and what it needs. */
final class Outcome {
    // Work that importance may take, in outputs of columns times rows times repeats.
    private static final int REPEATS = 5;
    private static final int IMPORTANCE_ROWS = 2_000;
    private static final int IMPORTANCE_INPUTS = 500;
    // The epoch that is best on few rows is a little better than nothing by chance.
    private static final double HARDLY = 0.02;

    private final TrainingData data;
    private final boolean validated;
    private final Predictions judged;
    private final Predictions training;
    private final ClassScores classes;
    private final ValueScores values;
    private final List<ClassScores> labels;
    private final boolean probabilities;
    private final double[] importance;

    private Outcome(TrainingData data, boolean validated, Predictions judged, Predictions training, boolean probabilities,
            boolean logistic, double[] importance) {
        this.data = data;
        this.validated = validated;
        this.judged = judged;
        this.training = training;
        this.probabilities = probabilities;
        this.classes = data.targets() == 0 ? ClassScores.of(judged.y(), judged.targets()) : null;
        this.values = data.targets() == 0 ? null : ValueScores.of(judged.y(), judged.targets());
        this.labels = values != null && logistic ? labels(judged) : List.of();
        this.importance = importance;
    }

    // A label is a class of two, if the targets are 0 and 1 alone.
    private static List<ClassScores> labels(Predictions judged) {
        List<ClassScores> labels = new ArrayList<>();
        for (int j = 0; j < judged.y().columns(); j++) {
            Matrix y = column(judged.y(), j);
            Matrix targets = column(judged.targets(), j);
            for (float target : targets.data()) {
                if (target != 0 && target != 1) {
                    return List.of();
                }
            }
            labels.add(ClassScores.of(y, targets));
        }
        return labels;
    }

    private static Matrix column(Matrix matrix, int column) {
        Matrix values = Matrix.zeros(matrix.rows(), 1);
        for (int n = 0; n < matrix.rows(); n++) {
            values.data()[values.rowOffset(n)] = matrix.get(n, column);
        }
        return values;
    }

    /**
     * Runs the model.
     *
     * @param model for rows as the file has them
     * @param sets the training set, and the validation set or null
     */
    static Outcome of(Network model, TrainingData data, Samples[] sets, Backend backend, SessionOptions options, long seed) {
        Network scored = model.withProbabilities();
        boolean probabilities = scored.output() == Output.SOFTMAX
                || Loss.of(scored) == Loss.LOGISTIC_CROSS_ENTROPY && scored.outputs() == 1;
        try (InferenceSession session = backend.open(scored, options)) {
            Predictions training = Predictions.of(session, sets[0]);
            Predictions judged = sets[1] == null ? training : Predictions.of(session, sets[1]);
            boolean few = data.inputs() <= IMPORTANCE_INPUTS && !data.isScaled() && data.inputs() > 1;
            boolean meant = probabilities || data.targets() > 0 && Loss.of(scored) == Loss.SQUARED_ERROR;
            double[] importance = few && meant && judged.targets().rows() > 1
                    ? Importance.of(session, judged.x(IMPORTANCE_ROWS), judged.targets(IMPORTANCE_ROWS), REPEATS, seed)
                    : new double[0];
            return new Outcome(data, sets[1] != null, judged, training, probabilities,
                    Loss.of(scored) == Loss.LOGISTIC_CROSS_ENTROPY, importance);
        }
    }

    boolean isValidated() {
        return validated;
    }

    Predictions judged() {
        return judged;
    }

    /** Null for a regression. */
    ClassScores classes() {
        return classes;
    }

    /** Null for classes. */
    ValueScores values() {
        return values;
    }

    /** Of each target that says yes or no, as a class of two; empty where targets say how much. */
    List<ClassScores> labels() {
        return labels;
    }

    /** Whether outputs are probabilities, of which there are a log loss and an area under a curve. */
    boolean areProbabilities() {
        return probabilities;
    }

    /** One for each input, or none. */
    double[] importance() {
        return importance;
    }

    /**
     * Prints the measures, and warns on stderr of a network that learned nothing.
     *
     * @param largeInputs whether inputs are too large, which is the likely reason then
     */
    void tell(TrainingResult result, boolean largeInputs) {
        if (validated) {
            System.out.println("best " + EpochLines.line(best(result), result.epochs().size()));
        }
        if (data.targets() == 0) {
            System.out.printf(Locale.ROOT, "accuracy on the training rows %.2f %%%n",
                    100 * (1 - (double) Classification.errors(training.y(), training.targets()) / training.y().rows()));
        }
        new OutcomeTables(this, data).print(System.out);
        warn(result, largeInputs);
    }

    static Epoch best(TrainingResult result) {
        return result.epochs().stream().filter(epoch -> !Double.isNaN(epoch.validation()))
                .min((a, b) -> Double.compare(a.validation(), b.validation()))
                .orElse(result.epochs().get(result.epochs().size() - 1));
    }

    private void warn(TrainingResult result, boolean largeInputs) {
        String mend = largeInputs ? "scale the inputs to about -1 to 1" : "give more --epochs or a lower --learning-rate";
        int answer = training.onlyClass();
        if (data.targets() > 0 && training.areSame()) {
            DataCheck.warn("the network gives the same values for every training row: it has learned nothing: " + mend);
        } else if (data.targets() == 0 && answer != Predictions.SEVERAL) {
            DataCheck.warn("the network gives one class only for every training row, " + (answer == Classification.NONE
                    ? "NaN"
                    : "'" + Problem.shortened(data.labels().get(answer)) + "'") + ": it has learned nothing: " + mend);
        } else if (data.targets() == 0) {
            warnOfUnpredicted();
        }
        if (validated && isHardlyBetterThanNoInputs()) {
            DataCheck.warn("on the validation rows the model is hardly better than one that knows no inputs and says "
                    + (values == null ? "how frequent each class is" : "the mean") + ": give inputs that tell more");
        }
        double first = result.epochs().get(0).loss();
        double last = result.epochs().get(result.epochs().size() - 1).loss();
        if (last > first && result.epochs().size() > 1) {
            DataCheck.warn(String.format(Locale.ROOT, "the loss rose from %.6f to %.6f: training goes away from what it is "
                    + "meant to reach: give a lower --learning-rate", first, last));
        }
    }

    private boolean isHardlyBetterThanNoInputs() {
        if (values != null) {
            return IntStream.range(0, values.outputs()).allMatch(j -> values.r2(j) < HARDLY);
        }
        double entropy = 0;
        for (int c = 0; c < classes.classes(); c++) {
            double share = (double) classes.rowsOf(c) / judged.y().rows();
            entropy -= share > 0 ? share * StrictMath.log(share) : 0;
        }
        return probabilities && entropy > 0 && classes.logLoss() > (1 - HARDLY) * entropy;
    }

    private void warnOfUnpredicted() {
        String[] never = IntStream.range(0, classes.classes())
                .filter(c -> classes.rowsOf(c) > 0 && classes.predicted(c) == 0)
                .mapToObj(data.labels()::get).toArray(String[]::new);
        if (never.length > 0) {
            DataCheck.warn("no " + (validated ? "validation" : "training") + " row is given the class "
                    + Problem.shown(Arrays.asList(never)) + ", though some have it: give more rows of it, or more --epochs");
        }
    }
}
