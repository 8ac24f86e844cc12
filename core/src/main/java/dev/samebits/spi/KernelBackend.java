package dev.samebits.spi;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Optimizer;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;

/**
 * A backend whose sessions walk the layers and steps through its kernels, so that kernels alone make a backend.
 *
 * @since 0.1.0
 */
public abstract class KernelBackend implements Backend {
    /** For the backend that extends this. */
    protected KernelBackend() {}

    @Override
    public InferenceSession open(Network network, SessionOptions options) {
        if (network.isChain()) {
            return openChain(network, options);
        }
        ScaledChain scaled = ScaledChain.of(network);
        if (scaled != null) {
            InferenceSession layers = openChain(scaled.chain(), SessionOptions.defaults());
            if (layers instanceof AbstractInferenceSession direct) {
                return new StepInferenceSession(this, network, options,
                        new ScaledBlocks(kernels(), scaled, direct, options.threads()));
            }
            layers.close();
        }
        return new StepInferenceSession(this, network, options);
    }

    /**
     * Makes a chain ready to predict: what a backend overrides that has a faster session for layers one behind the other.
     * A network that scales numbers before or behind such layers uses it for them. Other networks go through its kernels,
     * step by step.
     *
     * @param network to predict with, {@linkplain Network#isChain a chain}
     * @param options its threads
     * @return an open session
     */
    protected InferenceSession openChain(Network network, SessionOptions options) {
        return new KernelInferenceSession(this, network, options);
    }

    @Override
    public TrainingSession train(Network network, Loss loss, Optimizer optimizer, SessionOptions options) {
        return train(network, loss, TrainingOptions.of(optimizer), options);
    }

    @Override
    public TrainingSession train(Network network, Loss loss, TrainingOptions training, SessionOptions options) {
        return train(network, Objective.of(network, loss), training, options);
    }

    @Override
    public TrainingSession train(
            Network network, Objective objective, TrainingOptions training, SessionOptions options) {
        objective.check(network);
        Objective.Term first = objective.terms().get(0);
        boolean chain = network.isChain() && first.weight() == 1 && training.batchNorm() == null;
        return chain ? trainChain(network, first.loss(), training, options)
                : new StepTrainingSession(this, network, objective, training, options);
    }

    /**
     * Starts to train a chain: what a backend overrides that has a faster session for layers one behind the other. Other
     * networks, losses with a weight, and batch normalisation go through its kernels, step by step.
     *
     * @param network what training starts from, {@linkplain Network#isChain a chain}
     * @param loss what is made small, which fits it
     * @param training how
     * @param options its threads
     * @return an open session
     * @throws IllegalArgumentException if the dropout does not fit the network's layers
     */
    protected TrainingSession trainChain(Network network, Loss loss, TrainingOptions training, SessionOptions options) {
        return new KernelTrainingSession(this, network, loss, training, options);
    }

    /** One line, such as {@code scalar (plain Java, the reference)}. */
    @Override
    public String toString() {
        return name() + " (" + device() + ")";
    }
}
