package dev.samebits.arithmetic;

/**
 * {@code x sigma(w)}, an input gated by the logistic function of an argument that grows with it, whatever its size and sign:
 * the form of swish. {@link GatedTail} is the shorter one where the argument has the sign of x.
 *
 * <p>The argument is given as a magnitude {@code hi + lo} and the sign of {@code w}. A product that is rounded to one
 * float before its exponential is taken loses up to {@code |w| / 2} units in the last place of the result.
 */
public final class SelfGate {

    /**
     * The largest magnitude that {@link #value} takes: beyond it the factors of {@code 2^n} would no longer be normal
     * numbers, and {@code x e^-w} is zero for all but the largest {@code x}.
     */
    public static final float LIMIT = 173f;

    private SelfGate() {
    }

    /**
     * {@code x sigma(w)} for {@code |w| = hi + lo <= LIMIT}.
     *
     * @param x the input, finite where {@code w < 0}
     * @param sign any number that is negative where {@code w} is
     * @param hi the leading part of {@code |w|}
     * @param lo the rest of {@code |w|}
     */
    public static float value(float x, float sign, float hi, float lo) {
        float shifted = Exp.shifted(-hi);
        float m = Exp.reduced(-hi, -lo, shifted);
        float first = Exp.firstPower(shifted);
        float second = Exp.secondPower(shifted);
        float e = m * first * second;
        float q = e / (1f + e);
        // The logistic function as in Logistic.value, but where w < 0 without its power of two. That goes onto x in two
        // steps, since e^w may be denormal, short of digits, where x e^w is not.
        boolean negative = sign < 0f;
        float base = negative ? m : 1f;
        float gate = Math.fma(-base, q, base);
        return x * (negative ? first : 1f) * gate * (negative ? second : 1f);
    }

    /**
     * The derivative {@code sigma(w) + x w' sigma(w) (1 - sigma(w))}.
     *
     * @param sign any number that is negative where {@code w} is
     * @param hi the leading part of {@code |w|}
     * @param lo the rest of {@code |w|}
     * @param growth {@code x w'}, made positive
     */
    public static float derivative(float sign, float hi, float lo, float growth) {
        float small = Logistic.lower(Exp.exp(-hi, -lo));
        // The derivative at -|w|. At |w| it is the complement, for sigma(-w) = 1 - sigma(w).
        float left = Math.fma(-growth, Math.fma(-small, small, small), small);
        return sign < 0f ? left : 1f - left;
    }
}
