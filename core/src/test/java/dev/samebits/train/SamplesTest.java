package dev.samebits.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {
    private static final Matrix X = Matrix.of(3, 2, 1, 2, 3, 4, 5, 6);
    private static final Matrix TARGETS = Matrix.of(3, 1, 7, 8, 9);

    @Test
    void readsOneSampleIntoOneRow() {
        Samples samples = Samples.of(X, TARGETS);
        assertThat(samples.size()).isEqualTo(3);
        assertThat(samples.inputs()).isEqualTo(2);
        assertThat(samples.outputs()).isEqualTo(1);
        Matrix x = Matrix.zeros(2, 2);
        Matrix targets = Matrix.zeros(2, 1);
        samples.read(2, x, targets, 1);
        assertThat(x.data()).containsExactly(0, 0, 5, 6);
        assertThat(targets.data()).containsExactly(0, 9);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void samplesOutsideThrow(int index) {
        assertThatThrownBy(() -> Samples.of(X, TARGETS).read(index, X.copy(), TARGETS.copy(), 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void differentNumbersOfRowsAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.of(X, Matrix.zeros(4, 1)))
                .withMessageContainingAll("3 × 2", "4 × 1");
    }

    @Test
    void oneHotHasAOneInTheLabelsColumn() {
        assertThat(Samples.oneHot(new int[] {2, 0}, 3).data()).containsExactly(0, 0, 1, 1, 0, 0);
        assertThat(Samples.oneHot(new int[0], 3).rows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void labelsOutsideAreNamedWithTheirRow(int label) {
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.oneHot(new int[] {0, label}, 3))
                .withMessage("label " + label + " in row 1 is not one of the classes 0 to 2");
    }

    @Test
    void classIsTheFirstLargest() {
        assertThat(Classification.classOf(Matrix.row(1, 3, 3), 0)).isEqualTo(1);
        assertThat(Classification.classOf(Matrix.row(-0f, 0), 0)).isZero();
        assertThat(Classification.classOf(Matrix.row(Float.NaN, -5, Float.NaN, -4), 0)).isEqualTo(Classification.NONE);
        assertThat(Classification.classOf(Matrix.row(1, Float.NaN), 0)).isEqualTo(Classification.NONE);
        assertThat(Classification.classOf(Matrix.row(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY), 0)).isZero();
        assertThat(Classification.classOf(Matrix.of(2, 2, 9, 1, 0, 1), 1)).isEqualTo(1);
    }

    @Test
    void oneColumnIsAProbability() {
        assertThat(Classification.classOf(Matrix.row(0.5f), 0)).isEqualTo(1);
        assertThat(Classification.classOf(Matrix.row(Math.nextDown(0.5f)), 0)).isZero();
        assertThat(Classification.classOf(Matrix.row(Float.NaN), 0)).isEqualTo(Classification.NONE);
    }

    @Test
    void errorsCountsTheRowsThatDiffer() {
        assertThat(Classification.errors(Matrix.of(3, 2, 1, 0, 0, 1, 1, 0), Samples.oneHot(new int[] {0, 0, 1}, 2)))
                .isEqualTo(2);
        // What is NaN is no class, so it is never right, not even where the target is NaN too.
        Matrix halfNaN = Matrix.of(2, 2, 1, Float.NaN, 0, 1);
        assertThat(Classification.errors(halfNaN, halfNaN.copy())).isEqualTo(1);
        assertThat(Classification.wrongDecisions(Matrix.of(1, 4, Float.NaN, 0.5f, 0.4f, 1), Matrix.of(1, 4, 0, 1, 1, 1)))
                .isEqualTo(2);
    }

    /** Samples that are scaled keep their weights; weights of weighted samples are multiplied. */
    @Test
    void weightsStay() {
        Samples samples = Samples.of(Matrix.of(3, 1, 1, 2, 4), Matrix.of(3, 1, 0, 1, 1)).withWeights(new float[] {1, 0, 3});
        Samples scaled = Standardization.ofInputs(samples).inputsOf(samples);
        assertThat(scaled.isWeighted()).isTrue();
        assertThat(scaled.withWeights(new float[] {2, 2, 2}).weight(2)).isEqualTo(6);
    }

    @Test
    void weightsThatMakeNoSenseAreRefused() {
        Samples samples = Samples.of(Matrix.of(2, 1, 1, 2), Matrix.of(2, 1, 0, 1));
        assertThatThrownBy(() -> samples.withWeights(new float[3])).hasMessageContaining("2 samples, but 3 weights");
        assertThatThrownBy(() -> samples.withWeights(new float[2])).hasMessageContaining("are 0");
        assertThatThrownBy(() -> samples.withWeights(new float[] {1, -1}))
                .hasMessageContaining("sample 1").hasMessageContaining("-1");
    }

    /** As scikit-learn's compute_class_weight has it: 6 / (2 · 4) and 6 / (2 · 2). */
    @Test
    void balancedClasses() {
        int[] labels = {0, 0, 2, 0, 2, 0};
        assertThat(ClassWeights.balanced(labels, 3)).containsExactly(0.75f, 1, 1.5f);
        assertThat(ClassWeights.ofSamples(labels, new float[] {2, 1, 5})).containsExactly(2, 2, 5, 2, 5, 2);
    }
}
