package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.GatedTail;
import jdk.incubator.vector.FloatVector;

/** {@link GatedTail}, lane by lane: the same operations in the same order. */
final class VGatedTail {
    // Divisors are lowered by as much as the definition lifts what they divide: the same bits, and one product less.
    static final float DOWN = 1f / GatedTail.LIFT;

    private VGatedTail() {}

    static FloatVector value(FloatVector x, FloatVector c, FloatVector minusHi, FloatVector lo) {
        FloatVector lifted = minusHi.fma(Exp.LOG2_E, Exp.LIFTED);
        FloatVector n = lifted.sub(Exp.LIFTED);
        FloatVector r = n.fma(broadcast(F, Exp.MINUS_LN2_HI), minusHi).add(n.fma(broadcast(F, Exp.MINUS_LN2_LO), lo.neg()));
        FloatVector power = VExp.liftedPower(lifted);
        FloatVector growth = VExp.growth(r);
        FloatVector lowered = r.fma(growth, broadcast(F, 1f)).mul(power).fma(Exp.LOWER * DOWN, DOWN);
        FloatVector t = c.mul(r).fma(growth, c).div(lowered).mul(power);
        // A NaN that c has lost comes back here.
        return t.fma(broadcast(F, -GatedTail.LOWER), x.blend(-0f, x.compare(LT, 0f)));
    }

    static FloatVector derivative(FloatVector sign, FloatVector minusHi, FloatVector lo, FloatVector growth) {
        FloatVector lifted = minusHi.fma(Exp.LOG2_E, Exp.LIFTED);
        FloatVector n = lifted.sub(Exp.LIFTED);
        FloatVector r = n.fma(broadcast(F, Exp.MINUS_LN2_HI), minusHi).add(n.fma(broadcast(F, Exp.MINUS_LN2_LO), lo.neg()));
        FloatVector small = VLogistic.lower(r.fma(VExp.growth(r), broadcast(F, 1f)).mul(VExp.liftedPower(lifted)));
        FloatVector left = growth.neg().fma(VLogistic.slope(small), small);
        FloatVector right = left.fma(broadcast(F, -Exp.LOWER), broadcast(F, 1f));
        return right.blend(left.mul(Exp.LOWER), sign.compare(LT, 0f));
    }
}
