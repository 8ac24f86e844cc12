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
     * {@code a / b}, correctly rounded, for b = 1, or b from 1 to 2³³ and a from 2⁻⁸⁰ to 2⁸⁰, of either sign; NaN in either
     * gives NaN. Where a is smaller, the quotient is small too, but may be off.
     *
     * <p>OpenCL's quotient may be off by 2.5 ulp. Two steps of Newton's iteration make it a reciprocal that is off by half
     * an ulp at most, but for b just below a power of two, where they stay at a power of two and the next number is nearer;
     * and two of Markstein's corrections, whose residual {@code a − b q} is exact, make it the quotient.
     */
    float divide(float a, float b) {
        float y = reciprocal(b);
        y = fma(fma(-b, y, 1f), y, y);
        y = fma(fma(-b, y, 1f), y, y);
        // 2⁻²³.
        float next = fma(y, 1.1920929E-7f, y);
        if (fma(-b, y, 1f) + fma(-b, next, 1f) > 0f) {
            y = next;
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

    /** {@code 1 / b}, correctly rounded, for b from 2⁻¹⁰⁰ to 2¹⁰⁰, or infinite or NaN: {@link #divide} is as good there. */
    float inverse(float b) {
        float q = divide(1f, b);
        if (b > 1.2676506E30f) {
            q = 0f;
        }
        return q;
    }

    /**
     * {@code √x}, correctly rounded, for any x. OpenCL's root may be off by 3 ulp. Two corrections, whose residual
     * {@code x − y²} is exact once x is far from denormal, make it right, but for x just below a power of four, where the
     * number before is nearer; a test tries every mantissa.
     */
    float squareRoot(float x) {
        float scaled = x;
        float back = 1f;
        if (x < 1e-18f) {
            // 2⁶⁴, and the root of its reciprocal.
            scaled = mul(x, 1.8446744E19f);
            back = 2.3283064E-10f;
        }
        float y = root(scaled);
        float h = mul(0.5f, reciprocal(y));
        y = fma(fma(-y, y, scaled), h, y);
        h = fma(fma(-y, h, 0.5f), mul(2f, h), h);
        y = fma(fma(-y, y, scaled), h, y);
        // 2⁻²⁴.
        float before = fma(y, -5.9604645E-8f, y);
        if (fma(-y, before, scaled) <= 0f) {
            y = before;
        }
        y = mul(y, back);
        if (x == 0f) {
            y = x;
        }
        if (x > 3.4028235E38f) {
            y = x;
        }
        return y;
    }

    /** The device's own, which may be off by 3 ulp. */
    float root(float x) {
        return sqrt(x);
    }

    /** {@code 2^n} for n from −126 to 127. */
    float power(int n) {
        return params[POWERS + LOWEST_POWER + n];
    }
}
