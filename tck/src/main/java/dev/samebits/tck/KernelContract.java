package dev.samebits.tck;

import static dev.samebits.tck.Values.EXTREME;
import static dev.samebits.tck.Values.NON_FINITE;
import static dev.samebits.tck.Values.NORMAL;
import static dev.samebits.tck.Values.SPECIAL;

import dev.samebits.Activation;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.PackedWeights;
import dev.samebits.scalar.ScalarKernels;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The matrix kernels and the update of a backend give the bits of the definition, write all of their outputs and nothing
 * else, and leave their inputs alone. {@link RowKernelContract} judges the other kernels.
 */
class KernelContract extends BackendContract {
    private static final List<Values> KINDS = List.of(NORMAL, EXTREME, NON_FINITE);
    private static final Activation[] ACTIVATIONS = {Activation.RELU, Activation.TANH, Activation.GELU, Activation.IDENTITY};

    private final LayerKernels definition = new ScalarKernels();

    KernelContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void matvec() {
        LayerKernels kernels = kernels();
        Case.each("matvec", Sizes.products(), KINDS, (c, buffers) -> {
            Matrix w = buffers.input("w", c.batch(), c.in());
            float[] b = buffers.input("b", c.batch());
            float[] x = buffers.input("x", c.in());
            float[] z = buffers.output("z", c.batch());
            kernels.matvec(w, b, x, z);
            float[] want = new float[c.batch()];
            definition.matvec(w, b, x, want);
            buffers.verify();
            Bits.assertSame(c.what() + " [batch is w's rows]", z, want);
        });
    }

    @Test
    void affine() {
        LayerKernels kernels = kernels();
        Case.each("affine", Sizes.products(), KINDS, (c, buffers) -> {
            Matrix x = buffers.input("x", c.batch(), c.in());
            Matrix w = buffers.input("w", c.out(), c.in());
            float[] b = buffers.input("b", c.out());
            Matrix z = buffers.output("z", c.batch(), c.out());
            kernels.affine(x, w, b, z);
            Matrix want = Matrix.zeros(c.batch(), c.out());
            definition.affine(x, w, b, want);
            buffers.verify();
            Bits.assertSame(c.what(), z, want);
        });
    }

    /** Packed weights: their own copy, in parts of arrays too. */
    @Test
    void pack() {
        LayerKernels kernels = kernels();
        Case.each("pack", Sizes.products(), KINDS, (c, buffers) -> {
            Matrix w = buffers.changed("w", c.out(), c.in());
            float[] b = buffers.changed(c.out());
            Matrix x = buffers.input("x", c.batch(), c.in());
            Matrix row = buffers.input("x", 1, c.in());
            Matrix z = buffers.output("z of affine", c.batch(), c.out());
            Matrix one = buffers.output("z of matvec", 1, c.out());
            Matrix want = Matrix.zeros(c.batch(), c.out());
            Matrix wantOne = Matrix.zeros(1, c.out());
            Activation f = ACTIVATIONS[(c.batch() + c.out() + c.in()) % ACTIVATIONS.length];
            Matrix a = buffers.output("a of affine", c.batch(), c.out());
            Matrix wantActivated = Matrix.zeros(c.batch(), c.out());
            definition.affine(x, w, b, want);
            definition.activate(f, new float[0], want, wantActivated);
            definition.affine(row, w, b, wantOne);
            Matrix before = w.copy();
            PackedWeights packed = kernels.pack(w, b);
            Bits.assertSame(c.what() + ": its input w", w, before);
            Matrix.zeros(c.out(), c.in()).copyTo(w);
            Arrays.fill(b, 0);
            packed.affine(x, z);
            packed.affine(f, x, a);
            packed.matvec(row.data(), row.offset(), one.data(), one.offset());
            float[] whole = new float[c.out()];
            packed.matvec(row.copy().data(), whole);
            buffers.verify();
            Bits.assertSame(c.what() + ", affine", z, want);
            Bits.assertSame(c.what() + ", affine with " + f, a, wantActivated);
            Bits.assertSame(c.what() + ", matvec", one, wantOne);
            Bits.assertSame(c.what() + ", matvec of whole arrays", whole, wantOne.data());
        });
    }

    @Test
    void backpropagate() {
        LayerKernels kernels = kernels();
        Case.each("backpropagate", Sizes.products(), KINDS, (c, buffers) -> {
            Matrix dz = buffers.input("dz", c.batch(), c.out());
            Matrix w = buffers.input("w", c.out(), c.in());
            Matrix dx = buffers.output("dx", c.batch(), c.in());
            kernels.backpropagate(dz, w, dx);
            Matrix want = Matrix.zeros(c.batch(), c.in());
            definition.backpropagate(dz, w, want);
            buffers.verify();
            Bits.assertSame(c.what(), dx, want);
        });
    }

    @Test
    void outerProductGradient() {
        LayerKernels kernels = kernels();
        Case.each("outerProductGradient", Sizes.products(), KINDS, (c, buffers) -> {
            Matrix dz = buffers.input("dz", c.batch(), c.out());
            Matrix x = buffers.input("x", c.batch(), c.in());
            Matrix dw = buffers.changed("dw", c.out(), c.in());
            Matrix want = dw.copy();
            kernels.outerProductGradient(dz, x, dw);
            definition.outerProductGradient(dz, x, want);
            buffers.verify();
            Bits.assertSame(c.what(), dw, want);
        });
    }

    @Test
    void biasGradient() {
        LayerKernels kernels = kernels();
        Case.each("biasGradient", Sizes.products(), KINDS, (c, buffers) -> {
            Matrix dz = buffers.input("dz", c.batch(), c.out());
            float[] db = buffers.changed(c.out());
            float[] want = db.clone();
            kernels.biasGradient(dz, db);
            definition.biasGradient(dz, want);
            buffers.verify();
            Bits.assertSame(c.what(), db, want);
        });
    }

    @Test
    void update() {
        LayerKernels kernels = kernels();
        Case.each("update", Sizes.elements(), List.of(NORMAL, EXTREME, SPECIAL), (c, buffers) -> {
            Matrix dw = buffers.input("dw", c.batch(), c.out());
            Matrix w = buffers.changed("w", c.batch(), c.out());
            Matrix want = w.copy();
            float scale = 1f / (1 + c.number() % 7);
            float weightDecay = c.number() % 2 == 0 ? 0 : 0.01f;
            kernels.update(w, dw, 0.1f, scale, weightDecay);
            definition.update(want, dw, 0.1f, scale, weightDecay);
            buffers.verify();
            Bits.assertSame(c.what(), w, want);
        });
    }

    /** One object serves many threads: the kernels keep nothing from call to call. */
    @Test
    void concurrentCallers() throws InterruptedException {
        LayerKernels kernels = kernels();
        Matrix sharedX = Matrix.of(33, 40, NORMAL.array(33 * 40, Values.seed()));
        Matrix sharedW = Matrix.of(16, 40, NORMAL.array(16 * 40, Values.seed()));
        Matrix sharedWant = Matrix.zeros(33, 16);
        definition.affine(sharedX, sharedW, new float[16], sharedWant);
        PackedWeights packed = kernels.pack(sharedW, new float[16]);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            int out = 17 + 31 * t;
            Matrix x = Matrix.of(33, 40, NORMAL.array(33 * 40, Values.seed() + t));
            Matrix w = Matrix.of(out, 40, NORMAL.array(out * 40, Values.seed() + 50 + t));
            float[] b = NORMAL.array(out, Values.seed() + 100 + t);
            Matrix want = Matrix.zeros(33, out);
            definition.affine(x, w, b, want);
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    Matrix z = Matrix.zeros(33, out);
                    kernels.affine(x, w, b, z);
                    Bits.assertSame("affine by one of 4 concurrent callers, call " + i, z, want);
                    packed.affine(sharedX, z.columns(0, 16));
                    Bits.assertSame("packed weights of 4 concurrent callers, call " + i, z.columns(0, 16), sharedWant);
                }
            });
            threads[t].setUncaughtExceptionHandler((thread, thrown) -> failure.compareAndSet(null, thrown));
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            Assertions.fail(failure.get().getMessage(), failure.get());
        }
    }
}
