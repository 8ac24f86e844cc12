package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
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
 * <p>In this class and its neighbours constants are broadcast where they are used, by the Vector API and by no method of
 * ours: the compiler takes them out of the loop. A ready vector in a static field is an array on the heap, which a loop that
 * stores floats reads anew in every turn, 64 bytes that seldom lie in one cache line.
 *
 * <p>The methods are long and hardly call each other. The compiler counts the nodes of everything it has inlined into a
 * loop, and beyond its limit it still inlines the Vector API but no method of ours: every vector that crosses such a call is
 * an object on the heap, and the loop ten times slower. For the same reason such calls stand first in a method. Nor is a
 * method inlined that is longer than 325 bytes of code.
 */
final class VExp {
    // A power of two that keeps 2^n normal for every n of a negative argument, and its reciprocal.
    static final int LIFTED_BIAS = Exp.BIAS + 64;
    static final float LOWER = 0x1p-64f;

    static final int SIGN = 0x80000000;

    private VExp() {}

    static FloatVector exp(FloatVector x) {
        FloatVector c = x.blend(Exp.HIGHEST, x.compare(GT, Exp.HIGHEST));
        c = c.blend(Exp.LOWEST, c.compare(LT, Exp.LOWEST));
        FloatVector shifted = c.fma(Exp.LOG2_E, Exp.ROUNDER);
        FloatVector m = reduced(c, broadcast(F, 0f), shifted);
        IntVector bits = shifted.reinterpretAsInts();
        IntVector half = bits.sub(Exp.ROUNDER_BITS).lanewise(ASHR, 1);
        FloatVector first = half.add(Exp.BIAS).lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
        FloatVector second =
                bits.sub(half).add(Exp.BIAS).lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
        return m.mul(first).mul(second);
    }

    /**
     * {@code Exp.exp(hi, lo)} for {@code hi <= 0} and NaN. The power of two is split in another way, which gives the
     * same bits: the first product is exact in both, and the second rounds the same number.
     */
    static FloatVector expOfNegative(FloatVector hi, FloatVector lo) {
        FloatVector c = hi.blend(Exp.LOWEST, hi.compare(LT, Exp.LOWEST));
        FloatVector shifted = c.fma(Exp.LOG2_E, Exp.ROUNDER);
        FloatVector m = reduced(c, lo, shifted);
        // The bits of the rounder are zeros where n has its digits, and the shift drops the rest of them.
        IntVector power = shifted.reinterpretAsInts().add(LIFTED_BIAS).lanewise(LSHL, Exp.MANTISSA_BITS);
        return m.mul(power.reinterpretAsFloats()).mul(LOWER);
    }

    /** {@code Exp.growth}. */
    static FloatVector growth(FloatVector r) {
        FloatVector q = r.fma(Exp.Q4, Exp.Q3);
        q = q.fma(r, broadcast(F, Exp.Q2));
        q = q.fma(r, broadcast(F, Exp.Q1));
        q = q.fma(r, broadcast(F, Exp.Q0));
        return q.fma(r, broadcast(F, 1f));
    }

    /** {@code Exp.liftedPower}. */
    static FloatVector liftedPower(FloatVector lifted) {
        return lifted.reinterpretAsInts().lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
    }

    /** {@code Exp.lifted}. */
    static FloatVector lifted(FloatVector x) {
        FloatVector lifted = x.fma(Exp.LOG2_E, Exp.LIFTED);
        FloatVector n = lifted.sub(Exp.LIFTED);
        FloatVector r = n.fma(broadcast(F, Exp.MINUS_LN2_LO), n.fma(broadcast(F, Exp.MINUS_LN2_HI), x));
        return r.fma(growth(r), broadcast(F, 1f)).mul(liftedPower(lifted));
    }

    static FloatVector expm1(FloatVector x) {
        FloatVector c = x.blend(Exp.EXPM1_HIGHEST, x.compare(GT, Exp.EXPM1_HIGHEST));
        c = c.blend(Exp.EXPM1_LOWEST, c.compare(LT, Exp.EXPM1_LOWEST));
        FloatVector shifted = c.fma(Exp.LOG2_E, Exp.ROUNDER);
        FloatVector n = shifted.sub(Exp.ROUNDER);
        FloatVector exact = n.fma(broadcast(F, Exp.MINUS_LN2_HI), c);
        FloatVector r = n.fma(broadcast(F, Exp.MINUS_LN2_LO), exact);
        FloatVector tail = n.fma(broadcast(F, Exp.MINUS_LN2_LO), exact.sub(r));
        FloatVector q = r.fma(Exp.Q4, Exp.Q3);
        q = q.fma(r, broadcast(F, Exp.Q2));
        q = q.fma(r, broadcast(F, Exp.Q1));
        q = q.fma(r, broadcast(F, Exp.Q0));
        FloatVector reducedMinusOne = r.add(r.mul(r).fma(q, tail));
        IntVector bits = shifted.reinterpretAsInts().add(Exp.BIAS).lanewise(LSHL, Exp.MANTISSA_BITS);
        FloatVector power = bits.reinterpretAsFloats();
        FloatVector y = power.fma(reducedMinusOne, power.sub(1f));
        return y.blend(x, x.compare(EQ, 0f));
    }

    static FloatVector reduced(FloatVector x, FloatVector lo, FloatVector shifted) {
        FloatVector n = shifted.sub(Exp.ROUNDER);
        FloatVector exact = n.fma(broadcast(F, Exp.MINUS_LN2_HI), x);
        FloatVector low = n.fma(broadcast(F, Exp.MINUS_LN2_LO), lo);
        FloatVector r = exact.add(low);
        FloatVector tail = exact.sub(r).add(low);
        FloatVector sum = r.add(1f);
        FloatVector lost = r.sub(sum.sub(1f));
        FloatVector q = r.fma(Exp.Q4, Exp.Q3);
        q = q.fma(r, broadcast(F, Exp.Q2));
        q = q.fma(r, broadcast(F, Exp.Q1));
        q = q.fma(r, broadcast(F, Exp.Q0));
        return sum.add(r.mul(r).fma(q, lost.add(tail)));
    }
}
