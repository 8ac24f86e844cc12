package dev.samebits.gpu;

import dev.samebits.gpu.Plan.Optimize;

/**
 * The optimizers that remember, and plain descent on gradients that lie ready. Each parameter's gradient and moments lie at
 * the same distances from it.
 */
abstract class DeviceOptimizers extends DeviceGradients {
    /**
     * Numbers of the optimizers, as their kinds are counted: those between descent and RMSprop have a velocity, those above
     * it two moments.
     */
    static final int SGD = 0;
    static final int NESTEROV = 2;
    static final int RMSPROP = 3;

    int optimizer;
    float momentum;
    float beta1;
    /** 1 − β₁. */
    float rest1;
    float beta2;
    /** 1 − β₂. */
    float rest2;
    float epsilon;
    float correction;
    float shrinkage;
    /** How far a parameter's m and v are from it. */
    int firstMoments;
    int secondMoments;

    /** {@link Plan#optimize}. */
    void optimizePass() {
        for (int i = getGlobalId(); i < plan(Optimize.COUNT); i += getGlobalSize()) {
            optimize(plan(Optimize.PARAMETERS) + i);
        }
    }

    void optimize(int at) {
        if (params[STEP] == step) {
            move(at);
        }
    }

    void move(int at) {
        float lambda = 0f;
        float shrink = negativeZero;
        if (plan(Optimize.DECAYS) == 1) {
            lambda = weightDecay;
            shrink = -shrinkage;
        }
        float w = params[at];
        float g = fma(lambda, w, mul(clippedScale(), params[at + gradients]));
        if (optimizer == SGD) {
            params[at] = fma(-learningRate, g, w);
        }
        if (optimizer > SGD) {
            if (optimizer < RMSPROP) {
                params[at] = fma(-learningRate, velocity(at, g), w);
            }
        }
        if (optimizer == RMSPROP) {
            params[at] = fma(-learningRate, mul(g, inverseRoot(at, g)), w);
        }
        if (optimizer > RMSPROP) {
            float m = fma(beta1, params[at + firstMoments], mul(rest1, g));
            params[at + firstMoments] = m;
            params[at] = fma(-learningRate, mul(m, inverseRoot(at, g)), fma(shrink, w, w));
        }
    }

    float clippedScale() {
        float s = scale;
        if (plan(Optimize.CLIPPED) == 1) {
            s = work[plan(Optimize.SCALE)];
        }
        return s;
    }

    float velocity(int at, float g) {
        float m = fma(momentum, params[at + firstMoments], g);
        params[at + firstMoments] = m;
        if (optimizer == NESTEROV) {
            m = fma(momentum, m, g);
        }
        return m;
    }

    // 1 / (√v · correction + ε), after the gradient's square has gone into v.
    float inverseRoot(int at, float g) {
        float v = fma(beta2, params[at + secondMoments], mul(mul(rest2, g), g));
        params[at + secondMoments] = v;
        return inverse(fma(squareRoot(v), correction, epsilon));
    }
}
