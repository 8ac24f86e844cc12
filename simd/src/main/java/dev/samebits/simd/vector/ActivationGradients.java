package dev.samebits.simd.vector;

import dev.samebits.Activation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@code dz = f'(z) ⊙ da} over an array: whole vectors by the vector twins, the rest by the definition.
 *
 * <p>One loop per function on purpose: a loop that called its function through an interface would box every vector, and one
 * loop with all functions inside would be too large for C2 to inline them. They are called through {@link Unseen}.
 */
public final class ActivationGradients {
    private static final MethodHandle[] LOOPS = Unseen.loops(MethodHandles.lookup(), MethodType.methodType(void.class,
            float[].class, int.class, float[].class, int.class, float[].class, int.class, int.class, float.class,
            float.class));

    private ActivationGradients() {}

    /** {@code dz = f'(z) · da} for {@code length} values; dz may be da. Not for PReLU. */
    public static void apply(Activation f, float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset,
            int length) {
        int whole = Lanes.F.loopBound(length);
        MethodHandle loop = LOOPS[f.kind().ordinal()];
        if (loop == null) {
            throw new IllegalArgumentException("PReLU needs its slopes: use the overload that takes them");
        }
        try {
            loop.invokeExact(z, zOffset, da, daOffset, dz, dzOffset, whole, f.first(), f.second());
        } catch (Throwable t) {
            throw Unseen.thrown(t);
        }
        for (int j = whole; j < length; j++) {
            dz[dzOffset + j] = f.derivative(z[zOffset + j]) * da[daOffset + j];
        }
    }

    /** One row of PReLU's gradient; {@link VClips#leakyReluDerivative} written out, see {@link VExp}. */
    public static void prelu(float[] slopes, int slopesOffset, float[] z, int zOffset, float[] da, int daOffset, float[] dz,
            int dzOffset, int length) {
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector gamma = FloatVector.fromArray(Lanes.F, slopes, slopesOffset + j);
            FloatVector slope = x.blend(gamma, x.compare(VectorOperators.LE, 0)).blend(1, x.compare(VectorOperators.GT, 0));
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
        for (; j < length; j++) {
            dz[dzOffset + j] = Activation.PRELU.derivative(z[zOffset + j], slopes[slopesOffset + j]) * da[daOffset + j];
        }
    }

    private static void identity(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        System.arraycopy(da, daOffset, dz, dzOffset, whole);
    }

    private static void logistic(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VLogistic.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void tanh(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole, float p,
            float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VTanh.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void linearLogistic(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VClips.linearLogisticDerivative(x, p);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void hardLogistic(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VClips.hardLogisticDerivative(x, p, q);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void hardTanh(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VClips.hardTanhDerivative(x, p, q);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void relu(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole, float p,
            float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VClips.reluDerivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void leakyRelu(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VClips.leakyReluDerivative(x, FloatVector.broadcast(Lanes.F, p));
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void elu(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole, float p,
            float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VElu.derivative(x, p);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void softplus(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VSoftplus.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void swish(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole, float p,
            float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VSwish.derivative(x, p);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void gelu(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole, float p,
            float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VGelu.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void geluTanh(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VGeluTanh.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void geluLogistic(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VGeluLogistic.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void sine(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole, float p,
            float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VSine.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void hardSwish(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VHardSwish.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void mish(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole, float p,
            float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VMish.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void softsign(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VSoftsign.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void logLogistic(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VLogLogistic.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void softshrink(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VClips.softshrinkDerivative(x, p);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void abs(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole, float p,
            float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VClips.absDerivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void square(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VPowers.squareDerivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void exp(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole, float p,
            float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VExp.exp(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void sqrt(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole, float p,
            float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VPowers.sqrtDerivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void reciprocal(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VPowers.reciprocalDerivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void cosine(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VSine.value(x).neg();
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }

    private static void log(float[] z, int zOffset, float[] da, int daOffset, float[] dz, int dzOffset, int whole,
            float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector slope = VLog.derivative(x);
            slope.mul(FloatVector.fromArray(Lanes.F, da, daOffset + j)).intoArray(dz, dzOffset + j);
        }
    }
}
