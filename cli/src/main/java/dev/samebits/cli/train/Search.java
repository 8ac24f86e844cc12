package dev.samebits.cli.train;

import dev.samebits.Backend;
import dev.samebits.Dropout;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Progress;
import dev.samebits.train.DivergedException;
import dev.samebits.train.Epoch;
import dev.samebits.train.Measure;
import dev.samebits.train.Samples;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Trials side by side on the cores, each on one thread. What a trial gives depends on its own numbers, the rows and the seed
 * alone, and stands at its place in a list: in which order they are done changes nothing.
 */
final class Search {
    private final List<Trial> trials;
    private final List<Trial.Score> scores;
    private final Backend backend;
    private final int threads;
    private final Measure measure;

    Search(List<Trial> trials, int folds, Backend backend, int threads, Measure measure) {
        this.trials = trials;
        this.scores = trials.stream().map(trial -> new Trial.Score(folds)).toList();
        this.backend = backend;
        this.threads = threads;
        this.measure = measure;
    }

    /** What makes a network for a trial, and how it goes down. */
    interface Plan {
        Network network(Trial trial);

        Sgd sgd(Trial trial);
    }

    /** With dropout, where a trial has some. */
    static Sgd dropping(Sgd sgd, Trial trial, long seed) {
        return trial.dropout() > 0 ? sgd.withDropout(Dropout.of(trial.dropout(), seed)) : sgd;
    }

    /**
     * Runs all trials on one fold, whose rows they share.
     *
     * @param done trials of all folds that are over
     */
    void run(int fold, Samples training, Samples held, Function<Network, Loss> loss, Plan plan, Progress progress,
            AtomicLong done) {
        Samples rows = kept(training);
        Samples judged = kept(held);
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, trials.size()));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < trials.size(); t++) {
                int number = t;
                running.add(pool.submit(() -> {
                    run(number, fold, rows, judged, loss, plan);
                    progress.to(done.incrementAndGet());
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("the search was interrupted", "samebits search", "start it again");
        } finally {
            pool.shutdownNow();
        }
    }

    private void run(int number, int fold, Samples rows, Samples judged, Function<Network, Loss> loss, Plan plan) {
        Trial trial = trials.get(number);
        Network network = plan.network(trial);
        try {
            TrainingRequest request = TrainingRequest.of(network, loss.apply(network), rows).withValidation(judged)
                    .withBackend(backend).withOptions(SessionOptions.defaults()).withMeasure(measure);
            Epoch best = Outcome.best(plan.sgd(trial).fit(request));
            scores.get(number).set(fold, best.validation(), best.errorRate(), best.number());
        } catch (DivergedException e) {
            scores.get(number).set(fold, Double.POSITIVE_INFINITY, Double.NaN, 1);
        }
    }

    // In memory, as all threads read them.
    private static Samples kept(Samples samples) {
        if ((long) samples.size() * Math.max(samples.inputs(), samples.outputs()) > Integer.MAX_VALUE - 8) {
            throw new Problem("search keeps the rows in memory, and " + samples.size() + " of " + samples.inputs()
                    + " inputs are more than one array holds", "samebits search", "search on a part of the rows");
        }
        Matrix x = Matrix.zeros(samples.size(), samples.inputs());
        Matrix targets = Matrix.zeros(samples.size(), samples.outputs());
        float[] weights = new float[samples.size()];
        for (int n = 0; n < samples.size(); n++) {
            samples.read(n, x, targets, n);
            weights[n] = samples.weight(n);
        }
        Samples kept = Samples.of(x, targets);
        return samples.isWeighted() ? kept.withWeights(weights) : kept;
    }

    /** The trials from the best to the worst; of equals the first one in the space stands in front. */
    List<Integer> ranking() {
        return IntStream.range(0, trials.size()).boxed()
                .sorted((a, b) -> Double.compare(scores.get(a).loss(), scores.get(b).loss())).toList();
    }

    Trial trial(int number) {
        return trials.get(number);
    }

    Trial.Score score(int number) {
        return scores.get(number);
    }
}
