package dev.samebits.djl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Floats where they lie: in a Java array, or in a direct buffer that somebody lent.
 *
 * @param buffer all of it, from 0 to its capacity, in the machine's byte order
 */
record FloatElements(FloatBuffer buffer) implements Elements {
    static FloatElements of(float[] values) {
        return new FloatElements(FloatBuffer.wrap(values));
    }

    @Override
    public int size() {
        return buffer.capacity();
    }

    @Override
    public FloatElements view(int from, int count) {
        return new FloatElements(buffer.slice(from, count));
    }

    @Override
    public FloatElements make(int count) {
        return of(new float[count]);
    }

    @Override
    public void copy(int from, Elements target, int at, int count) {
        ((FloatElements) target).buffer.put(at, buffer, from, count);
    }

    float[] toArray() {
        float[] values = new float[size()];
        buffer.get(0, values);
        return values;
    }

    @Override
    public ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size(), Float.BYTES)).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(0, buffer, 0, size());
        return bytes;
    }
}
