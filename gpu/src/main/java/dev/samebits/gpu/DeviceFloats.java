package dev.samebits.gpu;

import com.aparapi.Kernel;

/**
 * The arrays that a program works on, and the float operations that OpenCL C leaves open.
 *
 * <p>Everything from here up to {@link DeviceProgram} is Java that Aparapi translates to OpenCL C: no objects, no
 * {@code Math}, no negated comparisons (a NaN would take the other branch), and no product outside {@link #mul} or an fma.
 */
abstract class DeviceFloats extends Kernel {
    /** Place in {@link #params} of the step that the device's parameters stand at: see {@link DeviceProgram}. */
    static final int STEP = 0;
    /** Place in {@link #params} of the powers of two from {@code 2^-LOWEST_POWER} on. */
    static final int POWERS = 16;
    static final int LOWEST_POWER = 126;
    /** Where the layers' parameters start. */
    static final int HEADER = POWERS + 256;
    /** Integers that describe a pass. */
    static final int RECORD = 16;

    // Not final, and not private: Aparapi reads them by reflection at every call.
    /** What stays on the device: the header, then the layers' parameters. */
    float[] params = new float[HEADER];
    /** What one call needs besides: activations and their gradients. Never read by the host. */
    float[] work = new float[1];
    /** From the host. */
    float[] in = new float[1];
    /** To the host. */
    float[] out = new float[1];
    /** A record for each pass. */
    int[] plan = new int[RECORD];
    /** Rows of the batch. */
    int rows;
    /** Elements next to each other that a work-item takes in the element-wise passes. */
    int chunk = 1;
    /** −0 by name: a compiler that saw the constant could make a plain product of {@link #mul}. */
    float negativeZero = -0f;

    /** A record's integer. */
    int plan(int place) {
        return plan[getPassId() * RECORD + place];
    }

    /**
     * {@code a · b}, rounded once, whatever follows. A compiler may contract a product and the sum it goes into, also across
     * statements; it cannot contract an fma. Adding −0 changes no product, not even a zero's sign.
     */
    float mul(float a, float b) {
        return fma(a, b, negativeZero);
    }

    /**
     * {@code a / b}, correctly rounded, for b = 1, or b from 1 to 2³³ and a from 2⁻⁸⁰ to 2⁸⁰, of either sign; also for a = 1
     * and b from 2⁻⁸⁶ to 2⁷⁷, and for any a and b = 2 or 4. NaN in either gives NaN. Where a is smaller, the quotient is small
     * too, but may be off.
     *
     * <p>OpenCL's quotient may be off by 2.5 ulp. Two steps of Newton's iteration make it a reciprocal that is off by half
     * an ulp at most but for one b in each power of two, and two of Markstein's corrections, whose residual
     * {@code a − b q} is exact, the quotient.
     */
    float divide(float a, float b) {
        float y = reciprocal(b);
        y = fma(fma(-b, y, 1f), y, y);
        y = fma(fma(-b, y, 1f), y, y);
        // Where b is just below a power of two, y stays at a power of two, and the next float would be nearer.
        if (fma(-b, y, 1f) == 0x1p-24f) {
            y = fma(y, 0x1p-23f, y);
        }
        float q = mul(a, y);
        q = fma(fma(-b, q, a), y, q);
        q = fma(fma(-b, q, a), y, q);
        // Also where a is too small for an exact residual: e / (1 + e).
        if (b == 1f) {
            q = a;
        }
        return q;
    }

    /** The device's own, which may be off by 2.5 ulp. */
    float reciprocal(float b) {
        return 1f / b;
    }

    /** {@code 2^n} for n from −126 to 127. */
    float power(int n) {
        return params[POWERS + LOWEST_POWER + n];
    }
}
