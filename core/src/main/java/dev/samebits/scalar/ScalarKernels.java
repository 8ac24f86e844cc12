package dev.samebits.scalar;

import dev.samebits.Activation;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.arithmetic.Softmax;
import dev.samebits.spi.AbstractLayerKernels;
import org.jspecify.annotations.Nullable;

/**
 * The definition: docs/arithmetic.md as Java, one plain loop per output, written to be read. Every other backend is judged
 * by it, bit for bit.
 */
public class ScalarKernels extends AbstractLayerKernels {
    @Override
    protected void doMatvec(Matrix w, float[] b, float[] x, float[] z) {
        for (int i = 0; i < w.rows(); i++) {
            float sum = b[i];
            for (int j = 0; j < w.columns(); j++) {
                sum = Math.fma(w.data()[w.rowOffset(i) + j], x[j], sum);
            }
            z[i] = sum;
        }
    }

    @Override
    protected void doAffine(Matrix x, Matrix w, float[] b, Matrix z) {
        for (int n = 0; n < x.rows(); n++) {
            for (int i = 0; i < w.rows(); i++) {
                float sum = b[i];
                for (int j = 0; j < w.columns(); j++) {
                    sum = Math.fma(w.data()[w.rowOffset(i) + j], x.data()[x.rowOffset(n) + j], sum);
                }
                z.data()[z.rowOffset(n) + i] = sum;
            }
        }
    }

    @Override
    protected void doActivate(Activation f, float @Nullable [] slopes, Matrix z, Matrix a) {
        boolean prelu = f.kind() == Activation.Kind.PRELU;
        for (int n = 0; n < z.rows(); n++) {
            for (int i = 0; i < z.columns(); i++) {
                a.data()[a.rowOffset(n) + i] = f.value(z.data()[z.rowOffset(n) + i], prelu ? slopes[i] : 0);
            }
        }
    }

    @Override
    protected void doActivationGradient(Activation f, float @Nullable [] slopes, Matrix z, Matrix da, Matrix dz) {
        boolean prelu = f.kind() == Activation.Kind.PRELU;
        for (int n = 0; n < z.rows(); n++) {
            for (int i = 0; i < z.columns(); i++) {
                float derivative = f.derivative(z.data()[z.rowOffset(n) + i], prelu ? slopes[i] : 0);
                dz.data()[dz.rowOffset(n) + i] = derivative * da.data()[da.rowOffset(n) + i];
            }
        }
    }

    @Override
    protected void doSlopeGradient(Matrix z, Matrix da, float[] dslopes) {
        for (int i = 0; i < z.columns(); i++) {
            for (int n = 0; n < z.rows(); n++) {
                float net = z.data()[z.rowOffset(n) + i];
                // min(0, z) that lets NaN through.
                float negative = net > 0 ? 0 : net;
                dslopes[i] = Math.fma(da.data()[da.rowOffset(n) + i], negative, dslopes[i]);
            }
        }
    }

    @Override
    protected void doMaxout(int pieces, Matrix z, Matrix a) {
        for (int n = 0; n < a.rows(); n++) {
            for (int i = 0; i < a.columns(); i++) {
                a.data()[a.rowOffset(n) + i] = z.data()[z.rowOffset(n) + winner(pieces, a.columns(), z, n, i)];
            }
        }
    }

    @Override
    protected void doMaxoutGradient(int pieces, Matrix z, Matrix da, Matrix dz) {
        for (int n = 0; n < da.rows(); n++) {
            for (int i = 0; i < da.columns(); i++) {
                int winner = winner(pieces, da.columns(), z, n, i);
                for (int column = i; column < z.columns(); column += da.columns()) {
                    dz.data()[dz.rowOffset(n) + column] = column == winner ? da.data()[da.rowOffset(n) + i] : 0;
                }
            }
        }
    }

    // Column of the first largest piece of output i, or of the first NaN.
    private static int winner(int pieces, int outputs, Matrix z, int n, int i) {
        int winner = i;
        for (int k = 1; k < pieces; k++) {
            float best = z.data()[z.rowOffset(n) + winner];
            float next = z.data()[z.rowOffset(n) + k * outputs + i];
            boolean nextIsNaN = next != next && best == best;
            winner = next > best || nextIsNaN ? k * outputs + i : winner;
        }
        return winner;
    }

    @Override
    protected void doBackpropagate(Matrix dz, Matrix w, Matrix dx) {
        for (int n = 0; n < dz.rows(); n++) {
            for (int j = 0; j < w.columns(); j++) {
                float sum = 0;
                for (int i = 0; i < w.rows(); i++) {
                    sum = Math.fma(w.data()[w.rowOffset(i) + j], dz.data()[dz.rowOffset(n) + i], sum);
                }
                dx.data()[dx.rowOffset(n) + j] = sum;
            }
        }
    }

    @Override
    protected void doOuterProductGradient(Matrix dz, Matrix x, Matrix dw) {
        for (int i = 0; i < dw.rows(); i++) {
            for (int j = 0; j < dw.columns(); j++) {
                float sum = dw.data()[dw.rowOffset(i) + j];
                for (int n = 0; n < x.rows(); n++) {
                    sum = Math.fma(dz.data()[dz.rowOffset(n) + i], x.data()[x.rowOffset(n) + j], sum);
                }
                dw.data()[dw.rowOffset(i) + j] = sum;
            }
        }
    }

    @Override
    protected void doBiasGradient(Matrix dz, float[] db) {
        for (int i = 0; i < dz.columns(); i++) {
            for (int n = 0; n < dz.rows(); n++) {
                db[i] += dz.data()[dz.rowOffset(n) + i];
            }
        }
    }

    @Override
    protected void doUpdate(Matrix w, Matrix dw, float learningRate, float scale, float weightDecay) {
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                float old = w.data()[w.rowOffset(i) + j];
                float gradient = Math.fma(weightDecay, old, scale * dw.data()[dw.rowOffset(i) + j]);
                w.data()[w.rowOffset(i) + j] = Math.fma(-learningRate, gradient, old);
            }
        }
    }

    @Override
    protected void doOptimize(OptimizerStep step, boolean decays, Matrix w, Matrix dw, @Nullable Matrix m,
            @Nullable Matrix v) {
        float lambda = decays ? step.weightDecay() : 0;
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                float old = w.get(i, j);
                float gradient = Math.fma(lambda, old, step.scale() * dw.get(i, j));
                w.set(i, j, switch (step.optimizer().kind()) {
                    case SGD -> Math.fma(-step.rate(), gradient, old);
                    case MOMENTUM, NESTEROV -> withVelocity(step, old, gradient, m, i, j);
                    case RMSPROP -> Math.fma(-step.rate(), gradient * reciprocalRoot(step, gradient, v, i, j), old);
                    case ADAM, ADAMW -> adam(step, decays, old, gradient, m, v, i, j);
                });
            }
        }
    }

    private static float withVelocity(OptimizerStep step, float old, float gradient, Matrix m, int i, int j) {
        float momentum = step.optimizer().momentum();
        float velocity = Math.fma(momentum, m.get(i, j), gradient);
        m.set(i, j, velocity);
        boolean ahead = step.optimizer().kind() == Optimizer.Kind.NESTEROV;
        return Math.fma(-step.rate(), ahead ? Math.fma(momentum, velocity, gradient) : velocity, old);
    }

    private static float adam(
            OptimizerStep step, boolean decays, float old, float gradient, Matrix m, Matrix v, int i, int j) {
        float beta1 = step.optimizer().beta1();
        float mean = Math.fma(beta1, m.get(i, j), (1 - beta1) * gradient);
        m.set(i, j, mean);
        float direction = mean * reciprocalRoot(step, gradient, v, i, j);
        float shrunk = Math.fma(decays ? -step.shrinkage() : -0f, old, old);
        return Math.fma(-step.rate(), direction, shrunk);
    }

    // 1 / (√v · correction + ε), after the gradient's square has gone into v.
    private static float reciprocalRoot(OptimizerStep step, float gradient, Matrix v, int i, int j) {
        float beta2 = step.optimizer().beta2();
        float square = Math.fma(beta2, v.get(i, j), (1 - beta2) * gradient * gradient);
        v.set(i, j, square);
        return 1 / Math.fma((float) Math.sqrt(square), step.correction(), step.optimizer().epsilon());
    }

    @Override
    protected void doSoftmax(Matrix z, Matrix y) {
        for (int n = 0; n < z.rows(); n++) {
            Softmax.softmax(z.data(), z.rowOffset(n), y.data(), y.rowOffset(n), z.columns());
        }
    }

    @Override
    protected void doLogSoftmax(Matrix z, Matrix y) {
        for (int n = 0; n < z.rows(); n++) {
            Softmax.logSoftmax(z.data(), z.rowOffset(n), y.data(), y.rowOffset(n), z.columns());
        }
    }

    @Override
    protected void doLossGradient(Loss loss, Matrix in, Matrix targets, Matrix d, float[] losses) {
        for (int n = 0; n < in.rows(); n++) {
            losses[n] = loss.row(in.data(), in.rowOffset(n), targets.data(), targets.rowOffset(n), d.data(), d.rowOffset(n),
                    in.columns());
        }
    }
}
