package dev.samebits;

import java.util.Objects;

/**
 * The numbers of one step of an {@link Optimizer}, the same for all parameters; it counts the steps. A session has one of
 * its own, makes it {@link #advance}, and hands it to {@link LayerKernels#optimize}. Not thread-safe: many threads may read
 * it while none makes it advance.
 *
 * <p>α, λ and the scale are as they were given. What Adam corrects its moments by is computed in double and rounded once:
 * the powers {@code p₁ = β₁ᵗ} and {@code p₂ = β₂ᵗ} start at 1 and are multiplied by β₁ and β₂ in each step; then
 * {@code rate = (float) (α / (1 − p₁))} and {@code correction = (float) (1 / √(1 − p₂))}.
 *
 * @since 0.1.0
 */
public final class OptimizerStep {
    private final Optimizer optimizer;
    private double power1 = 1;
    private double power2 = 1;
    private float rate;
    private float scale;
    private float weightDecay;
    private float shrinkage;
    private float correction = 1;

    /**
     * Before the first step.
     *
     * @param optimizer whose steps are counted
     */
    public OptimizerStep(Optimizer optimizer) {
        this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
    }

    /**
     * Goes on to the next step.
     *
     * @param learningRate α
     * @param scale s, 1/N for the mean over N samples
     * @param lambda λ
     */
    public void advance(float learningRate, float scale, float lambda) {
        boolean decoupled = optimizer.kind() == Optimizer.Kind.ADAMW;
        this.scale = scale;
        weightDecay = decoupled ? 0 : lambda;
        shrinkage = decoupled ? learningRate * lambda : 0;
        rate = learningRate;
        if (optimizer.kind() == Optimizer.Kind.ADAM || decoupled) {
            power1 *= optimizer.beta1();
            power2 *= optimizer.beta2();
            rate = (float) (learningRate / (1 - power1));
            correction = (float) (1 / Math.sqrt(1 - power2));
        }
    }

    /** {@return whose steps these are} */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** {@return α; for Adam α / (1 − β₁ᵗ)} */
    public float rate() {
        return rate;
    }

    /** {@return s, by which sums of gradients become means} */
    public float scale() {
        return scale;
    }

    /** {@return λ where it is part of the gradient, else 0} */
    public float weightDecay() {
        return weightDecay;
    }

    /** {@return αλ where the decay is apart from the gradient, as AdamW's is, else 0} */
    public float shrinkage() {
        return shrinkage;
    }

    /** {@return 1 / √(1 − β₂ᵗ) for Adam, else 1} */
    public float correction() {
        return correction;
    }
}
