package dev.samebits.train;

import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.Loss;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.SessionOptions;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be trained, on what, and where: all that any way of training asks for. How, says the one that takes it, such as
 * {@link Sgd#fit}. Immutable; without more words it is {@link Backends#best()}, the caller's thread alone, no validation set
 * and no listener.
 *
 * @since 0.1.0
 */
public final class TrainingRequest {
    private static final TrainingListener SILENT = new TrainingListener() {};

    private final Network network;
    private final Objective objective;
    private final Samples training;
    // None, and the best one, until told: the choice is made, and logged, only where it is used.
    private final @Nullable Samples validation;
    private final @Nullable Backend backend;
    private final SessionOptions options;
    private final TrainingListener listener;
    private final Measure measure;
    private final @Nullable Consumer<Supplier<Checkpoint>> checkpoints;
    private final @Nullable Checkpoint resumed;

    private TrainingRequest(Network network, Objective objective, Samples training, @Nullable Samples validation,
            @Nullable Backend backend, SessionOptions options, TrainingListener listener,
            Measure measure, @Nullable Consumer<Supplier<Checkpoint>> checkpoints, @Nullable Checkpoint resumed) {
        this.network = network;
        this.objective = objective;
        this.training = training;
        this.validation = validation;
        this.backend = backend;
        this.options = options;
        this.listener = listener;
        this.measure = measure;
        this.checkpoints = checkpoints;
        this.resumed = resumed;
    }

    /**
     * Asks for a network to be trained.
     *
     * @param network what training starts from
     * @param loss what is made small, of every output
     * @param training the samples to learn from
     * @return a request that can be refined
     * @throws IllegalArgumentException if there are no samples, they do not fit the network, or the loss its output
     */
    public static TrainingRequest of(Network network, Loss loss, Samples training) {
        return of(network, Objective.of(network, loss), training);
    }

    /**
     * Asks for a network to be trained whose outputs have losses of their own.
     *
     * @param network what training starts from
     * @param objective what is made small
     * @param training the samples to learn from
     * @return a request that can be refined
     * @throws IllegalArgumentException if there are no samples, they do not fit the network, or a loss its output
     */
    public static TrainingRequest of(Network network, Objective objective, Samples training) {
        objective.check(network);
        checkFit("training", training, network);
        return new TrainingRequest(network, objective, training, null, null, SessionOptions.defaults(), SILENT,
                Measure.ERRORS, null, null);
    }

    private static void checkFit(String what, Samples samples, Network network) {
        if (samples.size() < 1) {
            throw new IllegalArgumentException("the " + what + " set is empty");
        }
        if (samples.inputs() != network.inputs() || samples.outputs() != network.outputs()) {
            throw new IllegalArgumentException("the " + what + " set has " + samples.inputs() + " inputs and "
                    + samples.outputs() + " outputs, but the network " + network + " takes " + network.inputs()
                    + " and gives " + network.outputs());
        }
    }

    /**
     * Judges every epoch on samples that are not learned from.
     *
     * @param samples the validation set
     * @return this request with it
     * @throws IllegalArgumentException if there are none, or they do not fit the network
     */
    public TrainingRequest withValidation(Samples samples) {
        checkFit("validation", samples, network);
        return new TrainingRequest(network, objective, training, samples, backend, options, listener, measure,
                checkpoints, resumed);
    }

    /**
     * Trains on this backend.
     *
     * @param chosen instead of {@link Backends#best()}
     * @return this request with it
     */
    public TrainingRequest withBackend(Backend chosen) {
        return new TrainingRequest(network, objective, training, validation, Objects.requireNonNull(chosen, "backend"),
                options, listener, measure, checkpoints, resumed);
    }

    /**
     * Trains on so many threads of its own.
     *
     * @param threads the caller's among them
     * @return this request with them
     * @throws IllegalArgumentException unless there are 1 to {@link SessionOptions#MAX_THREADS}
     */
    public TrainingRequest withThreads(int threads) {
        return withOptions(SessionOptions.ofThreads(threads));
    }

    /**
     * Opens the session of the training so.
     *
     * @param session its threads, such as shared ones
     * @return this request with them
     */
    public TrainingRequest withOptions(SessionOptions session) {
        return new TrainingRequest(network, objective, training, validation, backend,
                Objects.requireNonNull(session, "options"), listener, measure, checkpoints, resumed);
    }

    /**
     * Tells of progress.
     *
     * @param told on the thread that trains
     * @return this request with it
     */
    public TrainingRequest withListener(TrainingListener told) {
        return new TrainingRequest(network, objective, training, validation, backend, options,
                Objects.requireNonNull(told, "listener"), measure, checkpoints, resumed);
    }

    /**
     * Judges epochs so.
     *
     * @param judged instead of {@link Measure#ERRORS}
     * @return this request with it
     */
    public TrainingRequest withMeasure(Measure judged) {
        return new TrainingRequest(network, objective, training, validation, backend, options, listener,
                Objects.requireNonNull(judged, "measure"), checkpoints, resumed);
    }

    /**
     * Offers a checkpoint after each epoch, on the thread that trains.
     *
     * @param taker given what makes the checkpoint, which may be asked for it, or not, until the taker returns
     * @return this request with it
     */
    public TrainingRequest withCheckpoints(Consumer<Supplier<Checkpoint>> taker) {
        return new TrainingRequest(network, objective, training, validation, backend, options, listener, measure,
                Objects.requireNonNull(taker, "taker"), resumed);
    }

    /**
     * Goes on from a checkpoint of the same training; the network and the samples are still those that it began with. The
     * result is that of a training which was never interrupted, with the epochs from the first one on; the listener is told
     * of those that are still to come.
     *
     * @param from where it stood; refused by {@link Sgd#fit} if it is of another training
     * @return this request with it
     */
    public TrainingRequest withResumed(Checkpoint from) {
        return new TrainingRequest(network, objective, training, validation, backend, options, listener, measure,
                checkpoints, Objects.requireNonNull(from, "checkpoint"));
    }

    /** {@return who is offered checkpoints; null if nobody is} */
    public @Nullable Consumer<Supplier<Checkpoint>> checkpoints() {
        return checkpoints;
    }

    /** {@return where training goes on from; null if it begins} */
    public @Nullable Checkpoint resumed() {
        return resumed;
    }

    /** {@return what training starts from} */
    public Network network() {
        return network;
    }

    /** {@return what is made small; of several losses, the first} */
    public Loss loss() {
        return objective.terms().get(0).loss();
    }

    /** {@return which outputs have which losses} */
    public Objective objective() {
        return objective;
    }

    /** {@return the samples to learn from, at least one} */
    public Samples training() {
        return training;
    }

    /** {@return the samples to judge by, at least one; null if there is no validation} */
    public @Nullable Samples validation() {
        return validation;
    }

    /** {@return where to train: the backend asked for, else {@link Backends#best()}} */
    public Backend backend() {
        return backend != null ? backend : Backends.best();
    }

    /** {@return how the session of the training is opened} */
    public SessionOptions options() {
        return options;
    }

    /** {@return who is told of progress; perhaps one that does nothing} */
    public TrainingListener listener() {
        return listener;
    }

    /** {@return what of the validation set is judged} */
    public Measure measure() {
        return measure;
    }
}
