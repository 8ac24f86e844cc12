package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Matrix;
import dev.samebits.LayerKernels;
import dev.samebits.scalar.ScalarKernels;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every activation function and derivative has the bits of the definition over a dense sweep of the floats, or
 * with {@code -Dsamebits.exhaustive=true} over all 2³² (hours). How accurate the definition is,
 * docs/numerics.md says.
 */
class ActivationContract extends BackendContract {
    private final LayerKernels definition = new ScalarKernels();

    ActivationContract(BackendContracts judged) {
        super(judged);
    }

    @TestFactory
    Stream<DynamicTest> values() {
        LayerKernels kernels = kernels();
        return ActivationSpec.ALL.stream().map(spec -> DynamicTest.dynamicTest(spec.toString(), () ->
                Sweep.blocks(block -> {
                    float[] x = Sweep.block(block);
                    compare(spec, "value", x, value(kernels, spec, x), value(definition, spec, x));
                })));
    }

    @TestFactory
    Stream<DynamicTest> derivatives() {
        LayerKernels kernels = kernels();
        return ActivationSpec.ALL.stream().map(spec -> DynamicTest.dynamicTest(spec.toString(), () ->
                Sweep.blocks(block -> {
                    float[] x = Sweep.block(block);
                    compare(spec, "derivative", x, derivative(kernels, spec, x), derivative(definition, spec, x));
                })));
    }

    private static void compare(ActivationSpec spec, String what, float[] x, float[] got, float[] want) {
        for (int i = 0; i < x.length; i++) {
            if (!Bits.same(got[i], want[i])) {
                Assertions.fail(spec + ", " + what + " at x = " + Bits.show(x[i]) + ", index " + i + " of 1 × " + x.length
                        + ": got " + Bits.show(got[i]) + ", want " + Bits.show(want[i]));
            }
        }
    }

    static float[] value(LayerKernels kernels, ActivationSpec spec, float[] x) {
        float[] result = new float[x.length];
        kernels.activate(spec.activation(), slopes(spec, x.length), Matrix.row(x), Matrix.row(result));
        return result;
    }

    static float[] derivative(LayerKernels kernels, ActivationSpec spec, float[] x) {
        float[] ones = new float[x.length];
        Arrays.fill(ones, 1);
        float[] result = new float[x.length];
        kernels.activationGradient(spec.activation(), slopes(spec, x.length), Matrix.row(x), Matrix.row(ones),
                Matrix.row(result));
        return result;
    }

    private static float @Nullable [] slopes(ActivationSpec spec, int length) {
        if (spec.activation().kind() != Activation.Kind.PRELU) {
            return null;
        }
        float[] slopes = new float[length];
        Arrays.fill(slopes, spec.slope());
        return slopes;
    }
}
