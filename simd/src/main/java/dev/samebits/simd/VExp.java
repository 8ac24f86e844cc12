package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Exp;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link Exp}, lane by lane: the same operations in the same order.
 *
 * <p>In this class and its neighbours the methods are long and hardly call each other, and constants are ready vectors
 * instead of broadcasts. The compiler counts the nodes of everything it has inlined into a loop, and beyond its limit
 * it still inlines the Vector API but no method of ours: every vector that crosses such a call is an object on the
 * heap, and the loop ten times slower. For the same reason such calls stand first in a method.
 */
final class VExp {

    private static final FloatVector HIGHEST = Lanes.all(Exp.HIGHEST);
    static final FloatVector LOWEST = Lanes.all(Exp.LOWEST);
    private static final FloatVector EXPM1_HIGHEST = Lanes.all(Exp.EXPM1_HIGHEST);
    private static final FloatVector EXPM1_LOWEST = Lanes.all(Exp.EXPM1_LOWEST);
    static final FloatVector LOG2_E = Lanes.all(Exp.LOG2_E);
    static final FloatVector ROUNDER = Lanes.all(Exp.ROUNDER);
    static final FloatVector MINUS_LN2_HI = Lanes.all(Exp.MINUS_LN2_HI);
    static final FloatVector MINUS_LN2_LO = Lanes.all(Exp.MINUS_LN2_LO);
    static final FloatVector Q0 = Lanes.all(Exp.Q0);
    static final FloatVector Q1 = Lanes.all(Exp.Q1);
    static final FloatVector Q2 = Lanes.all(Exp.Q2);
    static final FloatVector Q3 = Lanes.all(Exp.Q3);
    static final FloatVector Q4 = Lanes.all(Exp.Q4);
    static final FloatVector ZERO = Lanes.all(0f);
    static final FloatVector ONE = Lanes.all(1f);
    private static final IntVector ROUNDER_BITS = IntVector.broadcast(Lanes.I, Exp.ROUNDER_BITS);
    private static final IntVector BIAS = IntVector.broadcast(Lanes.I, Exp.BIAS);

    /** A power of two that keeps {@code 2^n} normal for every n of a negative argument, and its reciprocal. */
    private static final int LIFT = 64;
    static final IntVector LIFTED_BIAS = IntVector.broadcast(Lanes.I, Exp.BIAS + LIFT);
    static final FloatVector LOWER = Lanes.all(0x1p-64f);

    private VExp() {
    }

    static FloatVector exp(FloatVector x) {
        FloatVector c = x.blend(HIGHEST, x.compare(GT, HIGHEST));
        c = c.blend(LOWEST, c.compare(LT, LOWEST));
        FloatVector shifted = c.fma(LOG2_E, ROUNDER);
        FloatVector m = reduced(c, ZERO, shifted);
        IntVector bits = shifted.reinterpretAsInts();
        IntVector half = bits.sub(ROUNDER_BITS).lanewise(ASHR, 1);
        FloatVector first = half.add(BIAS).lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
        FloatVector second = bits.sub(half).add(BIAS).lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
        return m.mul(first).mul(second);
    }

    /**
     * {@code Exp.exp(hi, lo)} for {@code hi <= 0} and NaN. The power of two is split in another way, which gives the
     * same bits: the first product is exact in both, and the second rounds the same number.
     */
    static FloatVector expOfNegative(FloatVector hi, FloatVector lo) {
        FloatVector c = hi.blend(LOWEST, hi.compare(LT, LOWEST));
        FloatVector shifted = c.fma(LOG2_E, ROUNDER);
        FloatVector m = reduced(c, lo, shifted);
        // The bits of the rounder are zeros where n has its digits, and the shift drops the rest of them.
        IntVector power = shifted.reinterpretAsInts().add(LIFTED_BIAS).lanewise(LSHL, Exp.MANTISSA_BITS);
        return m.mul(power.reinterpretAsFloats()).mul(LOWER);
    }

    static FloatVector expm1(FloatVector x) {
        FloatVector c = x.blend(EXPM1_HIGHEST, x.compare(GT, EXPM1_HIGHEST));
        c = c.blend(EXPM1_LOWEST, c.compare(LT, EXPM1_LOWEST));
        FloatVector shifted = c.fma(LOG2_E, ROUNDER);
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector exact = n.fma(MINUS_LN2_HI, c);
        FloatVector r = n.fma(MINUS_LN2_LO, exact);
        FloatVector tail = n.fma(MINUS_LN2_LO, exact.sub(r));
        FloatVector q = r.fma(Q4, Q3);
        q = q.fma(r, Q2);
        q = q.fma(r, Q1);
        q = q.fma(r, Q0);
        FloatVector reducedMinusOne = r.add(r.mul(r).fma(q, tail));
        IntVector bits = shifted.reinterpretAsInts().add(BIAS).lanewise(LSHL, Exp.MANTISSA_BITS);
        FloatVector power = bits.reinterpretAsFloats();
        FloatVector y = power.fma(reducedMinusOne, power.sub(ONE));
        return y.blend(x, x.compare(EQ, ZERO));
    }

    static FloatVector reduced(FloatVector x, FloatVector lo, FloatVector shifted) {
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector exact = n.fma(MINUS_LN2_HI, x);
        FloatVector low = n.fma(MINUS_LN2_LO, lo);
        FloatVector r = exact.add(low);
        FloatVector tail = exact.sub(r).add(low);
        FloatVector sum = r.add(ONE);
        FloatVector lost = r.sub(sum.sub(ONE));
        FloatVector q = r.fma(Q4, Q3);
        q = q.fma(r, Q2);
        q = q.fma(r, Q1);
        q = q.fma(r, Q0);
        return sum.add(r.mul(r).fma(q, lost.add(tail)));
    }
}
