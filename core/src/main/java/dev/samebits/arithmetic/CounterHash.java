package dev.samebits.arithmetic;

/**
 * Random bits by number: what element i of a sequence is depends on the sequence's two keys and on i alone, so that any
 * order of work, and any share of it, gives the same. SplitMix32's mixer on a Weyl sequence, with a second key in its
 * middle; 32-bit additions and products modulo 2³².
 */
public final class CounterHash {
    /** What the state goes on by from element to element: 2³² divided by the golden ratio. */
    public static final int WEYL = 0x9E3779B9;
    /** The first factor; odd, and below 2³¹, as is the second, so that a device without unsigned integers can do it. */
    public static final int FIRST = 0x21F0AAAD;
    /** The second factor. */
    public static final int SECOND = 0x735A2D97;

    private CounterHash() {}

    /** 32 random bits: element i, from 0, of the sequence that the keys name. */
    public static int of(int key0, int key1, int i) {
        int x = key0 + (i + 1) * WEYL;
        x = (x ^ (x >>> 16)) * FIRST;
        x = (x ^ (x >>> 15) ^ key1) * SECOND;
        return x ^ (x >>> 15);
    }
}
