package dev.samebits.tck;

import static dev.samebits.tck.Values.EXTREME;
import static dev.samebits.tck.Values.NON_FINITE;
import static dev.samebits.tck.Values.NORMAL;
import static dev.samebits.tck.Values.SPECIAL;

import dev.samebits.Backend;
import dev.samebits.GraphBuilder;
import dev.samebits.InferenceSession;
import dev.samebits.IntegerLayer;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Quantization;
import dev.samebits.SplitMix64;
import dev.samebits.scalar.ScalarKernels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The kernels of whole numbers give the bits of the definition, where x / s lies half between two of them, too; sums
 * of integer layers are exact, at their largest as well; and a row's range is its own.
 */
class IntegerKernelContract extends BackendContract {
    private static final List<Values> KINDS = List.of(NORMAL, EXTREME, NON_FINITE, SPECIAL);

    private final LayerKernels definition = new ScalarKernels();

    IntegerKernelContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void quantize() {
        LayerKernels kernels = kernels();
        for (Quantization q : List.of(Quantization.uint8(0.05f, 117), Quantization.int8(0.5f, -3),
                Quantization.uint8(1, 255), Quantization.int8(1e-38f, 0), new Quantization(0.0117f, 0, -255, 0))) {
            Case.each("quantize " + q, Sizes.elements(), KINDS, (c, buffers) -> {
                Matrix x = halves(q.scale(), buffers.changed("x", c.batch(), c.out()));
                Matrix y = buffers.output("y", c.batch(), c.out());
                Matrix want = Matrix.zeros(c.batch(), c.out());
                kernels.quantize(q, x, y);
                definition.quantize(q, x, want);
                buffers.verify();
                Bits.assertSame(c.what(), y, want);
                kernels.quantize(q, x, x);
                Bits.assertSame(c.what() + " in place", x, want);
            });
        }
    }

    // Every other row has multiples of half a scale.
    private static Matrix halves(float scale, Matrix x) {
        for (int n = 0; n < x.rows(); n += 2) {
            for (int j = 0; j < x.columns(); j++) {
                if (Math.abs(x.get(n, j)) < 1000) {
                    x.set(n, j, (float) Math.rint(64 * x.get(n, j)) / 2 * scale);
                }
            }
        }
        return x;
    }

    @Test
    void quantizeRow() {
        LayerKernels kernels = kernels();
        Case.each("quantizeRow", Sizes.elements(), KINDS, (c, buffers) -> {
            Matrix x = buffers.changed("x", c.batch(), c.out());
            for (int n = 0; n < c.batch(); n++) {
                for (int j = 0; j < c.out() && n % 3 > 0; j++) {
                    // Of one sign, and 0 alone.
                    x.set(n, j, n % 3 == 1 ? Math.abs(x.get(n, j)) : 0 * x.get(n, j));
                }
            }
            Matrix y = buffers.output("y", c.batch(), c.out() + 1);
            Matrix want = Matrix.zeros(c.batch(), c.out() + 1);
            kernels.quantizeRow(x, y);
            definition.quantizeRow(x, want);
            buffers.verify();
            Bits.assertSame(c.what(), y, want);
        });
    }

    /** Parts of sums up to 2²⁴, sums up to an int's largest, and floats that are no whole numbers. */
    @Test
    void integerOutput() {
        LayerKernels kernels = kernels();
        for (int parts : new int[] {1, 2, 5}) {
            Case.each("integerOutput of " + parts, Sizes.elements(), KINDS, (c, buffers) -> {
                SplitMix64 random = new SplitMix64(c.number());
                int[] bias = random.nextInt(2) == 0 ? new int[c.out()]
                        : random(random, c.out(), Integer.MAX_VALUE - (parts << 24));
                float[] scale = buffers.input("scale", c.out());
                float[] shift = buffers.input("shift", c.out());
                Matrix rowScale = random.nextInt(2) == 0 ? null : buffers.input("rowScale", c.batch(), 1);
                Matrix z = buffers.changed("z", c.batch(), parts * c.out());
                for (int n = 0; n < c.batch() && c.number() % 2 == 0; n++) {
                    int[] whole = random(random, z.columns(), 1 << 24);
                    for (int j = 0; j < z.columns(); j++) {
                        z.set(n, j, Float.isNaN(z.get(n, j)) ? Float.NaN : whole[j]);
                    }
                }
                Matrix y = buffers.output("y", c.batch(), c.out());
                Matrix want = Matrix.zeros(c.batch(), c.out());
                kernels.integerOutput(bias, scale, shift, rowScale, z, y);
                definition.integerOutput(bias, scale, shift, rowScale, z, want);
                buffers.verify();
                Bits.assertSame(c.what(), y, want);
                if (parts == 1) {
                    kernels.integerOutput(bias, scale, shift, rowScale, z, z);
                    Bits.assertSame(c.what() + " in place", z, want);
                }
            });
        }
    }

    private static int[] random(SplitMix64 random, int length, int most) {
        int[] values = new int[length];
        for (int i = 0; i < length; i++) {
            values[i] = (random.nextInt(2) == 0 ? 1 : -1) * (random.nextInt(3) == 0 ? most : random.nextInt(most));
        }
        return values;
    }

    /** Weights and inputs at their bounds: sums that float addition alone would round. */
    @Test
    void sumsAreExact() {
        Backend backend = underTest();
        int[] widths = {1, 257, 258, 259, 300, 1031, 33_025};
        for (int inputs : widths) {
            short[] weights = new short[2 * inputs];
            Arrays.fill(weights, 0, inputs, (short) 255);
            for (int j = 0; j < inputs; j++) {
                weights[inputs + j] = (short) (j % 2 == 0 ? 255 : -254);
            }
            Quantization unsigned = Quantization.uint8(1, 0);
            IntegerLayer layer = IntegerLayer.of(unsigned, inputs, weights, new float[] {1, 1});
            Matrix x = Matrix.zeros(3, inputs);
            for (int j = 0; j < inputs; j++) {
                x.set(0, j, 300);
                x.set(1, j, j * 31 % 256);
                x.set(2, j, j == inputs - 1 ? Float.NaN : 1);
            }
            GraphBuilder g = Network.graph();
            Network network = g.output("y", g.input("x", inputs).integerDense(layer)).build();
            try (InferenceSession session = backend.open(network)) {
                Matrix y = Matrix.zeros(3, 2);
                session.predict(x, y);
                long first = 0;
                long second = 0;
                for (int j = 0; j < inputs; j++) {
                    first += 255L * (j * 31 % 256);
                    second += (j % 2 == 0 ? 255L : -254L) * (j * 31 % 256);
                }
                long most = 65_025L * inputs;
                long turned = 65_025L * ((inputs + 1) / 2) - 64_770L * (inputs / 2);
                Bits.assertSame("sums of " + inputs, y,
                        Matrix.of(3, 2, most, turned, first, second, Float.NaN, Float.NaN));
            }
        }
    }
}
