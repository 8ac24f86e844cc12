package dev.samebits.simd.kernel;

import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * Steps of the optimizers that remember: one pass over parameters, gradients and moments, whole vectors first, then the
 * definition's scalar code.
 */
public final class MomentUpdate {
    private MomentUpdate() {}

    /**
     * {@code LayerKernels.optimize} of parameters that lie side by side, by another optimizer than plain descent.
     *
     * @param decays whether the weight decay acts
     * @param m first moments; never read if the optimizer has none
     * @param v second moments; never read if the optimizer has none
     */
    public static void apply(OptimizerStep step, boolean decays, float[] w, int wOffset, float[] dw, int dwOffset, float[] m,
            int mOffset, float[] v, int vOffset, int length) {
        switch (step.optimizer().kind()) {
            case SGD -> throw new IllegalArgumentException("plain descent remembers nothing");
            case MOMENTUM -> momentum(step, decays, false, w, wOffset, dw, dwOffset, m, mOffset, length);
            case NESTEROV -> momentum(step, decays, true, w, wOffset, dw, dwOffset, m, mOffset, length);
            case RMSPROP -> rmsprop(step, decays, w, wOffset, dw, dwOffset, v, vOffset, length);
            case ADAM, ADAMW -> adam(step, decays, w, wOffset, dw, dwOffset, m, mOffset, v, vOffset, length);
        }
    }

    private static float lambda(OptimizerStep step, boolean decays) {
        return decays ? step.weightDecay() : 0;
    }

    private static FloatVector of(float value) {
        return FloatVector.broadcast(Lanes.F, value);
    }

    // Nesterov's looks a step ahead.
    private static void momentum(OptimizerStep step, boolean decays, boolean ahead, float[] w, int wOffset, float[] dw,
            int dwOffset, float[] m, int mOffset, int length) {
        FloatVector minusRate = of(-step.rate());
        FloatVector s = of(step.scale());
        FloatVector lambda = of(lambda(step, decays));
        FloatVector mu = of(step.optimizer().momentum());
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            FloatVector old = FloatVector.fromArray(Lanes.F, w, wOffset + j);
            FloatVector gradient = lambda.fma(old, s.mul(FloatVector.fromArray(Lanes.F, dw, dwOffset + j)));
            FloatVector velocity = mu.fma(FloatVector.fromArray(Lanes.F, m, mOffset + j), gradient);
            velocity.intoArray(m, mOffset + j);
            // Each to its end: a vector that is one of two is now and then made an object.
            if (ahead) {
                minusRate.fma(mu.fma(velocity, gradient), old).intoArray(w, wOffset + j);
            } else {
                minusRate.fma(velocity, old).intoArray(w, wOffset + j);
            }
        }
        float momentum = step.optimizer().momentum();
        for (; j < length; j++) {
            float old = w[wOffset + j];
            float gradient = Math.fma(lambda(step, decays), old, step.scale() * dw[dwOffset + j]);
            float velocity = Math.fma(momentum, m[mOffset + j], gradient);
            m[mOffset + j] = velocity;
            w[wOffset + j] = Math.fma(-step.rate(), ahead ? Math.fma(momentum, velocity, gradient) : velocity, old);
        }
    }

    private static void rmsprop(OptimizerStep step, boolean decays, float[] w, int wOffset, float[] dw, int dwOffset,
            float[] v, int vOffset, int length) {
        Optimizer optimizer = step.optimizer();
        FloatVector minusRate = of(-step.rate());
        FloatVector s = of(step.scale());
        FloatVector lambda = of(lambda(step, decays));
        FloatVector beta2 = of(optimizer.beta2());
        FloatVector rest2 = of(1 - optimizer.beta2());
        FloatVector correction = of(step.correction());
        FloatVector epsilon = of(optimizer.epsilon());
        FloatVector one = of(1);
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            FloatVector old = FloatVector.fromArray(Lanes.F, w, wOffset + j);
            FloatVector gradient = lambda.fma(old, s.mul(FloatVector.fromArray(Lanes.F, dw, dwOffset + j)));
            FloatVector square = beta2.fma(FloatVector.fromArray(Lanes.F, v, vOffset + j),
                    rest2.mul(gradient).mul(gradient));
            square.intoArray(v, vOffset + j);
            FloatVector reciprocal = one.div(square.sqrt().fma(correction, epsilon));
            minusRate.fma(gradient.mul(reciprocal), old).intoArray(w, wOffset + j);
        }
        for (; j < length; j++) {
            float old = w[wOffset + j];
            float gradient = Math.fma(lambda(step, decays), old, step.scale() * dw[dwOffset + j]);
            float reciprocal = reciprocalRoot(step, gradient, v, vOffset + j);
            w[wOffset + j] = Math.fma(-step.rate(), gradient * reciprocal, old);
        }
    }

    private static void adam(OptimizerStep step, boolean decays, float[] w, int wOffset, float[] dw, int dwOffset, float[] m,
            int mOffset, float[] v, int vOffset, int length) {
        Optimizer optimizer = step.optimizer();
        float minusShrinkage = decays ? -step.shrinkage() : -0f;
        FloatVector minusRate = of(-step.rate());
        FloatVector shrink = of(minusShrinkage);
        FloatVector s = of(step.scale());
        FloatVector lambda = of(lambda(step, decays));
        FloatVector beta1 = of(optimizer.beta1());
        FloatVector rest1 = of(1 - optimizer.beta1());
        FloatVector beta2 = of(optimizer.beta2());
        FloatVector rest2 = of(1 - optimizer.beta2());
        FloatVector correction = of(step.correction());
        FloatVector epsilon = of(optimizer.epsilon());
        FloatVector one = of(1);
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            FloatVector old = FloatVector.fromArray(Lanes.F, w, wOffset + j);
            FloatVector gradient = lambda.fma(old, s.mul(FloatVector.fromArray(Lanes.F, dw, dwOffset + j)));
            FloatVector mean = beta1.fma(FloatVector.fromArray(Lanes.F, m, mOffset + j), rest1.mul(gradient));
            FloatVector square = beta2.fma(FloatVector.fromArray(Lanes.F, v, vOffset + j),
                    rest2.mul(gradient).mul(gradient));
            mean.intoArray(m, mOffset + j);
            square.intoArray(v, vOffset + j);
            FloatVector reciprocal = one.div(square.sqrt().fma(correction, epsilon));
            minusRate.fma(mean.mul(reciprocal), shrink.fma(old, old)).intoArray(w, wOffset + j);
        }
        for (; j < length; j++) {
            float old = w[wOffset + j];
            float gradient = Math.fma(lambda(step, decays), old, step.scale() * dw[dwOffset + j]);
            float mean = Math.fma(optimizer.beta1(), m[mOffset + j], (1 - optimizer.beta1()) * gradient);
            m[mOffset + j] = mean;
            float direction = mean * reciprocalRoot(step, gradient, v, vOffset + j);
            w[wOffset + j] = Math.fma(-step.rate(), direction, Math.fma(minusShrinkage, old, old));
        }
    }

    private static float reciprocalRoot(OptimizerStep step, float gradient, float[] v, int at) {
        float beta2 = step.optimizer().beta2();
        v[at] = Math.fma(beta2, v[at], (1 - beta2) * gradient * gradient);
        return 1 / Math.fma((float) Math.sqrt(v[at]), step.correction(), step.optimizer().epsilon());
    }
}
