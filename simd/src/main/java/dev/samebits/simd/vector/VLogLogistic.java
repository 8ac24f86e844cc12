package dev.samebits.simd.vector;

import dev.samebits.arithmetic.LogLogistic;
import jdk.incubator.vector.FloatVector;

/** {@link LogLogistic}, lane by lane: the same operations in the same order. */
final class VLogLogistic {
    private VLogLogistic() {}

    static FloatVector value(FloatVector x) {
        return VSoftplus.value(x.neg()).neg();
    }

    static FloatVector derivative(FloatVector x) {
        return VLogistic.value(x.neg());
    }
}
