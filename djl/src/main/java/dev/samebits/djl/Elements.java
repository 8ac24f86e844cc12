package dev.samebits.djl;

import java.nio.ByteBuffer;

/** An array's elements, one behind the other, whatever its shape. */
interface Elements {
    int size();

    /** Some of these, in the same memory. */
    Elements view(int from, int count);

    /** New ones of this kind, all 0. */
    Elements make(int count);

    /** Copies some of these into others of this kind. */
    void copy(int from, Elements target, int at, int count);

    /** The elements as bytes in the machine's order, from position to limit; writing to them does not change an array. */
    ByteBuffer bytes();
}
