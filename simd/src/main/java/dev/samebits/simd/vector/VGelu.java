package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static dev.samebits.simd.vector.VGatedTail.DOWN;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.GatedTail;
import dev.samebits.arithmetic.Gelu;
import jdk.incubator.vector.FloatVector;

/** {@link Gelu}, lane by lane: the same operations in the same order. */
final class VGelu {
    // As integers, magnitudes are in the same order, and one instruction takes the smaller. A NaN becomes a number there.
    private static final int SATURATED_BITS = Float.floatToRawIntBits(Gelu.SATURATED);

    private VGelu() {}

    static FloatVector value(FloatVector x) {
        FloatVector c = x.abs().reinterpretAsInts().min(SATURATED_BITS).reinterpretAsFloats();
        FloatVector h = c.mul(-0.5f);
        FloatVector s = h.mul(c);
        FloatVector lifted = s.fma(Exp.LOG2_E, Exp.LIFTED);
        FloatVector r = lifted.sub(Exp.LIFTED).fma(broadcast(F, Exp.MINUS_LN2_HI), s).add(h.fma(c, s.neg()));
        FloatVector t = c.mul(r).fma(VExp.growth(r), c).div(lowered(c));
        t = t.mul(VExp.liftedPower(lifted));
        // Here a NaN comes back.
        return t.fma(broadcast(F, -GatedTail.LOWER), x.blend(-0f, x.compare(LT, 0f)));
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(Gelu.SATURATED, a.compare(GT, Gelu.SATURATED));
        FloatVector h = c.mul(-0.5f);
        FloatVector s = h.mul(c);
        FloatVector lifted = s.fma(Exp.LOG2_E, Exp.LIFTED);
        FloatVector r = lifted.sub(Exp.LIFTED).fma(broadcast(F, Exp.MINUS_LN2_HI), s).add(h.fma(c, s.neg()));
        FloatVector left = c.fma(broadcast(F, -Gelu.INV_SQRT_TWO_PI * GatedTail.LIFT), broadcast(F, 1f).div(lowered(c)));
        left = left.mul(r.fma(VExp.growth(r), broadcast(F, 1f)));
        left = left.mul(VExp.liftedPower(lifted));
        FloatVector right = left.fma(broadcast(F, -GatedTail.LOWER), broadcast(F, 1f));
        return right.blend(left.mul(GatedTail.LOWER), x.compare(LT, 0f));
    }

    private static FloatVector lowered(FloatVector c) {
        FloatVector n = c.fma(Gelu.N3 * DOWN, Gelu.N2 * DOWN).fma(c, broadcast(F, Gelu.N1 * DOWN));
        n = n.fma(c, broadcast(F, Gelu.N0 * DOWN));
        FloatVector m = c.fma(Gelu.M4, Gelu.M3).fma(c, broadcast(F, Gelu.M2)).fma(c, broadcast(F, Gelu.M1));
        m = m.fma(c, broadcast(F, Gelu.M0));
        return c.fma(n.div(m).add(Gelu.B * DOWN), broadcast(F, 2f * DOWN));
    }
}
