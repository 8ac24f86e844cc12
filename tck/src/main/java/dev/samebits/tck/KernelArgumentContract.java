package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.PackedWeights;
import dev.samebits.Quantization;
import dev.samebits.LayerKernels;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Kernels refuse shapes that do not fit, with both numbers in the message, and outputs that overlap what is still read,
 * before they write anything.
 */
class KernelArgumentContract extends BackendContract {
    private static final float UNTOUCHED = 42;

    KernelArgumentContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void products() {
        LayerKernels k = kernels();
        refuses("matvec x", 5, 4, z -> k.matvec(m(3, 4), new float[3], new float[5], z.data()), 1, 3);
        refuses("matvec b", 2, 3, z -> k.matvec(m(3, 4), new float[2], new float[4], z.data()), 1, 3);
        refuses("matvec z", 6, 3, z -> k.matvec(m(3, 4), new float[3], new float[4], z.data()), 1, 6);
        refuses("affine w", 5, 4, z -> k.affine(m(2, 5), m(3, 4), new float[3], z), 2, 3);
        refuses("affine b", 6, 3, z -> k.affine(m(2, 4), m(3, 4), new float[6], z), 2, 3);
        refuses("affine z rows", 7, 2, z -> k.affine(m(2, 4), m(3, 4), new float[3], z), 7, 3);
        refuses("affine z columns", 5, 3, z -> k.affine(m(2, 4), m(3, 4), new float[3], z), 2, 5);
        refuses("backpropagate w", 6, 3, dx -> k.backpropagate(m(2, 6), m(3, 4), dx), 2, 4);
        refuses("backpropagate dx columns", 5, 4, dx -> k.backpropagate(m(2, 3), m(3, 4), dx), 2, 5);
        refuses("backpropagate dx rows", 7, 2, dx -> k.backpropagate(m(2, 3), m(3, 4), dx), 7, 4);
        refuses("outerProductGradient rows", 2, 7, dw -> k.outerProductGradient(m(2, 3), m(7, 4), dw), 3, 4);
        refuses("outerProductGradient dw rows", 5, 3, dw -> k.outerProductGradient(m(2, 3), m(2, 4), dw), 5, 4);
        refuses("outerProductGradient dw columns", 5, 4, dw -> k.outerProductGradient(m(2, 3), m(2, 4), dw), 3, 5);
        refuses("biasGradient", 5, 3, db -> k.biasGradient(m(2, 3), db.data()), 1, 5);
        refuses("update", 3, 4, w -> k.update(w, m(2, 4), 1, 1, 0), 2, 3);
        OptimizerStep adam = new OptimizerStep(Optimizer.adam());
        refuses("optimize dw", 3, 4, w -> k.optimize(adam, true, w, m(2, 4), m(2, 3), m(2, 3)), 2, 3);
        refuses("optimize m", 3, 4, w -> k.optimize(adam, true, w, m(2, 3), m(2, 4), m(2, 3)), 2, 3);
        refuses("optimize v", 2, 5, w -> k.optimize(adam, true, w, m(2, 3), m(2, 3), m(5, 3)), 2, 3);
        Assertions.assertThrows(NullPointerException.class,
                () -> k.optimize(adam, true, m(2, 3), m(2, 3), m(2, 3), null), "optimize without v");
    }

    @Test
    void packed() {
        LayerKernels k = kernels();
        refuses("pack b", 2, 3, w -> k.pack(w, new float[2]), 3, 4);
        refuses("pack w", 0, 4, w -> k.pack(w, new float[0]), 0, 4);
        PackedWeights p = k.pack(m(3, 4), new float[3]);
        Assertions.assertEquals(4, p.inputs(), "inputs");
        Assertions.assertEquals(3, p.outputs(), "outputs");
        refuses("packed matvec x", 5, 4, z -> p.matvec(new float[5], z.data()), 1, 3);
        refuses("packed matvec z", 6, 3, z -> p.matvec(new float[4], z.data()), 1, 6);
        refuses("packed matvec xOffset", 2, 5, z -> p.matvec(new float[5], 2, z.data(), 0), 1, 3);
        refuses("packed matvec xOffset", -1, 5, z -> p.matvec(new float[5], -1, z.data(), 0), 1, 3);
        refuses("packed matvec xOffset", Integer.MAX_VALUE, 4,
                z -> p.matvec(new float[5], Integer.MAX_VALUE, z.data(), 0), 1, 3);
        refuses("packed matvec zOffset", 7, 9, z -> p.matvec(new float[4], 0, z.data(), 7), 1, 9);
        refuses("packed matvec zOffset", -1, 9, z -> p.matvec(new float[4], 0, z.data(), -1), 1, 9);
        refuses("packed affine x", 5, 4, z -> p.affine(m(2, 5), z), 2, 3);
        refuses("packed affine z columns", 5, 3, z -> p.affine(m(2, 4), z), 2, 5);
        refuses("packed affine z rows", 7, 2, z -> p.affine(m(2, 4), z), 7, 3);
        refuses("packed affine with relu", 7, 2, a -> p.affine(Activation.RELU, m(2, 4), a), 7, 3);
        Assertions.assertThrows(IllegalArgumentException.class,
                () -> p.affine(Activation.PRELU, m(2, 4), m(2, 3)), "packed affine with PReLU, which needs slopes");
        overlap("packed matvec", m(1, 3), z -> k.pack(m(3, 3), new float[3]).matvec(z.data(), z.data()));
        overlap("packed matvec before x", m(1, 6), z -> p.matvec(z.data(), 2, z.data(), 0));
        overlap("packed matvec behind x", m(1, 6), z -> p.matvec(z.data(), 0, z.data(), 3));
        overlap("packed affine", m(2, 4), z -> p.affine(z, z.columns(1, 3)));
        float[] both = new float[7];
        p.matvec(both, 0, both, 4);
        p.matvec(both, 3, both, 0);
    }

    @Test
    void rows() {
        LayerKernels k = kernels();
        for (Activation f : new Activation[] {Activation.RELU, Activation.TANH, Activation.GELU}) {
            refuses("activate " + f, 4, 3, a -> k.activate(f, null, m(2, 4), a), 2, 3);
            refuses("activationGradient da", 4, 3, dz -> k.activationGradient(f, null, m(2, 3), m(2, 4), dz), 2, 3);
            refuses("activationGradient dz", 4, 3, dz -> k.activationGradient(f, null, m(2, 4), m(2, 4), dz), 2, 3);
        }
        refuses("PReLU slopes", 5, 3, a -> k.activate(Activation.PRELU, new float[5], m(2, 3), a), 2, 3);
        refuses("PReLU without slopes", 0, 3, a -> k.activate(Activation.PRELU, null, m(2, 3), a), 2, 3);
        refuses("PReLU gradient slopes", 5, 3,
                dz -> k.activationGradient(Activation.PRELU, new float[5], m(2, 3), m(2, 3), dz), 2, 3);
        refuses("slopeGradient", 5, 3, d -> k.slopeGradient(m(2, 3), m(2, 3), d.data()), 1, 5);
        refuses("slopeGradient da", 4, 3, d -> k.slopeGradient(m(2, 3), m(2, 4), d.data()), 1, 3);
        refuses("maxout columns", 7, 3, a -> k.maxout(2, m(2, 7), a), 2, 3);
        refuses("maxout rows", 5, 2, a -> k.maxout(2, m(2, 6), a), 5, 3);
        refuses("maxout pieces", 0, 6, a -> k.maxout(0, m(2, 6), a), 2, 3);
        refuses("maxoutGradient", 6, 8, dz -> k.maxoutGradient(2, m(2, 6), m(2, 3), dz), 2, 8);
        refuses("softmax", 4, 3, y -> k.softmax(m(2, 4), y), 2, 3);
        refuses("logSoftmax", 5, 2, y -> k.logSoftmax(m(5, 3), y), 2, 3);
        for (Loss loss : Loss.values()) {
            refuses("lossGradient targets", 4, 3, d -> k.lossGradient(loss, m(2, 3), m(2, 4), d, new float[2]), 2, 3);
            refuses("lossGradient d", 4, 3, d -> k.lossGradient(loss, m(2, 4), m(2, 4), d, new float[2]), 2, 3);
            refuses("lossGradient losses", 1, 2, d -> k.lossGradient(loss, m(2, 3), m(2, 3), d, new float[1]), 2, 3);
        }
    }

    @Test
    void integers() {
        LayerKernels k = kernels();
        Quantization q = Quantization.uint8(1, 0);
        refuses("quantize", 4, 3, y -> k.quantize(q, m(2, 4), y), 2, 3);
        refuses("quantizeRow", 3, 3, y -> k.quantizeRow(m(2, 3), y), 2, 3);
        refuses("integerOutput bias", 2, 3,
                y -> k.integerOutput(new int[2], new float[3], new float[3], null, m(2, 3), y), 2, 3);
        refuses("integerOutput scale", 2, 3,
                y -> k.integerOutput(new int[3], new float[2], new float[3], null, m(2, 3), y), 2, 3);
        refuses("integerOutput z", 7, 3,
                y -> k.integerOutput(new int[3], new float[3], new float[3], null, m(2, 7), y), 2, 3);
        refuses("integerOutput rowScale", 5, 2,
                y -> k.integerOutput(new int[3], new float[3], new float[3], m(5, 1), m(2, 3), y), 2, 3);
        overlap("quantizeRow", m(2, 4), y -> k.quantizeRow(y.columns(0, 3), y));
        overlap("integerOutput z", m(2, 6),
                y -> k.integerOutput(new int[3], new float[3], new float[3], null, y, y.columns(0, 3)));
        overlap("integerOutput rowScale", m(2, 3),
                y -> k.integerOutput(new int[3], new float[3], new float[3], y.columns(0, 1), m(2, 3), y));
    }

    /** An output that shares elements with an input, or with another output. */
    @Test
    void overlaps() {
        LayerKernels k = kernels();
        Activation f = Activation.TANH;
        Matrix one = m(2, 3);
        float[] b = one.rows(0, 1).copy().data();
        overlap("matvec x", b, () -> k.matvec(m(3, 3), new float[3], b, b));
        overlap("matvec b", b, () -> k.matvec(m(3, 3), b, new float[3], b));
        overlap("matvec w", b, () -> k.matvec(Matrix.of(3, 1, b), new float[3], new float[1], b));
        overlap("affine x", one, z -> k.affine(one, m(3, 3), new float[3], z));
        overlap("affine w", one, z -> k.affine(m(2, 3), one.rows(0, 1), new float[1], z.columns(0, 1)));
        overlap("affine b", b, () -> k.affine(m(1, 3), m(3, 3), b, Matrix.row(b)));
        overlap("activationGradient z", one, dz -> k.activationGradient(f, null, one, m(2, 3), dz));
        overlap("activate slopes", b, () -> k.activate(Activation.PRELU, b, m(1, 3), Matrix.row(b)));
        overlap("activationGradient slopes", b,
                () -> k.activationGradient(Activation.PRELU, b, m(1, 3), m(1, 3), Matrix.row(b)));
        overlap("slopeGradient z", b, () -> k.slopeGradient(Matrix.row(b), m(1, 3), b));
        overlap("slopeGradient da", b, () -> k.slopeGradient(m(1, 3), Matrix.row(b), b));
        overlap("maxout", one, a -> k.maxout(1, one, a));
        overlap("maxoutGradient z", one, dz -> k.maxoutGradient(1, one, m(2, 3), dz));
        overlap("maxoutGradient da", one, dz -> k.maxoutGradient(1, m(2, 3), one, dz));
        overlap("backpropagate dz", one, dx -> k.backpropagate(one, m(3, 3), dx));
        overlap("backpropagate w", one, dx -> k.backpropagate(m(2, 2), one, dx));
        overlap("outerProductGradient dz", one, dw -> k.outerProductGradient(one.columns(0, 2), m(2, 3), dw));
        overlap("outerProductGradient x", one, dw -> k.outerProductGradient(m(2, 2), one, dw));
        overlap("biasGradient", b, () -> k.biasGradient(Matrix.row(b), b));
        overlap("update", one, w -> k.update(w, one, 1, 1, 0));
        OptimizerStep adam = new OptimizerStep(Optimizer.adam());
        overlap("optimize dw", one, w -> k.optimize(adam, true, w, one, m(2, 3), m(2, 3)));
        overlap("optimize m", one, w -> k.optimize(adam, true, w, m(2, 3), one, m(2, 3)));
        overlap("optimize v", one, w -> k.optimize(adam, true, w, m(2, 3), m(2, 3), one));
        overlap("optimize moments", one, m -> k.optimize(adam, true, m(2, 3), m(2, 3), m, one));
        overlap("logSoftmax", one, y -> k.logSoftmax(one, y));
        for (Loss loss : Loss.values()) {
            overlap("lossGradient in", one, d -> k.lossGradient(loss, one, m(2, 3), d, new float[2]));
            overlap("lossGradient targets", one, d -> k.lossGradient(loss, m(2, 3), one, d, new float[2]));
            overlap("lossGradient losses", b, () -> k.lossGradient(loss, Matrix.row(b), m(1, 3), m(1, 3), b));
            overlap("lossGradient losses", b, () -> k.lossGradient(loss, m(1, 3), Matrix.row(b), m(1, 3), b));
            overlap("lossGradient losses", b, () -> k.lossGradient(loss, m(1, 3), m(1, 3), Matrix.row(b), b));
        }
        // Where the same buffer is allowed, one that is a little further is not.
        Matrix further = Matrix.view(one.data(), 1, 1, 5, 5);
        Matrix first = Matrix.view(one.data(), 0, 1, 5, 5);
        overlap("activate", one, z -> k.activate(f, null, first, further));
        overlap("activationGradient da", one, z -> k.activationGradient(f, null, m(1, 5), first, further));
        overlap("softmax", one, z -> k.softmax(first, further));
    }

    private static void overlap(String what, float[] array, Executable call) {
        String message = Assertions.assertThrows(IllegalArgumentException.class, call, what).getMessage();
        Assertions.assertTrue(message.contains("overlaps"), what + ": " + message);
        for (float value : array) {
            Assertions.assertEquals(UNTOUCHED, value, what + ": wrote into an output before it refused the call");
        }
    }

    private static void overlap(String what, Matrix output, Call call) {
        overlap(what, output.data(), () -> call.on(output));
    }

    private interface Call {
        void on(Matrix output);
    }

    private static void refuses(String what, int one, int other, Call call, int rows, int columns) {
        Matrix output = m(rows, columns);
        Executable executable = () -> call.on(output);
        String message = Assertions.assertThrows(IllegalArgumentException.class, executable, what).getMessage();
        for (int number : new int[] {one, other}) {
            Assertions.assertTrue(message.contains(Integer.toString(number)),
                    what + ": the message must name " + number + ", but is: " + message);
        }
        for (float value : output.data()) {
            Assertions.assertEquals(UNTOUCHED, value, what + ": wrote into an output before it refused the call");
        }
    }

    private static Matrix m(int rows, int columns) {
        Matrix m = Matrix.zeros(rows, columns);
        Arrays.fill(m.data(), UNTOUCHED);
        return m;
    }
}
