package dev.samebits.train;

import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Output;
import dev.samebits.Section;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingSession;

/**
 * Takes on a validation set what a loss means: wrong classes, wrong decisions, or the loss, as where there are several.
 * Weights of samples count in the loss; of classes and decisions, each one that is wrong counts as one. Not thread-safe.
 */
final class Validation {
    // Samples that are predicted at a time.
    private static final int ROWS = 1024;

    private final Objective objective;
    private final boolean severalOutputs;
    private final Loss loss;
    private final Samples samples;
    private final Measure measure;
    private final Output output;
    private final Matrix x;
    private final Matrix targets;
    private final Matrix y;

    Validation(TrainingRequest request, Samples samples) {
        this.objective = request.objective();
        this.severalOutputs = request.network().outputSections().size() > 1;
        this.loss = request.loss();
        this.samples = samples;
        this.measure = request.measure();
        this.output = request.network().output();
        int rows = Math.min(ROWS, samples.size());
        this.x = Matrix.zeros(rows, samples.inputs());
        this.targets = Matrix.zeros(rows, samples.outputs());
        this.y = Matrix.zeros(rows, samples.outputs());
    }

    /** What an epoch gave, judged with the session's present parameters. */
    Epoch judge(int number, double trainingLoss, TrainingSession session) {
        if (objective.terms().size() > 1 || severalOutputs) {
            return new Epoch(number, trainingLoss, -1, 0, losses(session), measure);
        }
        long errors = 0;
        double sum = 0;
        double all = 0;
        for (int from = 0; from < samples.size(); from += x.rows()) {
            int count = Math.min(x.rows(), samples.size() - from);
            for (int n = 0; n < count; n++) {
                samples.read(from + n, x, targets, n);
            }
            Matrix outputs = y.rows(0, count);
            session.predict(x.rows(0, count), outputs);
            switch (loss) {
                case CROSS_ENTROPY -> errors += Classification.errors(outputs, targets.rows(0, count));
                case LOGISTIC_CROSS_ENTROPY -> errors += Classification.wrongDecisions(outputs, targets.rows(0, count));
                case SQUARED_ERROR -> sum += loss(from, count);
            }
            if (loss != Loss.SQUARED_ERROR && measure == Measure.LOSS) {
                sum += logLoss(outputs, from, count);
            }
            all += weight(from, count);
        }
        long decisions = (long) samples.size() * (loss == Loss.LOGISTIC_CROSS_ENTROPY ? samples.outputs() : 1);
        double mean = loss == Loss.SQUARED_ERROR || measure == Measure.LOSS ? sum / all : Double.NaN;
        return loss == Loss.SQUARED_ERROR ? new Epoch(number, trainingLoss, -1, 0, mean, measure)
                : new Epoch(number, trainingLoss, errors, decisions, mean, measure);
    }

    // The mean of all losses, which read other values than the outputs: of a network of its own.
    private double losses(TrainingSession session) {
        Network trained = session.network();
        Network read = objective.read(trained);
        Matrix values = Matrix.zeros(x.rows(), read.outputs());
        float[] gradient = new float[read.outputs()];
        double sum = 0;
        double all = 0;
        try (InferenceSession inference = session.backend().open(read, SessionOptions.ofThreads(session.threads()))) {
            for (int from = 0; from < samples.size(); from += x.rows()) {
                int count = Math.min(x.rows(), samples.size() - from);
                for (int n = 0; n < count; n++) {
                    samples.read(from + n, x, targets, n);
                }
                inference.predict(x.rows(0, count), values.rows(0, count));
                for (int n = 0; n < count; n++) {
                    sum += samples.weight(from + n) * loss(trained, read, values, n, gradient);
                }
                all += weight(from, count);
            }
        }
        return sum / all;
    }

    // Of one row, as a training step adds it up.
    private float loss(Network trained, Network read, Matrix values, int row, float[] gradient) {
        float sum = 0;
        for (Objective.Term term : objective.terms()) {
            int target = targets.rowOffset(row) + trained.outputSection(term.output()).from();
            Section section = read.outputSection(term.output());
            sum = Math.fma(term.weight(), term.loss().row(values.data(), values.rowOffset(row) + section.from(),
                    targets.data(), target, gradient, 0, section.width()), sum);
        }
        return sum;
    }

    private double weight(int from, int count) {
        double sum = samples.isWeighted() ? 0 : count;
        for (int n = 0; samples.isWeighted() && n < count; n++) {
            sum += samples.weight(from + n);
        }
        return sum;
    }

    private double logLoss(Matrix outputs, int from, int count) {
        if (!samples.isWeighted()) {
            return LogLoss.sum(outputs, targets.rows(0, count), output);
        }
        double sum = 0;
        for (int n = 0; n < count; n++) {
            sum += samples.weight(from + n) * LogLoss.sum(outputs.rows(n, 1), targets.rows(n, 1), output);
        }
        return sum;
    }

    // In the order of the rows, in double, as a training step sums. A weight of 1 changes nothing.
    private double loss(int from, int count) {
        float[] gradient = new float[y.columns()];
        double sum = 0;
        for (int n = 0; n < count; n++) {
            float row = loss.row(y.data(), y.rowOffset(n), targets.data(), targets.rowOffset(n), gradient, 0, y.columns());
            sum += samples.weight(from + n) * row;
        }
        return sum;
    }
}
