package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Abs;
import dev.samebits.arithmetic.HardLogistic;
import dev.samebits.arithmetic.HardTanh;
import dev.samebits.arithmetic.LeakyRelu;
import dev.samebits.arithmetic.LinearLogistic;
import dev.samebits.arithmetic.Relu;
import dev.samebits.arithmetic.Softshrink;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Relu}, {@link LeakyRelu}, {@link HardTanh}, {@link HardLogistic}, {@link LinearLogistic}, {@link Softshrink} and
 * {@link Abs}, lane by lane.
 */
final class VClips {
    private VClips() {}

    static FloatVector relu(FloatVector x) {
        return x.blend(0f, x.compare(LT, 0f));
    }

    static FloatVector reluDerivative(FloatVector x) {
        return leakyReluDerivative(x, broadcast(F, 0f));
    }

    static FloatVector leakyRelu(FloatVector x, FloatVector gamma) {
        return x.blend(x.mul(gamma), x.compare(LT, 0f));
    }

    static FloatVector leakyReluDerivative(FloatVector x, FloatVector gamma) {
        FloatVector left = x.blend(gamma, x.compare(LE, 0f));
        return left.blend(1f, x.compare(GT, 0f));
    }

    static FloatVector hardTanh(FloatVector x, float min, float max) {
        FloatVector lower = broadcast(F, min);
        FloatVector upper = broadcast(F, max);
        FloatVector low = x.blend(lower, x.compare(LT, lower));
        return low.blend(upper, low.compare(GT, upper));
    }

    static FloatVector hardTanhDerivative(FloatVector x, float min, float max) {
        return between(x, min, max, 1f);
    }

    static FloatVector hardLogistic(FloatVector x, float slope, float shift) {
        return hardTanh(linearLogistic(x, slope, shift), 0f, 1f);
    }

    static FloatVector hardLogisticDerivative(FloatVector x, float slope, float shift) {
        return between(linearLogistic(x, slope, shift), 0f, 1f, slope);
    }

    static FloatVector linearLogistic(FloatVector x, float slope, float shift) {
        return x.fma(slope, shift);
    }

    static FloatVector linearLogisticDerivative(FloatVector x, float slope) {
        return x.blend(slope, x.compare(EQ, x));
    }

    static FloatVector softshrink(FloatVector x, float lambda) {
        FloatVector left = x.mul(0f).blend(x.add(lambda), x.compare(LT, -lambda));
        return left.blend(x.sub(lambda), x.compare(GT, lambda));
    }

    static FloatVector softshrinkDerivative(FloatVector x, float lambda) {
        FloatVector y = x.blend(0f, x.compare(EQ, x)).blend(1f, x.compare(LT, -lambda));
        return y.blend(1f, x.compare(GT, lambda));
    }

    static FloatVector abs(FloatVector x) {
        return x.abs();
    }

    static FloatVector absDerivative(FloatVector x) {
        return x.blend(-1f, x.compare(LT, 0f)).blend(1f, x.compare(GT, 0f));
    }

    /** {@code inside} strictly between the bounds, 0 at and beyond them; NaN gives NaN. */
    private static FloatVector between(FloatVector x, float min, float max, float inside) {
        FloatVector y = x.blend(inside, x.compare(EQ, x));
        y = y.blend(0f, x.compare(LE, min));
        return y.blend(0f, x.compare(GE, max));
    }
}
