package dev.samebits.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.Combination;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Quantization;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.Table;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong shapes: refused with both numbers, and before anything is written. */
class KernelArgumentsTest {
    private static final LayerKernels KERNELS = Backends.named("scalar").kernels();
    private static final OptimizerStep ADAM = new OptimizerStep(Optimizer.adam());
    private static final float CANARY = 42;

    /** A call with wrong shapes; it takes its arguments from the arrays it is given. */
    private record Wrong(String kernel, Call call, String... numbers) {
        @Override
        public String toString() {
            return kernel + " " + String.join(" / ", numbers);
        }
    }

    @FunctionalInterface
    private interface Call {
        void run(Lender lender);
    }

    /** Hands out arrays full of canaries and remembers them. */
    private static final class Lender {
        final List<float[]> all = new ArrayList<>();

        float[] v(int length) {
            float[] array = new float[length];
            Arrays.fill(array, CANARY);
            all.add(array);
            return array;
        }

        Matrix m(int rows, int columns) {
            return Matrix.of(rows, columns, v(rows * columns));
        }
    }

    private static final Activation PRELU = Activation.PRELU;
    private static final Activation TANH = Activation.TANH;

    static Stream<Wrong> wrong() {
        return Stream.of(ofLayers(), ofSteps(), ofGradients(), ofIntegers()).flatMap(all -> all);
    }

    private static Stream<Wrong> ofSteps() {
        Table table = Table.of(Matrix.of(2, 3, 1, 2, 3, 4, 5, 6));
        Combination add = Combination.ADD;
        return Stream.of(
                new Wrong("scaleShift", a -> KERNELS.scaleShift(a.v(4), a.v(3), a.m(2, 3), a.m(2, 3)), "length 4", "2 × 3"),
                new Wrong("scaleShift", a -> KERNELS.scaleShift(a.v(3), a.v(5), a.m(2, 3), a.m(2, 3)), "length 5", "2 × 3"),
                new Wrong("centerScale", a -> KERNELS.centerScale(a.v(3), a.v(3), a.m(2, 3), a.m(2, 4)), "2 × 3", "2 × 4"),
                new Wrong("combine", a -> KERNELS.combine(add, a.m(2, 3), a.m(2, 4), a.m(2, 4)), "a is 2 × 3", "2 × 4"),
                new Wrong("combine", a -> KERNELS.combine(add, a.m(2, 3), a.m(3, 3), a.m(2, 3)), "b is 3 × 3", "2 × 3"),
                new Wrong("combine", a -> KERNELS.combine(add, a.m(2, 1), a.m(2, 1), a.m(2, 3)), "2 × 1", "2 × 3"),
                new Wrong("layerNorm", a -> KERNELS.layerNorm(0, a.v(3), a.v(4), a.m(2, 3), a.m(2, 3)), "4", "2 × 3"),
                new Wrong("rmsNorm", a -> KERNELS.rmsNorm(0, a.v(2), a.m(2, 3), a.m(2, 3)), "length 2", "2 × 3"),
                new Wrong("l2Norm", a -> KERNELS.l2Norm(0, a.m(2, 3), a.m(1, 3)), "2 × 3", "1 × 3"),
                new Wrong("embedding", a -> KERNELS.embedding(table, a.m(2, 2), a.m(2, 5)), "2 × 2", "2 × 3", "2 × 5"),
                new Wrong("embedding", a -> KERNELS.embedding(table, a.m(2, 1), a.m(2, 3)), "row 0, column 0 is 42.0",
                        "from 0 to 1"),
                new Wrong("dot", a -> KERNELS.dot(a.m(2, 3), a.m(2, 4), a.m(2, 1)), "2 × 3", "2 × 4"),
                new Wrong("dot", a -> KERNELS.dot(a.m(2, 3), a.m(2, 3), a.m(2, 2)), "2 × 3", "2 × 2"),
                new Wrong("sum", a -> KERNELS.sum(a.m(2, 3), a.m(2, 2)), "2 × 3", "2 × 2"),
                new Wrong("sum", a -> KERNELS.sum(a.m(2, 4), a.m(3, 2)), "2 × 4", "3 × 2"));
    }

    private static Stream<Wrong> ofGradients() {
        return Stream.of(
                new Wrong("combineGradient", a -> KERNELS.combineGradient(Combination.MULTIPLY, true, a.m(2, 3), a.m(2, 3),
                        a.m(2, 4), a.m(2, 3)), "2 × 3", "2 × 4"),
                new Wrong("combineGradient", a -> KERNELS.combineGradient(Combination.ADD, false, a.m(2, 3), a.m(2, 3),
                        a.m(2, 3), a.m(3, 3)), "2 × 3", "3 × 3"),
                new Wrong("layerNormGradient", a -> KERNELS.layerNormGradient(1e-5f, a.v(4), a.m(2, 3), a.m(2, 3),
                        a.m(2, 3), a.m(2, 3)), "length 4", "3 columns"),
                new Wrong("layerNormGradient", a -> KERNELS.layerNormGradient(1e-5f, a.v(3), a.m(2, 3), a.m(2, 3),
                        a.m(2, 4), a.m(2, 3)), "2 × 3", "2 × 4"),
                new Wrong("rmsNormGradient", a -> KERNELS.rmsNormGradient(1e-5f, a.v(3), a.m(2, 3), a.m(4, 3),
                        a.m(2, 3), a.m(2, 3)), "2 × 3", "4 × 3"),
                new Wrong("l2NormGradient", a -> KERNELS.l2NormGradient(1e-5f, a.m(2, 3), a.m(2, 3), a.m(2, 5)),
                        "2 × 3", "2 × 5"),
                new Wrong("gainGradient", a -> KERNELS.gainGradient(a.m(2, 3), a.m(2, 3), a.v(4)),
                        "length 4", "3 columns"),
                new Wrong("gainGradient", a -> KERNELS.gainGradient(a.m(2, 3), a.m(3, 3), a.v(3)), "2 × 3", "3 × 3"),
                new Wrong("dropout", a -> KERNELS.dropout(1, 2, 3, 1, -1, a.m(2, 3)), "from 0", "-1"),
                new Wrong("softmaxGradient", a -> KERNELS.softmaxGradient(a.m(2, 3), a.m(2, 4), a.m(2, 3)),
                        "2 × 3", "2 × 4"),
                new Wrong("logSoftmaxGradient", a -> KERNELS.logSoftmaxGradient(a.m(2, 3), a.m(2, 3), a.m(3, 3)),
                        "2 × 3", "3 × 3"),
                new Wrong("sumGradient", a -> KERNELS.sumGradient(a.m(2, 2), a.m(2, 5)), "2 × 2", "2 × 5"),
                new Wrong("sumGradient", a -> KERNELS.sumGradient(a.m(3, 2), a.m(2, 4)), "3 × 2", "2 × 4"));
    }

    private static Stream<Wrong> ofIntegers() {
        Quantization bytes = new Quantization(0.5f, 3, 0, 255);
        return Stream.of(
                new Wrong("quantize", a -> KERNELS.quantize(bytes, a.m(2, 3), a.m(2, 4)), "2 × 3", "2 × 4"),
                new Wrong("quantizeRow", a -> KERNELS.quantizeRow(a.m(2, 3), a.m(2, 3)), "2 × 3"),
                new Wrong("quantizeRow", a -> KERNELS.quantizeRow(a.m(2, 3), a.m(3, 4)), "2 × 3", "3 × 4"),
                new Wrong("integerOutput", a -> KERNELS.integerOutput(new int[2], a.v(3), a.v(3), null, a.m(2, 6),
                        a.m(2, 3)), "2", "3"),
                new Wrong("integerOutput", a -> KERNELS.integerOutput(new int[3], a.v(3), a.v(3), null, a.m(2, 7),
                        a.m(2, 3)), "2 × 7", "2 × 3"),
                new Wrong("integerOutput", a -> KERNELS.integerOutput(new int[3], a.v(3), a.v(3), a.m(2, 2), a.m(2, 6),
                        a.m(2, 3)), "2 × 2"));
    }

    private static Stream<Wrong> ofLayers() {
        return Stream.of(
                new Wrong("matvec", a -> KERNELS.matvec(a.m(4, 3), a.v(4), a.v(5), a.v(4)), "x's length (5)", "columns (3)"),
                new Wrong("matvec", a -> KERNELS.matvec(a.m(4, 3), a.v(5), a.v(3), a.v(4)), "b's length (5)", "rows (4)"),
                new Wrong("matvec", a -> KERNELS.matvec(a.m(4, 3), a.v(4), a.v(3), a.v(6)), "z's length (6)", "rows (4)"),
                new Wrong("affine", a -> KERNELS.affine(a.m(2, 5), a.m(4, 3), a.v(4), a.m(2, 4)), "(5)", "(3)"),
                new Wrong("affine", a -> KERNELS.affine(a.m(2, 3), a.m(4, 3), a.v(4), a.m(2, 7)), "(7)", "(4)"),
                new Wrong("affine", a -> KERNELS.affine(a.m(2, 3), a.m(4, 3), a.v(4), a.m(9, 4)), "(9)", "(2)"),
                new Wrong("affine", a -> KERNELS.affine(a.m(2, 3), a.m(4, 3), a.v(6), a.m(2, 4)), "b's length (6)", "(4)"),
                new Wrong("pack", a -> KERNELS.pack(a.m(4, 3), a.v(5)), "b's length (5)", "rows (4)"),
                new Wrong("pack", a -> KERNELS.pack(Matrix.zeros(0, 3), new float[0]), "0 × 3"),
                new Wrong("activate", a -> KERNELS.activate(TANH, null, a.m(2, 3), a.m(2, 4)), "2 × 3", "2 × 4"),
                new Wrong("activate", a -> KERNELS.activate(TANH, null, a.m(2, 3), a.m(5, 3)), "2 × 3", "5 × 3"),
                new Wrong("activate", a -> KERNELS.activate(PRELU, a.v(4), a.m(2, 3), a.m(2, 3)), "(4)", "(3)"),
                new Wrong("activate", a -> KERNELS.activate(PRELU, null, a.m(2, 3), a.m(2, 3)), "(0)", "(3)"),
                new Wrong("activationGradient",
                        a -> KERNELS.activationGradient(TANH, null, a.m(2, 3), a.m(2, 4), a.m(2, 3)), "2 × 3", "2 × 4"),
                new Wrong("activationGradient",
                        a -> KERNELS.activationGradient(TANH, null, a.m(2, 3), a.m(2, 3), a.m(5, 3)), "2 × 3", "5 × 3"),
                new Wrong("activationGradient",
                        a -> KERNELS.activationGradient(PRELU, a.v(2), a.m(2, 3), a.m(2, 3), a.m(2, 3)), "(2)", "(3)"),
                new Wrong("slopeGradient", a -> KERNELS.slopeGradient(a.m(2, 3), a.m(4, 3), a.v(3)), "2 × 3", "4 × 3"),
                new Wrong("slopeGradient", a -> KERNELS.slopeGradient(a.m(2, 3), a.m(2, 3), a.v(4)), "(4)", "(3)"),
                new Wrong("maxout", a -> KERNELS.maxout(3, a.m(2, 7), a.m(2, 2)), "2 × 7", "3 (pieces)", "2 × 2"),
                new Wrong("maxout", a -> KERNELS.maxout(3, a.m(4, 6), a.m(2, 2)), "a's rows (2)", "z's rows (4)"),
                new Wrong("maxout", a -> KERNELS.maxout(0, a.m(2, 6), a.m(2, 2)), "0 (pieces)", "2 × 6"),
                new Wrong("maxout", a -> KERNELS.maxout(1 << 30, a.m(1, 4), a.m(1, 4)), "1073741824 (pieces)"),
                new Wrong("maxoutGradient",
                        a -> KERNELS.maxoutGradient(3, a.m(2, 7), a.m(2, 2), a.m(2, 7)), "2 × 7", "2 × 2"),
                new Wrong("maxoutGradient",
                        a -> KERNELS.maxoutGradient(3, a.m(2, 6), a.m(2, 2), a.m(2, 5)), "2 × 6", "2 × 5"),
                new Wrong("backpropagate", a -> KERNELS.backpropagate(a.m(2, 5), a.m(4, 3), a.m(2, 3)), "(5)", "(4)"),
                new Wrong("backpropagate", a -> KERNELS.backpropagate(a.m(2, 4), a.m(4, 3), a.m(2, 6)), "(6)", "(3)"),
                new Wrong("backpropagate", a -> KERNELS.backpropagate(a.m(2, 4), a.m(4, 3), a.m(7, 3)), "(7)", "(2)"),
                new Wrong("outerProductGradient",
                        a -> KERNELS.outerProductGradient(a.m(2, 4), a.m(5, 3), a.m(4, 3)), "rows (2)", "rows (5)"),
                new Wrong("outerProductGradient",
                        a -> KERNELS.outerProductGradient(a.m(2, 4), a.m(2, 3), a.m(6, 3)), "(6)", "(4)"),
                new Wrong("outerProductGradient",
                        a -> KERNELS.outerProductGradient(a.m(2, 4), a.m(2, 3), a.m(4, 7)), "(7)", "(3)"),
                new Wrong("biasGradient", a -> KERNELS.biasGradient(a.m(2, 4), a.v(3)), "(3)", "(4)"),
                new Wrong("update", a -> KERNELS.update(a.m(2, 4), a.m(2, 3), 1, 1, 0), "2 × 4", "2 × 3"),
                new Wrong("update", a -> KERNELS.update(a.m(2, 4), a.m(4, 2), 1, 1, 0), "2 × 4", "4 × 2"),
                new Wrong("optimize", a -> KERNELS.optimize(ADAM, true, a.m(2, 4), a.m(2, 3), a.m(2, 4), a.m(2, 4)),
                        "2 × 4", "2 × 3"),
                new Wrong("optimize", a -> KERNELS.optimize(ADAM, true, a.m(2, 4), a.m(2, 4), a.m(4, 2), a.m(2, 4)),
                        "2 × 4", "4 × 2"),
                new Wrong("optimize", a -> KERNELS.optimize(ADAM, true, a.m(2, 4), a.m(2, 4), a.m(2, 4), a.m(3, 4)),
                        "2 × 4", "3 × 4"),
                new Wrong("softmax", a -> KERNELS.softmax(a.m(2, 4), a.m(2, 3)), "2 × 4", "2 × 3"),
                new Wrong("logSoftmax", a -> KERNELS.logSoftmax(a.m(2, 4), a.m(3, 4)), "2 × 4", "3 × 4"),
                loss(a -> KERNELS.lossGradient(Loss.CROSS_ENTROPY, a.m(2, 4), a.m(2, 3), a.m(2, 4), a.v(2)),
                        "2 × 4", "2 × 3"),
                loss(a -> KERNELS.lossGradient(Loss.CROSS_ENTROPY, a.m(2, 4), a.m(2, 4), a.m(1, 4), a.v(2)),
                        "2 × 4", "1 × 4"),
                loss(a -> KERNELS.lossGradient(Loss.SQUARED_ERROR, a.m(3, 4), a.m(3, 4), a.m(3, 4), a.v(2)),
                        "2 rows", "are 3"));
    }

    private static Wrong loss(Call call, String... numbers) {
        return new Wrong("lossGradient", call, numbers);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongShapesAreRefusedBeforeAnythingIsWritten(Wrong wrong) {
        Lender lender = new Lender();
        assertThatIllegalArgumentException().isThrownBy(() -> wrong.call().run(lender))
                .withMessageStartingWith(wrong.kernel() + ": ")
                .withMessageContainingAll(wrong.numbers());
        lender.all.forEach(array -> assertThat(array).containsOnly(CANARY));
    }

    @Test
    void everyKernelIsHere() {
        Set<String> kernels =
                Arrays.stream(LayerKernels.class.getMethods()).map(Method::getName).collect(Collectors.toSet());
        assertThat(wrong().map(Wrong::kernel).collect(Collectors.toSet())).isEqualTo(kernels);
    }

    @Test
    void emptyBatchesAreValidAndWriteNothing() {
        Matrix none = Matrix.zeros(0, 3);
        float[] four = {CANARY, CANARY, CANARY, CANARY};
        float[] three = {CANARY, CANARY, CANARY};
        Matrix w = Matrix.of(4, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Matrix before = w.copy();
        KERNELS.affine(none, w, four, Matrix.zeros(0, 4));
        KERNELS.activate(TANH, null, none, none);
        KERNELS.activationGradient(TANH, null, none, none, none);
        KERNELS.slopeGradient(none, none, three);
        KERNELS.maxout(3, none, Matrix.zeros(0, 1));
        KERNELS.maxoutGradient(3, none, Matrix.zeros(0, 1), none);
        KERNELS.backpropagate(Matrix.zeros(0, 4), w, none);
        KERNELS.outerProductGradient(Matrix.zeros(0, 4), none, w);
        KERNELS.biasGradient(none, three);
        KERNELS.softmax(none, none);
        KERNELS.logSoftmax(none, none);
        KERNELS.scaleShift(three, three, none, none);
        KERNELS.combine(Combination.ADD, none, Matrix.zeros(0, 1), none);
        KERNELS.layerNorm(0, three, three, none, none);
        KERNELS.embedding(Table.of(Matrix.row(1)), none, Matrix.zeros(0, 3));
        KERNELS.dot(none, none, Matrix.zeros(0, 1));
        KERNELS.sum(none, Matrix.zeros(0, 3));
        KERNELS.lossGradient(Loss.CROSS_ENTROPY, none, none, none, new float[0]);
        assertThat(w.data()).containsExactly(before.data());
        assertThat(three).containsOnly(CANARY);
        assertThat(four).containsOnly(CANARY);
    }
}
