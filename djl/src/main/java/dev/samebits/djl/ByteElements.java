package dev.samebits.djl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Elements of any other type, as their bytes.
 *
 * @param buffer all of it, from 0 to its capacity, in the machine's byte order
 * @param width bytes of an element
 */
record ByteElements(ByteBuffer buffer, int width) implements Elements {
    ByteElements {
        buffer = buffer.order(ByteOrder.nativeOrder());
    }

    static ByteElements zeros(int count, int width) {
        return new ByteElements(ByteBuffer.allocate(Math.multiplyExact(count, width)), width);
    }

    @Override
    public int size() {
        return buffer.capacity() / width;
    }

    @Override
    public ByteElements view(int from, int count) {
        return new ByteElements(buffer.slice(from * width, count * width), width);
    }

    @Override
    public ByteElements make(int count) {
        return zeros(count, width);
    }

    @Override
    public void copy(int from, Elements target, int at, int count) {
        ((ByteElements) target).buffer.put(at * width, buffer, from * width, count * width);
    }

    /** Read-only, since it is the array's own memory. */
    @Override
    public ByteBuffer bytes() {
        return buffer.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }
}
