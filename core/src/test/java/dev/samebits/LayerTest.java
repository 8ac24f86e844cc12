package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTest {
    @Test
    void tellsItsShape() {
        Layer dense = Layer.dense(Matrix.zeros(256, 784), new float[256], Activation.RELU);
        assertThat(dense).hasToString("784 → 256 relu");
        assertThat(dense.parameters()).isEqualTo(784 * 256 + 256);
        Layer maxout = Layer.maxout(Matrix.zeros(6, 4), new float[6], 3);
        assertThat(maxout).hasToString("4 → 2 maxout of 3");
        assertThat(maxout.rows()).isEqualTo(6);
        assertThat(maxout.outputs()).isEqualTo(2);
        Layer prelu = Layer.prelu(Matrix.zeros(2, 3), new float[2], new float[2]);
        assertThat(prelu).hasToString("3 → 2 prelu");
        assertThat(prelu.parameters()).isEqualTo(10);
    }

    @Test
    void givenArraysAreCopied() {
        float[] w = {1, 2, 3, 4};
        float[] b = {5, 6};
        float[] slopes = {7, 8};
        Layer layer = Layer.prelu(Matrix.of(2, 2, w), b, slopes);
        String before = fingerprint(layer);
        Arrays.fill(w, 0);
        Arrays.fill(b, 0);
        Arrays.fill(slopes, 0);
        assertThat(fingerprint(layer)).isEqualTo(before);
        assertThat(layer.weights().data()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void returnedArraysAreCopies() {
        Layer layer = Layer.prelu(Matrix.of(2, 2, 1, 2, 3, 4), new float[] {5, 6}, new float[] {7, 8});
        String before = fingerprint(layer);
        Arrays.fill(layer.weights().data(), 0);
        Arrays.fill(layer.bias(), 0);
        Arrays.fill(layer.slopes(), 0);
        assertThat(fingerprint(layer)).isEqualTo(before);
    }

    @Test
    void parametersAreReadOneByOne() {
        Layer layer = Layer.prelu(Matrix.view(new float[] {0, 1, 2, 0, 3, 4}, 1, 2, 2, 3), new float[] {5, 6},
                new float[] {7, 8});
        assertThat(layer.weight(1, 0)).isEqualTo(3);
        assertThat(layer.bias(1)).isEqualTo(6);
        assertThat(layer.slope(0)).isEqualTo(7);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> layer.weight(0, 2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> layer.weight(2, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> layer.bias(2));
        Layer relu = Layer.dense(Matrix.zeros(2, 2), new float[2], Activation.RELU);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> relu.slope(0));
    }

    @Test
    void aLayerIsRebuiltFromItsSpecAndParameters() {
        Matrix w = Matrix.of(4, 2, 1, 2, 3, 4, 5, 6, 7, 8);
        float[] b = {1, 2, 3, 4};
        for (Layer layer : List.of(Layer.prelu(w, b, new float[] {5, 6, 7, 8}), Layer.maxout(w, b, 2),
                Layer.dense(w, b, Activation.elu(0.5f)), Layer.dense(w, b, Activation.IDENTITY))) {
            LayerSpec spec = layer.spec();
            Layer again = Layer.of(spec, layer.weights(), layer.bias(), layer.slopes());
            assertThat(again.spec()).isEqualTo(spec);
            assertThat(fingerprint(again)).isEqualTo(fingerprint(layer));
            assertThat(spec.rows()).isEqualTo(4);
            assertThat(spec.flops()).isEqualTo(2 * 4 * 2);
            assertThat(spec.parameters()).isEqualTo(spec.isPrelu() ? 16 : 12);
            assertThat(spec.isLinear()).isEqualTo(spec.toString().endsWith("identity"));
            assertThatIllegalArgumentException().isThrownBy(() -> Layer.of(spec, Matrix.zeros(4, 3), b, layer.slopes()))
                    .withMessageContainingAll(spec.toString(), "4 × 2", "4 × 3");
            assertThatIllegalArgumentException().isThrownBy(() -> Layer.of(spec, w, b, new float[3]))
                    .withMessageContaining("not 3");
        }
    }

    @Test
    void specsThatAreNoLayerAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LayerSpec(3, 0, 1, Activation.RELU))
                .withMessageContaining("not 3, 0 and 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new LayerSpec(3, 4, 2, Activation.RELU))
                .withMessageContaining("maxout of 2 pieces has no activation, not relu");
    }

    private static String fingerprint(Layer layer) {
        return Network.of(List.of(layer), Output.IDENTITY).fingerprint();
    }

    @Test
    void stridedWeightsBecomeDense() {
        float[] data = {0, 1, 2, 0, 3, 4, 0};
        Layer layer = Layer.dense(Matrix.view(data, 1, 2, 2, 3), new float[2], Activation.RELU);
        assertThat(layer.weights().data()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void shapeErrorsShowBothNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.dense(Matrix.zeros(4, 3), new float[5], Activation.RELU))
                .withMessage("W is 4 × 3 and needs 4 biases, but b has 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.prelu(Matrix.zeros(4, 3), new float[4], new float[3]))
                .withMessage("W is 4 × 3 and needs 4 PReLU slopes, not 3");
        assertThatIllegalArgumentException().isThrownBy(() -> Layer.maxout(Matrix.zeros(4, 3), new float[4], 3))
                .withMessageContainingAll("4 × 3", "not of 3");
        assertThatIllegalArgumentException().isThrownBy(() -> Layer.maxout(Matrix.zeros(4, 3), new float[4], 0))
                .withMessageContaining("not of 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.dense(Matrix.zeros(0, 3), new float[0], Activation.RELU))
                .withMessageContaining("0 × 3");
    }

    @Test
    void preluWithoutSlopesIsRefusedWithTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.dense(Matrix.zeros(1, 1), new float[1], Activation.PRELU))
                .withMessageContaining("Layer.prelu(weights, bias, slopes)");
    }

    @Test
    void nullsAreRefused() {
        assertThatThrownBy(() -> Layer.dense(Matrix.zeros(1, 1), new float[1], null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Layer.dense(null, new float[1], Activation.RELU)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Layer.dense(Matrix.zeros(1, 1), null, Activation.RELU))
                .isInstanceOf(NullPointerException.class);
    }
}
