package dev.samebits.simd.vector;

import dev.samebits.Activation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@code a = f(z)} over an array: whole vectors by the vector twins, the rest by the definition.
 *
 * <p>One loop per function on purpose: a loop that called its function through an interface would box every vector, and one
 * loop with all functions inside would be too large for C2 to inline them. They are called through {@link Unseen}.
 */
public final class ActivationValues {
    private static final MethodHandle[] LOOPS = Unseen.loops(MethodHandles.lookup(), MethodType.methodType(void.class,
            float[].class, int.class, float[].class, int.class, int.class, float.class, float.class));

    private ActivationValues() {}

    /** {@code a = f(z)} for {@code length} values; a may be z. Not for PReLU. */
    public static void apply(Activation f, float[] z, int zOffset, float[] a, int aOffset, int length) {
        int whole = Lanes.F.loopBound(length);
        MethodHandle loop = LOOPS[f.kind().ordinal()];
        if (loop == null) {
            throw new IllegalArgumentException("PReLU needs its slopes: use the overload that takes them");
        }
        try {
            loop.invokeExact(z, zOffset, a, aOffset, whole, f.first(), f.second());
        } catch (Throwable t) {
            throw Unseen.thrown(t);
        }
        for (int j = whole; j < length; j++) {
            a[aOffset + j] = f.value(z[zOffset + j]);
        }
    }

    /** One row of PReLU, {@code a_i = z_i < 0 ? γ_i z_i : z_i}; {@link VClips#leakyRelu} written out, see {@link VExp}. */
    public static void prelu(float[] slopes, int slopesOffset, float[] z, int zOffset, float[] a, int aOffset, int length) {
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            FloatVector left = x.mul(FloatVector.fromArray(Lanes.F, slopes, slopesOffset + j));
            x.blend(left, x.compare(VectorOperators.LT, 0)).intoArray(a, aOffset + j);
        }
        for (; j < length; j++) {
            a[aOffset + j] = Activation.PRELU.value(z[zOffset + j], slopes[slopesOffset + j]);
        }
    }

    private static void identity(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        System.arraycopy(z, zOffset, a, aOffset, whole);
    }

    private static void logistic(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        VLogistic.values(z, zOffset, a, aOffset, whole);
    }

    private static void tanh(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VTanh.value(x).intoArray(a, aOffset + j);
        }
    }

    private static void linearLogistic(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VClips.linearLogistic(x, p, q).intoArray(a, aOffset + j);
        }
    }

    private static void hardLogistic(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VClips.hardLogistic(x, p, q).intoArray(a, aOffset + j);
        }
    }

    private static void hardTanh(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VClips.hardTanh(x, p, q).intoArray(a, aOffset + j);
        }
    }

    private static void relu(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VClips.relu(x).intoArray(a, aOffset + j);
        }
    }

    private static void leakyRelu(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VClips.leakyRelu(x, FloatVector.broadcast(Lanes.F, p)).intoArray(a, aOffset + j);
        }
    }

    private static void elu(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VElu.value(x, p).intoArray(a, aOffset + j);
        }
    }

    private static void softplus(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VSoftplus.value(x).intoArray(a, aOffset + j);
        }
    }

    private static void swish(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VSwish.value(x, p).intoArray(a, aOffset + j);
        }
    }

    private static void gelu(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VGelu.value(x).intoArray(a, aOffset + j);
        }
    }

    private static void geluTanh(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VGeluTanh.value(x).intoArray(a, aOffset + j);
        }
    }

    private static void geluLogistic(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VGeluLogistic.value(x).intoArray(a, aOffset + j);
        }
    }

    private static void sine(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VSine.value(x).intoArray(a, aOffset + j);
        }
    }

    private static void hardSwish(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VHardSwish.value(x).intoArray(a, aOffset + j);
        }
    }

    private static void mish(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VMish.value(x).intoArray(a, aOffset + j);
        }
    }

    private static void softsign(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VSoftsign.value(x).intoArray(a, aOffset + j);
        }
    }

    private static void logLogistic(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VLogLogistic.value(x).intoArray(a, aOffset + j);
        }
    }

    private static void softshrink(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VClips.softshrink(x, p).intoArray(a, aOffset + j);
        }
    }

    private static void abs(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VClips.abs(x).intoArray(a, aOffset + j);
        }
    }

    private static void square(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VPowers.square(x).intoArray(a, aOffset + j);
        }
    }

    private static void exp(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VExp.exp(x).intoArray(a, aOffset + j);
        }
    }

    private static void sqrt(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VPowers.sqrt(x).intoArray(a, aOffset + j);
        }
    }

    private static void reciprocal(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VPowers.reciprocal(x).intoArray(a, aOffset + j);
        }
    }

    private static void cosine(float[] z, int zOffset, float[] a, int aOffset, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zOffset + j);
            VSine.derivative(x).intoArray(a, aOffset + j);
        }
    }
}
