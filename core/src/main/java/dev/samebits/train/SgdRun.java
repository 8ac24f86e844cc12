package dev.samebits.train;

import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.SplitMix64;
import dev.samebits.TrainingSession;
import dev.samebits.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One training by {@link Sgd}: where it stands, epoch after epoch. Not thread-safe. */
final class SgdRun {
    private final Sgd sgd;
    private final TrainingRequest request;
    private final Samples training;
    private final @Nullable Validation judge;
    private final SplitMix64 random;
    private final int[] order;
    private final List<Epoch> history = new ArrayList<>();
    // What checkpoints are known by; null if none are asked for.
    private final @Nullable Map<String, String> identity;
    private @Nullable Network best;
    private @Nullable TrainingState bestState;
    private double lowest = Double.POSITIVE_INFINITY;
    private int bestEpoch;

    SgdRun(Sgd sgd, TrainingRequest request) {
        this.sgd = sgd;
        this.request = request;
        this.training = request.training();
        this.judge = request.validation() == null ? null : new Validation(request, request.validation());
        this.random = new SplitMix64(sgd.seed());
        this.order = new int[training.size()];
        for (int n = 0; n < order.length; n++) {
            order[n] = n;
        }
        this.identity = request.checkpoints() == null && request.resumed() == null ? null : Identity.of(sgd, request);
    }

    TrainingResult fit() {
        if (request.resumed() != null) {
            request.resumed().check(identity);
        }
        try (TrainingSession session = open()) {
            if (request.resumed() != null) {
                resume(request.resumed(), session);
            }
            while (!isOver()) {
                random.shuffle(order);
                int number = history.size() + 1;
                double meanLoss = epoch(number, session);
                Epoch epoch = judge == null ? new Epoch(number, meanLoss, -1, 0, Double.NaN, request.measure())
                        : judge.judge(number, meanLoss, session);
                history.add(epoch);
                request.listener().epoch(epoch);
                if (judge != null) {
                    keepBest(epoch, session);
                }
                offer(session);
            }
            return new TrainingResult(best == null ? session.network() : best, history);
        }
    }

    // What is nothing cannot fall any more.
    private boolean isOver() {
        int done = history.size();
        return done >= sgd.epochs() || judge != null && done > 0 && (lowest == 0 || done - bestEpoch >= sgd.patience());
    }

    private void keepBest(Epoch epoch, TrainingSession session) {
        double measure = epoch.validation();
        if (!Double.isFinite(measure)) {
            throw new DivergedException("the loss of the validation set is " + measure + " after epoch " + epoch.number()
                    + ": lower the learning rate (" + sgd.learningRate()
                    + ") or look for very large values in that set");
        }
        if (measure < lowest) {
            lowest = measure;
            bestEpoch = epoch.number();
            best = session.network();
            bestState = identity == null ? null : session.state();
        }
    }

    private void offer(TrainingSession session) {
        Consumer<Supplier<Checkpoint>> taker = request.checkpoints();
        if (taker != null) {
            taker.accept(() -> {
                TrainingState present = bestState != null && bestEpoch == history.size() ? bestState : session.state();
                return new Checkpoint(identity, history, present, bestState);
            });
        }
    }

    // All that is not in the checkpoint follows from what is: the order of the samples, which epoch was the best.
    private void resume(Checkpoint from, TrainingSession session) {
        for (Epoch epoch : from.epochs()) {
            random.shuffle(order);
            history.add(epoch);
            if (judge != null && epoch.validation() < lowest) {
                lowest = epoch.validation();
                bestEpoch = epoch.number();
            }
        }
        if (from.best() != null) {
            bestState = from.best();
            session.restore(bestState);
            best = session.network();
        }
        session.restore(from.present());
    }

    private TrainingSession open() {
        Network network = request.network();
        Objective.Term first = request.objective().terms().get(0);
        return network.outputSections().size() == 1 && first.weight() == 1
                ? request.backend().train(network, first.loss(), sgd.training(), request.options())
                : request.backend().train(network, request.objective(), sgd.training(), request.options());
    }

    private double epoch(int number, TrainingSession session) {
        Matrix x = Matrix.zeros(Math.min(sgd.batch(), order.length), training.inputs());
        Matrix targets = Matrix.zeros(x.rows(), training.outputs());
        float[] weights = new float[training.isWeighted() ? x.rows() : 0];
        long stepsPerEpoch = (order.length - 1) / x.rows() + 1;
        long step = (number - 1) * stepsPerEpoch;
        double sum = 0;
        double all = 0;
        for (int from = 0; from < order.length; from += x.rows()) {
            int count = Math.min(x.rows(), order.length - from);
            double weight = training.isWeighted() ? 0 : count;
            for (int n = 0; n < count; n++) {
                training.read(order[from + n], x, targets, n);
                if (training.isWeighted()) {
                    weights[n] = training.weight(order[from + n]);
                    weight += weights[n];
                }
            }
            float rate = sgd.learningRate() * sgd.schedule().factor(step++, sgd.epochs() * stepsPerEpoch, history);
            double mean = training.isWeighted()
                    ? session.step(x.rows(0, count), targets.rows(0, count), weights, rate, sgd.weightDecay())
                    : session.step(x.rows(0, count), targets.rows(0, count), rate, sgd.weightDecay());
            if (!Double.isFinite(mean)) {
                throw new DivergedException("the loss is " + mean + " in epoch " + number + ", batch "
                        + (from / x.rows() + 1) + " (samples " + from + " to " + (from + count - 1)
                        + " of the shuffled order): lower the learning rate (" + sgd.learningRate()
                        + ") or look for NaN, infinite or very large values in the data");
            }
            sum += mean * weight;
            all += weight;
            request.listener().batch(number, from + count, order.length);
        }
        return sum / all;
    }
}
