package dev.samebits.simd;

import dev.samebits.Activation;
import jdk.incubator.vector.FloatVector;

/**
 * {@code a = f(z)} over an array: whole vectors by the vector twins, the rest by the definition.
 *
 * <p>One loop per function on purpose: a loop that called its function through an interface would box every vector, and one
 * loop with all functions inside would be too large for C2 to inline them.
 */
final class ActivationValues {
    private ActivationValues() {}

    /** {@code a = f(z)} for {@code length} values; a may be z. Not for PReLU. */
    static void apply(Activation f, float[] z, int zAt, float[] a, int aAt, int length) {
        float p = f.first();
        float q = f.second();
        int whole = Lanes.F.loopBound(length);
        switch (f.kind()) {
            case IDENTITY -> System.arraycopy(z, zAt, a, aAt, whole);
            case LOGISTIC -> logistic(z, zAt, a, aAt, whole);
            case TANH -> tanh(z, zAt, a, aAt, whole);
            case LINEAR_LOGISTIC -> linearLogistic(z, zAt, a, aAt, whole, p, q);
            case HARD_LOGISTIC -> hardLogistic(z, zAt, a, aAt, whole, p, q);
            case HARD_TANH -> hardTanh(z, zAt, a, aAt, whole, p, q);
            case RELU -> relu(z, zAt, a, aAt, whole);
            case LEAKY_RELU -> leakyRelu(z, zAt, a, aAt, whole, p);
            case ELU -> elu(z, zAt, a, aAt, whole, p);
            case SOFTPLUS -> softplus(z, zAt, a, aAt, whole);
            case SWISH -> swish(z, zAt, a, aAt, whole, p);
            case GELU -> gelu(z, zAt, a, aAt, whole);
            case GELU_TANH -> geluTanh(z, zAt, a, aAt, whole);
            case GELU_LOGISTIC -> geluLogistic(z, zAt, a, aAt, whole);
            case SINE -> sine(z, zAt, a, aAt, whole);
            case PRELU -> throw new IllegalArgumentException("PReLU needs its slopes: use the overload that takes them");
        }
        for (int j = whole; j < length; j++) {
            a[aAt + j] = f.value(z[zAt + j]);
        }
    }

    /** One row of PReLU, {@code a_i = z_i < 0 ? γ_i z_i : z_i}. */
    static void prelu(float[] slopes, int slopesAt, float[] z, int zAt, float[] a, int aAt, int length) {
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VClips.leakyRelu(x, FloatVector.fromArray(Lanes.F, slopes, slopesAt + j)).intoArray(a, aAt + j);
        }
        for (; j < length; j++) {
            a[aAt + j] = Activation.PRELU.value(z[zAt + j], slopes[slopesAt + j]);
        }
    }

    private static void logistic(float[] z, int zAt, float[] a, int aAt, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VLogistic.value(x).intoArray(a, aAt + j);
        }
    }

    private static void tanh(float[] z, int zAt, float[] a, int aAt, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VTanh.value(x).intoArray(a, aAt + j);
        }
    }

    private static void linearLogistic(float[] z, int zAt, float[] a, int aAt, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VClips.linearLogistic(x, p, q).intoArray(a, aAt + j);
        }
    }

    private static void hardLogistic(float[] z, int zAt, float[] a, int aAt, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VClips.hardLogistic(x, p, q).intoArray(a, aAt + j);
        }
    }

    private static void hardTanh(float[] z, int zAt, float[] a, int aAt, int whole, float p, float q) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VClips.hardTanh(x, p, q).intoArray(a, aAt + j);
        }
    }

    private static void relu(float[] z, int zAt, float[] a, int aAt, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VClips.relu(x).intoArray(a, aAt + j);
        }
    }

    static void leakyRelu(float[] z, int zAt, float[] a, int aAt, int whole, float p) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VClips.leakyRelu(x, Lanes.all(p)).intoArray(a, aAt + j);
        }
    }

    private static void elu(float[] z, int zAt, float[] a, int aAt, int whole, float p) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VElu.value(x, p).intoArray(a, aAt + j);
        }
    }

    private static void softplus(float[] z, int zAt, float[] a, int aAt, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VSoftplus.value(x).intoArray(a, aAt + j);
        }
    }

    private static void swish(float[] z, int zAt, float[] a, int aAt, int whole, float p) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VSwish.value(x, p).intoArray(a, aAt + j);
        }
    }

    private static void gelu(float[] z, int zAt, float[] a, int aAt, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VGelu.value(x).intoArray(a, aAt + j);
        }
    }

    private static void geluTanh(float[] z, int zAt, float[] a, int aAt, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VGeluTanh.value(x).intoArray(a, aAt + j);
        }
    }

    private static void geluLogistic(float[] z, int zAt, float[] a, int aAt, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VGeluLogistic.value(x).intoArray(a, aAt + j);
        }
    }

    private static void sine(float[] z, int zAt, float[] a, int aAt, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, z, zAt + j);
            VSine.value(x).intoArray(a, aAt + j);
        }
    }
}
