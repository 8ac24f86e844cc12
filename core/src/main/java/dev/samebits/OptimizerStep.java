package dev.samebits;

/**
 * The numbers of one step of an {@link Optimizer}, the same for all parameters; it counts the steps. A session has one of
 * its own, makes it {@link #advance}, and hands it to {@link LayerKernels#optimize}. Not thread-safe: many threads may read
 * it while none makes it advance.
 *
 * <p>α, λ and the scale are as they were given. What Adam corrects its moments by is computed in double and rounded once:
 * the powers {@code p₁ = β₁ᵗ} and {@code p₂ = β₂ᵗ} start at 1 and are multiplied by β₁ and β₂ in each step; then
 * {@code rate = (float) (α / (1 − p₁))} and {@code correction = (float) (1 / √(1 − p₂))}.
 *
 * <p>Where gradients are clipped, {@link #clip} makes the scale smaller, once the gradient is known and before parameters
 * move.
 *
 * @since 0.1.0
 */
public final class OptimizerStep {
    private final Optimizer optimizer;
    private final float clipNorm;
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
        this(TrainingOptions.of(optimizer));
    }

    /**
     * Before the first step.
     *
     * @param options with the optimizer whose steps are counted, and the length that gradients have at most
     */
    public OptimizerStep(TrainingOptions options) {
        optimizer = options.optimizer();
        clipNorm = options.clipNorm();
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

    /**
     * How far it has come: all that a next step depends on besides its own numbers.
     *
     * @param state takes it, or gives it
     */
    public void exchange(StateExchange state) {
        power1 = state.number("optimizer power of beta1", power1);
        power2 = state.number("optimizer power of beta2", power2);
    }

    /** {@return whether gradients are clipped, so that {@link #clip} must be called before parameters move} */
    public boolean clips() {
        return clipNorm != TrainingOptions.UNCLIPPED;
    }

    /**
     * What sums of gradients are multiplied by before their squares are added up.
     *
     * @return {@code k = s / c}, with the length c to clip to: it makes the mean gradient, in units of c, of its sum
     */
    public float unit() {
        return scale / clipNorm;
    }

    /**
     * Makes the scale smaller if the gradient is too long: {@code s ← s · f}, where {@code f = clipFactor(q)}.
     *
     * @param squares q, the square of the gradient's length in units of the length to clip to
     */
    public void clip(float squares) {
        scale *= clipFactor(squares);
    }

    /**
     * What makes a gradient as long as it may be.
     *
     * @param squares q, the square of its length in units of the length to clip to
     * @return 1 if q is at most 1, {@code 1 / √q} (two roundings) if it is larger, NaN if it is infinite or NaN
     */
    public static float clipFactor(float squares) {
        if (squares <= 1) {
            return 1;
        }
        return squares <= Float.MAX_VALUE ? 1 / (float) Math.sqrt(squares) : Float.NaN;
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
