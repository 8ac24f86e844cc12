package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Rows in buffers of every kind give the bits of the definition on any number of threads; nothing beside the outputs is
 * written, no position moves, and what does not fit is refused before anything is written.
 */
class BufferContract extends BackendContract {
    private static final int MARGIN = 5;
    private static final int[] BATCHES = {0, 1, 2, 63, 130};
    private static final int FEW_ROWS = 2;
    private static final float CANARY = Float.intBitsToFloat(Buffers.CANARY);

    BufferContract(BackendContracts judged) {
        super(judged);
    }

    /** The ways in which a buffer holds its elements. */
    private enum Kind {
        ARRAY, SLICE, BYTES, DIRECT, LITTLE_ENDIAN, BIG_ENDIAN, READ_ONLY_ARRAY, READ_ONLY_DIRECT;

        boolean writable() {
            return compareTo(READ_ONLY_ARRAY) < 0;
        }

        FloatBuffer of(FloatBuffer values) {
            int n = values.capacity();
            FloatBuffer buffer = switch (this) {
                case ARRAY, READ_ONLY_ARRAY -> FloatBuffer.allocate(n);
                case SLICE -> FloatBuffer.allocate(n + 7).slice(7, n);
                case BYTES -> ByteBuffer.allocate(4 * n).asFloatBuffer();
                case DIRECT, READ_ONLY_DIRECT -> direct(n, ByteOrder.nativeOrder());
                case LITTLE_ENDIAN -> direct(n, ByteOrder.LITTLE_ENDIAN);
                case BIG_ENDIAN -> direct(n, ByteOrder.BIG_ENDIAN);
            };
            buffer.put(0, values, 0, n);
            return writable() ? buffer : buffer.asReadOnlyBuffer();
        }

        private static FloatBuffer direct(int n, ByteOrder order) {
            return ByteBuffer.allocateDirect(4 * n).order(order).asFloatBuffer();
        }
    }

    @Test
    void everyKindOfBuffer() {
        Backend backend = underTest();
        for (Network network : Networks.mixed()) {
            for (int threads : new int[] {1, 3}) {
                try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(threads))) {
                    for (int rows : BATCHES) {
                        everyKind(session, rows);
                    }
                }
            }
        }
    }

    /** More rows than go through work space together. */
    @Test
    void manyBlocks() {
        Network network = Network.builder(5000).dense(3, Activation.RELU).build(1);
        try (InferenceSession session = underTest().open(network, SessionOptions.ofThreads(2))) {
            everyKind(session, 330);
        }
    }

    private static void everyKind(InferenceSession session, int rows) {
        Network network = session.network();
        Matrix inputs = Networks.inputs(network, rows);
        Matrix want = Definition.predict(network, inputs);
        for (Kind from : Kind.values()) {
            FloatBuffer x = inside(from, inputs);
            for (Kind to : Kind.values()) {
                // Of many rows each kind with a few others: all pairs would take long and find no more.
                boolean tried = rows <= FEW_ROWS || (from.ordinal() + to.ordinal()) % 5 == 0;
                if (to.writable() && tried) {
                    String what = to + " from " + from + " on " + session.threads() + " threads, "
                            + Networks.describe(network, rows);
                    predicts(what, session, x, inside(to, canaries(rows, network.outputs())), want);
                    if (rows <= FEW_ROWS) {
                        FloatBuffer y = to.of(FloatBuffer.allocate(rows * network.outputs()));
                        predicts(what + ", whole buffers", session, from.of(FloatBuffer.wrap(inputs.data())), y, want);
                    }
                }
            }
        }
    }

    private static void predicts(String what, InferenceSession session, FloatBuffer x, FloatBuffer y, Matrix want) {
        int[] before = {x.position(), x.limit(), y.position(), y.limit()};
        session.predict(x, y);
        Assertions.assertArrayEquals(before, new int[] {x.position(), x.limit(), y.position(), y.limit()},
                what + ": positions and limits");
        float[] got = new float[y.remaining()];
        y.get(y.position(), got);
        Bits.assertSame(what, got, want.data());
        for (int i = 0; i < y.capacity(); i++) {
            if (i < y.position() || i >= y.limit()) {
                String where = what + ": wrote outside y, at " + i;
                // In bits: a NaN of another kind would be another's.
                FloatBuffer all = y.duplicate().clear();
                Assertions.assertEquals(Buffers.CANARY, Float.floatToRawIntBits(all.get(i)), where);
            }
        }
    }

    private static Matrix canaries(int rows, int columns) {
        Matrix m = Matrix.zeros(rows, columns);
        Arrays.fill(m.data(), CANARY);
        return m;
    }

    // A buffer with these elements from position to limit and canaries around.
    private static FloatBuffer inside(Kind kind, Matrix m) {
        FloatBuffer all = FloatBuffer.allocate(2 * MARGIN + m.data().length);
        Arrays.fill(all.array(), CANARY);
        all.put(MARGIN, m.data());
        return kind.of(all).position(MARGIN).limit(MARGIN + m.data().length);
    }

    /** Neither the session's work space nor a buffer that threads share is mixed up. */
    @Test
    void concurrentCallers() throws InterruptedException {
        Network network = Networks.mixed().get(0);
        int rows = 70;
        Matrix inputs = Networks.inputs(network, rows);
        Matrix want = Definition.predict(network, inputs);
        FloatBuffer x = inside(Kind.DIRECT, inputs);
        FloatBuffer all = Kind.DIRECT.of(FloatBuffer.allocate(4 * rows * network.outputs()));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> callers = new ArrayList<>();
        try (InferenceSession session = underTest().open(network, SessionOptions.ofThreads(2))) {
            for (int t = 0; t < 4; t++) {
                FloatBuffer y = all.slice(t * rows * network.outputs(), rows * network.outputs());
                Thread caller = new Thread(() -> {
                    for (int i = 0; i < 50; i++) {
                        predicts("one of 4 callers, call " + i, session, x, y, want);
                        y.put(0, new float[y.limit()]);
                    }
                });
                caller.setUncaughtExceptionHandler((thread, thrown) -> failure.compareAndSet(null, thrown));
                caller.start();
                callers.add(caller);
            }
            for (Thread caller : callers) {
                caller.join();
            }
        }
        if (failure.get() != null) {
            Assertions.fail(failure.get().getMessage(), failure.get());
        }
    }

    /** Native memory of a confined arena, on several threads. By reflection: Java 17 has none. */
    @Test
    void memorySegments() throws ReflectiveOperationException {
        Assumptions.assumeTrue(Runtime.version().feature() >= 22, "java.lang.foreign is there from Java 22 on");
        Class<?> arenas = Class.forName("java.lang.foreign.Arena");
        Object arena = arenas.getMethod("ofConfined").invoke(null);
        Network network = Networks.mixed().get(0);
        int rows = 300;
        Matrix inputs = Networks.inputs(network, rows);
        FloatBuffer x = segment(arena, rows * network.inputs());
        FloatBuffer y = segment(arena, rows * network.outputs());
        x.put(0, inputs.data());
        try (InferenceSession session = underTest().open(network, SessionOptions.ofThreads(3))) {
            predicts("memory segments", session, x, y, Definition.predict(network, inputs));
            arenas.getMethod("close").invoke(arena);
            Assertions.assertThrows(IllegalStateException.class, () -> session.predict(x, y), "after the arena was closed");
        }
    }

    private static FloatBuffer segment(Object arena, int floats) throws ReflectiveOperationException {
        Object segment = Class.forName("java.lang.foreign.Arena").getMethod("allocate", long.class, long.class)
                .invoke(arena, 4L * floats, 4L);
        ByteBuffer bytes = (ByteBuffer) Class.forName("java.lang.foreign.MemorySegment").getMethod("asByteBuffer")
                .invoke(segment);
        return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Network network = Networks.mixed().get(0);
        try (InferenceSession session = underTest().open(network)) {
            for (Kind kind : List.of(Kind.ARRAY, Kind.DIRECT)) {
                refuses(session, buffer(kind, 59), buffer(kind, 30), "59");
                refuses(session, buffer(kind, 60), buffer(kind, 29), "29");
                refuses(session, buffer(kind, 60), buffer(kind, 40), "60", "40");
                refuses(session, buffer(kind, 0), buffer(kind, 10), "0", "10");
                refuses(session, buffer(kind, 60), buffer(kind, 30).asReadOnlyBuffer(), "read-only");
            }
        }
    }

    private static FloatBuffer buffer(Kind kind, int elements) {
        return kind.of(FloatBuffer.wrap(canaries(1, Math.max(1, elements)).data())).limit(elements);
    }

    private static void refuses(InferenceSession session, FloatBuffer x, FloatBuffer y, String... says) {
        String message = Assertions.assertThrows(IllegalArgumentException.class, () -> session.predict(x, y)).getMessage();
        for (String part : says) {
            Assertions.assertTrue(message.contains(part), "'" + part + "' is missing in: " + message);
        }
        for (int i = 0; i < y.limit(); i++) {
            Assertions.assertEquals(Buffers.CANARY, Float.floatToRawIntBits(y.get(i)), "wrote before it refused the call");
        }
    }

    @Test
    void overlaps() {
        Network network = Networks.mixed().get(0);
        boolean known = Runtime.version().feature() >= 22;
        try (InferenceSession session = underTest().open(network)) {
            for (Kind kind : Kind.values()) {
                FloatBuffer all = buffer(kind, 100);
                if (kind == Kind.ARRAY || kind == Kind.SLICE || known && kind.writable()) {
                    refuses(session, all.duplicate().limit(40), all.duplicate().position(39).limit(59), "overlaps");
                    refuses(session, all.duplicate().position(19).limit(59), all.duplicate().limit(20), "overlaps");
                }
                if (kind.writable()) {
                    Matrix inputs = Networks.inputs(network, 2);
                    FloatBuffer x = all.duplicate().limit(40);
                    x.put(0, inputs.data());
                    Matrix want = Definition.predict(network, inputs);
                    predicts("outputs behind the inputs", session, x, all.slice(40, 20), want);
                }
            }
            FloatBuffer array = buffer(Kind.ARRAY, 100);
            if (known) {
                refuses(session, array.asReadOnlyBuffer().limit(40), array.position(39).limit(59), "overlaps");
            }
        }
        Network square = Network.builder(3).dense(3, Activation.RELU).build(1);
        try (InferenceSession session = underTest().open(square)) {
            for (Kind kind : List.of(Kind.ARRAY, Kind.BYTES, Kind.DIRECT)) {
                FloatBuffer one = buffer(kind, 3);
                refuses(session, one, one, "overlaps");
            }
        }
    }

    @Test
    void aClosedSessionRefuses() {
        InferenceSession session = underTest().open(Networks.mixed().get(0));
        session.close();
        FloatBuffer y = buffer(Kind.DIRECT, 10);
        Assertions.assertThrows(IllegalStateException.class, () -> session.predict(buffer(Kind.DIRECT, 20), y));
        Assertions.assertEquals(Buffers.CANARY, Float.floatToRawIntBits(y.get(0)));
    }
}
