package dev.samebits;

/**
 * One way to run the kernels: scalar, simd, opencl. Every backend gives the same bits. Stateless and thread-safe; found
 * through {@link Backends}. As text it is its name and its device, on one line.
 *
 * @since 0.1.0
 */
public interface Backend {
    /** {@return the name users choose it by, such as {@code simd}} */
    String name();

    /** {@return what it runs on, for people: such as {@code AVX-512, 16 lanes}} */
    String device();

    /** {@return the layer kernels, which work on the calling thread} */
    LayerKernels kernels();

    /**
     * Makes a network ready to predict. The caller closes the session.
     *
     * @param network to predict with
     * @param options its threads
     * @return an open session
     */
    InferenceSession open(Network network, SessionOptions options);

    /**
     * {@link #open(Network, SessionOptions)} on the caller's thread alone.
     *
     * @param network to predict with
     * @return an open session
     */
    default InferenceSession open(Network network) {
        return open(network, SessionOptions.defaults());
    }

    /**
     * Starts to train a network. The caller closes the session, which keeps what the optimizer remembers.
     *
     * @param network what training starts from
     * @param loss what is made small, of every output
     * @param optimizer how
     * @param options its threads
     * @return an open session
     * @throws IllegalArgumentException if the loss does not fit the network's output
     */
    TrainingSession train(Network network, Loss loss, Optimizer optimizer, SessionOptions options);

    /**
     * Starts to train a network whose outputs have losses of their own. The caller closes the session, which keeps what the
     * optimizer remembers.
     *
     * @param network what training starts from
     * @param objective what is made small
     * @param training how; clipping and dropout are for chains of layers whose loss has no weight
     * @param options its threads
     * @return an open session
     * @throws IllegalArgumentException if a loss does not fit its output, the network has nothing that it could learn, or
     *     the training is one that cannot be done
     */
    TrainingSession train(Network network, Objective objective, TrainingOptions training, SessionOptions options);

    /**
     * {@link #train(Network, Objective, TrainingOptions, SessionOptions)} by an optimizer alone.
     *
     * @param network what training starts from
     * @param objective what is made small
     * @param optimizer how
     * @param options its threads
     * @return an open session
     * @throws IllegalArgumentException if a loss does not fit its output, or the network has nothing that it could learn
     */
    default TrainingSession train(Network network, Objective objective, Optimizer optimizer, SessionOptions options) {
        return train(network, objective, TrainingOptions.of(optimizer), options);
    }

    /**
     * {@link #train(Network, Objective, Optimizer, SessionOptions)} by plain descent, {@link Optimizer#SGD}, on the caller's
     * thread alone.
     *
     * @param network what training starts from
     * @param objective what is made small
     * @return an open session
     * @throws IllegalArgumentException if a loss does not fit its output, or the network has nothing that it could learn
     */
    default TrainingSession train(Network network, Objective objective) {
        return train(network, objective, Optimizer.SGD, SessionOptions.defaults());
    }

    /**
     * Starts to train a network with more than an optimizer: clipped gradients, dropout.
     *
     * @param network what training starts from
     * @param loss what is made small
     * @param training how
     * @param options its threads
     * @return an open session
     * @throws IllegalArgumentException if the loss does not fit the network's output, or the training is one that this
     *     backend's sessions cannot do
     */
    default TrainingSession train(Network network, Loss loss, TrainingOptions training, SessionOptions options) {
        if (!training.isPlain()) {
            throw new IllegalArgumentException("train: the backend " + name() + " has optimizers alone, and cannot do "
                    + training + ": leave out clipping and dropout, or use another backend");
        }
        return train(network, loss, training.optimizer(), options);
    }

    /**
     * {@link #train(Network, Loss, Optimizer, SessionOptions)} by plain descent, {@link Optimizer#SGD}.
     *
     * @param network what training starts from
     * @param loss what is made small
     * @param options its threads
     * @return an open session
     * @throws IllegalArgumentException if the loss does not fit the network's output
     */
    default TrainingSession train(Network network, Loss loss, SessionOptions options) {
        return train(network, loss, Optimizer.SGD, options);
    }

    /**
     * {@link #train(Network, Loss, SessionOptions)} on the caller's thread alone.
     *
     * @param network what training starts from
     * @param loss what is made small
     * @return an open session
     * @throws IllegalArgumentException if the loss does not fit the network's output
     */
    default TrainingSession train(Network network, Loss loss) {
        return train(network, loss, SessionOptions.defaults());
    }
}
