package dev.samebits.tck;

import static dev.samebits.tck.Values.EXTREME;
import static dev.samebits.tck.Values.NON_FINITE;
import static dev.samebits.tck.Values.NORMAL;
import static dev.samebits.tck.Values.SPECIAL;

import dev.samebits.Combination;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.scalar.ScalarKernels;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The kernels of the gradients of steps give the bits of the definition, write all of their outputs and nothing else, and
 * leave their inputs alone.
 */
class StepGradientContract extends BackendContract {
    private static final List<Values> KINDS = List.of(NORMAL, EXTREME, NON_FINITE, SPECIAL);
    private static final float[] EPSILONS = {0, 1e-5f, 3};

    private final LayerKernels definition = new ScalarKernels();

    StepGradientContract(BackendContracts judged) {
        super(judged);
    }

    private interface Call {
        void run(LayerKernels kernels, Matrix x, Matrix dy, Matrix normal, Matrix dx);
    }

    private interface Arguments {
        Call of(Case c, Buffers buffers);
    }

    // Of a value or operand and the value's gradient; normal is another output, if there is one.
    private void ofTwo(String name, boolean twoOutputs, Arguments arguments) {
        LayerKernels kernels = kernels();
        Case.each(name, Sizes.elements(), KINDS, (c, buffers) -> {
            Call call = arguments.of(c, buffers);
            Matrix x = buffers.input("x", c.batch(), c.out());
            Matrix dy = buffers.input("dy", c.batch(), c.out());
            Matrix dx = buffers.output("dx", c.batch(), c.out());
            Matrix normal = twoOutputs ? buffers.output("normal", c.batch(), c.out()) : null;
            Matrix wantNormal = Matrix.zeros(c.batch(), c.out());
            Matrix want = Matrix.zeros(c.batch(), c.out());
            call.run(kernels, x, dy, normal, dx);
            call.run(definition, x, dy, wantNormal, want);
            buffers.verify();
            Bits.assertSame(c.what() + ": dx", dx, want);
            if (twoOutputs) {
                Bits.assertSame(c.what() + ": normal", normal, wantNormal);
            }
        });
    }

    @Test
    void layerNorm() {
        for (float epsilon : EPSILONS) {
            ofTwo("layerNormGradient:" + epsilon, true, (c, buffers) -> {
                float[] gain = buffers.input("gain", c.out());
                return (kernels, x, dy, normal, dx) -> kernels.layerNormGradient(epsilon, gain, x, dy, normal, dx);
            });
        }
    }

    @Test
    void rmsNorm() {
        for (float epsilon : EPSILONS) {
            ofTwo("rmsNormGradient:" + epsilon, true, (c, buffers) -> {
                float[] gain = buffers.input("gain", c.out());
                return (kernels, x, dy, normal, dx) -> kernels.rmsNormGradient(epsilon, gain, x, dy, normal, dx);
            });
        }
    }

    @Test
    void l2Norm() {
        for (float epsilon : EPSILONS) {
            ofTwo("l2NormGradient:" + epsilon, false, (c, buffers) -> (kernels, x, dy, normal, dx) ->
                    kernels.l2NormGradient(epsilon, x, dy, dx));
        }
    }

    @Test
    void softmax() {
        ofTwo("softmaxGradient", false, (c, buffers) -> (kernels, x, dy, normal, dx) ->
                kernels.softmaxGradient(x, dy, dx));
        ofTwo("logSoftmaxGradient", false, (c, buffers) -> (kernels, x, dy, normal, dx) ->
                kernels.logSoftmaxGradient(x, dy, dx));
    }

    /** Both operands as wide as y, either of one column. */
    @Test
    void combine() {
        for (Combination combination : Combination.values()) {
            for (boolean second : new boolean[] {false, true}) {
                ofTwo("combineGradient " + combination.label(), false, (c, buffers) -> {
                    Matrix b = buffers.input("b", c.batch(), c.number() % 3 == 0 ? 1 : c.out());
                    boolean turned = c.number() % 2 == 0;
                    return (kernels, x, dy, normal, dx) ->
                            kernels.combineGradient(combination, second, turned ? b : x, turned ? x : b, dy, dx);
                });
            }
        }
    }

    @Test
    void sum() {
        LayerKernels kernels = kernels();
        for (int pieces : new int[] {1, 2, 5, 37}) {
            Case.each("sumGradient of " + pieces, Sizes.elements(), KINDS, (c, buffers) -> {
                Matrix dy = buffers.input("dy", c.batch(), c.out());
                Matrix dx = buffers.output("dx", c.batch(), pieces * c.out());
                Matrix want = Matrix.zeros(c.batch(), pieces * c.out());
                kernels.sumGradient(dy, dx);
                definition.sumGradient(dy, want);
                buffers.verify();
                Bits.assertSame(c.what(), dx, want);
            });
        }
    }

    /** From any row of a mini-batch on; what stays is scaled, also where it is no number. */
    @Test
    void dropout() {
        LayerKernels kernels = kernels();
        for (int threshold : new int[] {1, 1 << 22, (1 << 24) - 1}) {
            Case.each("dropout below " + threshold, Sizes.elements(), KINDS, (c, buffers) -> {
                Matrix x = buffers.changed("x", c.batch(), c.out());
                Matrix want = x.copy();
                int from = 100 * c.number();
                kernels.dropout(c.number(), -7, threshold, 1.25f, from, x);
                definition.dropout(c.number(), -7, threshold, 1.25f, from, want);
                buffers.verify();
                Bits.assertSame(c.what(), x, want);
            });
        }
    }

    @Test
    void gain() {
        LayerKernels kernels = kernels();
        Case.each("gainGradient", Sizes.elements(), KINDS, (c, buffers) -> {
            Matrix dy = buffers.input("dy", c.batch(), c.out());
            Matrix normal = buffers.input("normal", c.batch(), c.out());
            float[] dgain = buffers.changed("dgain", 1, c.out()).copy().data();
            float[] want = dgain.clone();
            kernels.gainGradient(dy, normal, dgain);
            definition.gainGradient(dy, normal, want);
            buffers.verify();
            Bits.assertSame(c.what(), dgain, want);
        });
    }
}
