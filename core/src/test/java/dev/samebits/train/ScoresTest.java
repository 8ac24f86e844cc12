package dev.samebits.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.SplitMix64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Known values of all scores; those with a name are what scikit-learn 1.2.1 gives. */
class ScoresTest {
    @Test
    void scoresOfThreeClasses() {
        Matrix p = Matrix.of(6, 3, 0.7f, 0.2f, 0.1f, 0.1f, 0.8f, 0.1f, 0.2f, 0.3f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.5f,
                0.25f,
                0.4f, 0.4f, 0.2f);
        ClassScores scores = ClassScores.of(p, Samples.oneHot(new int[] {0, 1, 2, 2, 1, 1}, 3));
        assertThat(scores.accuracy()).isEqualTo(4 / 6.0);
        assertThat(scores.balancedAccuracy()).isEqualTo((1 + 2 / 3.0 + 1 / 2.0) / 3, within(1e-15));
        assertThat(scores.confused(2, 0)).isEqualTo(1);
        assertThat(scores.confused(1, 0)).isEqualTo(1);
        assertThat(scores.predicted(0)).isEqualTo(3);
        assertThat(scores.rowsOf(1)).isEqualTo(3);
        double loss = -(Math.log(0.7f) + Math.log(0.8f) + Math.log(0.5f) + Math.log(0.25) + Math.log(0.5)
                + Math.log(0.4f)) / 6;
        assertThat(scores.logLoss()).isEqualTo(loss, within(1e-12));
        // Class 2: 0.5 and 0.25 against 0.1, 0.1, 0.25 and 0.2: one tie in eight pairs.
        assertThat(scores.auc(2)).isEqualTo(7.5 / 8);
        assertThat(scores.auc(0)).isEqualTo(1);
        assertThat(scores.auc()).isEqualTo((1 + scores.auc(1) + 7.5 / 8) / 3, within(1e-15));
    }

    @Test
    void scoresOfOneColumn() {
        ClassScores scores = ClassScores.of(Matrix.of(4, 1, 0.1f, 0.4f, 0.35f, 0.8f), Matrix.of(4, 1, 0, 0, 1, 1));
        // roc_auc_score
        assertThat(scores.auc()).isEqualTo(0.75);
        assertThat(scores.auc(0)).isEqualTo(0.75);
        assertThat(scores.accuracy()).isEqualTo(0.75);
        assertThat(scores.confused(1, 0)).isEqualTo(1);
        // log_loss
        assertThat(scores.logLoss()).isEqualTo(0.47228795, within(1e-7));
    }

    @Test
    void certainMistakesAndNansAreCounted() {
        Matrix yes = Matrix.of(2, 1, 1, 0);
        assertThat(ClassScores.logLoss(Matrix.of(2, 1, 0, 1), yes)).isEqualTo(-Math.log(0x1p-24), within(1e-12));
        assertThat(ClassScores.logLoss(yes, yes)).isZero();
        ClassScores nan = ClassScores.of(Matrix.of(2, 1, Float.NaN, 0), yes);
        assertThat(nan.logLoss()).isNaN();
        assertThat(nan.auc()).isNaN();
        assertThat(nan.accuracy()).isEqualTo(0.5);
        assertThat(nan.rowsOf(1)).isEqualTo(1);
        assertThat(ClassScores.of(Matrix.of(2, 1, 1, 0), Matrix.of(2, 1, 1, 1)).auc()).isNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> ClassScores.of(yes, Matrix.row(1, 0)))
                .withMessageContaining("same shape");
    }

    @Test
    void scoresOfValues() {
        ValueScores scores = ValueScores.of(Matrix.of(4, 2, 2.5f, 1, 0, 2, 2, 3, 8, 4), Matrix.of(4, 2, 3, 1, -0.5f, 1, 2,
                1, 7, 1));
        // r2_score, mean_absolute_error, root of mean_squared_error
        assertThat(scores.r2(0)).isEqualTo(0.9486081370449679, within(1e-15));
        assertThat(scores.meanAbsoluteError(0)).isEqualTo(0.5);
        assertThat(scores.rootMeanSquaredError(0)).isEqualTo(0.6123724356957945, within(1e-15));
        assertThat(scores.r2(1)).isNaN();
        assertThat(scores.meanAbsoluteError(1)).isEqualTo(1.5);
    }

    /** Seed 5: the network reads its first input alone, which then is all that matters. */
    @Test
    void onlyWhatIsReadIsImportant() {
        SplitMix64 random = new SplitMix64(5);
        Matrix x = Matrix.zeros(200, 3);
        Matrix y = Matrix.zeros(200, 1);
        for (int n = 0; n < 200; n++) {
            for (int j = 0; j < 3; j++) {
                x.set(n, j, random.nextFloat());
            }
            y.set(n, 0, x.get(n, 0) > 0.5f ? 1 : 0);
        }
        Layer layer = Layer.dense(Matrix.row(20, 0, 0), new float[] {-10}, Activation.LOGISTIC);
        Network classes = Network.of(List.of(layer), Output.IDENTITY);
        Network values = Network.of(List.of(Layer.dense(Matrix.row(1, 0, 0), new float[1], Activation.IDENTITY)),
                Output.IDENTITY);
        for (Network network : List.of(classes, values)) {
            try (InferenceSession session = Backends.named("scalar").open(network)) {
                double[] importance = Importance.of(session, x, y, 2, 1);
                assertThat(importance[0]).isGreaterThan(0.5);
                assertThat(importance[1]).isZero();
                assertThat(importance[2]).isZero();
                assertThat(Importance.of(session, x, y, 2, 1)).isEqualTo(importance);
            }
        }
    }
}
