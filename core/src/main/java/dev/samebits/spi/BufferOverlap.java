package dev.samebits.spi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an output buffer that shares elements with an input buffer. Of arrays this is always known; where memory without
 * an array lies, only java.lang.foreign tells, which is there from Java 22 on. Allocates nothing unless it refuses.
 */
final class BufferOverlap {
    // (Buffer, Buffer) to boolean, or null where the platform has no such thing.
    private static final @Nullable MethodHandle OVERLAPS = find();

    private BufferOverlap() {}

    private static @Nullable MethodHandle find() {
        try {
            Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle of = lookup.findStatic(segment, "ofBuffer", MethodType.methodType(segment, Buffer.class));
            MethodHandle slice = lookup.findVirtual(segment, "asOverlappingSlice",
                    MethodType.methodType(Optional.class, segment));
            MethodHandle present = lookup.findVirtual(Optional.class, "isPresent", MethodType.methodType(boolean.class));
            MethodHandle both = MethodHandles.filterArguments(slice, 0, of, of);
            return MethodHandles.filterReturnValue(both, present)
                    .asType(MethodType.methodType(boolean.class, FloatBuffer.class, FloatBuffer.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** @throws IllegalArgumentException if an element from position to limit of y is known to be one of x's */
    static void refuse(String call, FloatBuffer y, FloatBuffer x) {
        if (y.hasArray() && x.hasArray()) {
            Overlap.refuse(call, "y", y.array(), y.arrayOffset() + y.position(), y.remaining(),
                    "x", x.array(), x.arrayOffset() + x.position(), x.remaining());
        } else if (y == x && x.hasRemaining() || y.isDirect() == x.isDirect() && OVERLAPS != null && overlaps(y, x)) {
            throw new IllegalArgumentException(
                    call + ": y (" + y + ") overlaps x (" + x + ") in the same memory: give y elements of its own");
        }
    }

    private static boolean overlaps(FloatBuffer y, FloatBuffer x) {
        try {
            return (boolean) OVERLAPS.invokeExact(y, x);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("these methods declare no checked exceptions", e);
        }
    }
}
