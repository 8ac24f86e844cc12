package dev.samebits.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.Initializer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SplitMix64;
import dev.samebits.train.Epoch;
import dev.samebits.train.Samples;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingListener;
import dev.samebits.train.TrainingRequest;
import dev.samebits.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithm 4.1 on its worked case. */
class Algorithm41Test {
    private static final Samples TRAINING =
            Samples.of(Matrix.of(4, 2, 1, 2, -3, 4, -1, -2, 3, -4), Samples.oneHot(new int[] {0, 1, 2, 3}, 4));
    private static final Samples VALIDATION =
            Samples.of(Matrix.of(4, 2, 12, 14, 11, -12, -13, -14, -11, 12), Samples.oneHot(new int[] {0, 3, 2, 1}, 4));

    private static Network start(long seed) {
        return Network.builder(2)
                .dense(4, Activation.LOGISTIC)
                .dense(4, Activation.IDENTITY)
                .softmax()
                .weights(Initializer.UNIT_UNIFORM)
                .biases(1)
                .build(seed);
    }

    private static TrainingResult fit(long seed, int epochs, Samples training, Samples validation) {
        TrainingRequest request = request(seed, training);
        return Sgd.of(0.1f, epochs).withWeightDecay(0.01f).withSeed(seed)
                .fit(validation == null ? request : request.withValidation(validation));
    }

    private static TrainingRequest request(long seed, Samples training) {
        return TrainingRequest.of(start(seed), Loss.CROSS_ENTROPY, training).withBackend(Backends.named("scalar"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 42, 2024})
    void workedCaseReachesNoValidationErrors(long seed) {
        TrainingResult result = fit(seed, 100, TRAINING, VALIDATION);
        Epoch last = result.epochs().get(result.epochs().size() - 1);
        assertThat(last.number()).isLessThanOrEqualTo(100);
        assertThat(last.validationErrors()).isZero();
        assertThat(last.errorRate()).isZero();
    }

    @Test
    void startsFromWeightsBetweenZeroAndOneAndBiasesOfOne() {
        for (var layer : start(3).layers()) {
            for (float w : layer.weights().data()) {
                assertThat(w).isBetween(0f, Math.nextDown(1f));
            }
            assertThat(layer.bias()).containsOnly(1);
        }
    }

    /** The textbook's loop computes a shuffle and then visits the samples in their given order. */
    @Test
    void samplesAreVisitedInTheShuffledOrderOfEachEpoch() {
        List<Integer> visited = new ArrayList<>();
        Samples recording = new Samples() {
            @Override
            public int size() {
                return 4;
            }

            @Override
            public int inputs() {
                return 2;
            }

            @Override
            public int outputs() {
                return 4;
            }

            @Override
            public void read(int index, Matrix x, Matrix targets, int row) {
                visited.add(index);
                TRAINING.read(index, x, targets, row);
            }
        };
        fit(1, 20, recording, null);
        assertThat(visited).hasSize(80);
        SplitMix64 random = new SplitMix64(1);
        int[] order = IntStream.range(0, 4).toArray();
        List<List<Integer>> epochs = new ArrayList<>();
        for (int e = 0; e < 20; e++) {
            random.shuffle(order);
            epochs.add(IntStream.of(order).boxed().toList());
            assertThat(visited.subList(4 * e, 4 * e + 4)).isEqualTo(epochs.get(e)).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
        assertThat(epochs.stream().distinct().count()).isGreaterThan(5);
    }

    @Test
    void parametersAreUpdatedAfterEachSample() {
        List<Integer> progress = new ArrayList<>();
        Sgd.of(0.1f, 1).fit(request(1, TRAINING).withListener(new TrainingListener() {
            @Override
            public void batch(int epoch, int samples, int of) {
                progress.add(samples);
            }
        }));
        assertThat(progress).containsExactly(1, 2, 3, 4);
    }
}
