package dev.samebits.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.Output;
import dev.samebits.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SgdTest {
    private static final Backend SCALAR = Backends.named("scalar");

    private static final Network START = Network.builder(20).dense(33, Activation.TANH).maxout(17, 2)
            .dense(12, Activation.PRELU).dense(3, Activation.IDENTITY).softmax().build(1);

    /** Labels follow the largest of the first three inputs, except every {@code noise}-th, which is drawn. */
    private static Samples samples(int size, int noise, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Matrix x = Matrix.zeros(size, 20);
        int[] labels = new int[size];
        for (int n = 0; n < size; n++) {
            for (int j = 0; j < 20; j++) {
                x.set(n, j, 2 * random.nextFloat() - 1);
            }
            labels[n] = n % noise == 0 ? random.nextInt(3) : Classification.classOf(x.rows(n, 1).columns(0, 3), 0);
        }
        return Samples.of(x, Samples.oneHot(labels, 3));
    }

    private static TrainingResult fit(Sgd sgd, Samples training, Samples validation, int threads) {
        TrainingRequest request = on(START, Loss.CROSS_ENTROPY, training).withThreads(threads);
        return sgd.fit(validation == null ? request : request.withValidation(validation));
    }

    private static TrainingRequest on(Network network, Loss loss, Samples training) {
        return TrainingRequest.of(network, loss, training).withBackend(SCALAR);
    }

    @Test
    void sameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
        Samples training = samples(150, 10, 1);
        Sgd sgd = Sgd.of(0.05f, 3).withBatch(37).withSeed(5).withWeightDecay(0.001f);
        TrainingResult one = fit(sgd, training, samples(50, 4, 2), 1);
        for (int threads : new int[] {2, 3}) {
            TrainingResult more = fit(sgd, training, samples(50, 4, 2), threads);
            assertThat(more.network().fingerprint()).isEqualTo(one.network().fingerprint());
            assertThat(more.epochs()).isEqualTo(one.epochs());
        }
        assertThat(one.network().fingerprint()).isNotEqualTo(START.fingerprint());
    }

    /** Three epochs of two steps each: what the session is told is what the schedule says. */
    @Test
    void schedulesAndOptimizersReachTheSession() {
        Samples training = samples(8, 10, 1);
        Sgd descent = Sgd.of(0.05f, 3).withBatch(4).withOptimizer(Optimizer.adam());
        TrainingResult plain = fit(descent, training, null, 1);
        List<String> calls = new ArrayList<>();
        Schedule spy = (step, steps, history) -> {
            calls.add(step + "/" + steps + " after " + history.size());
            return 1;
        };
        TrainingResult spied = fit(descent.withSchedule(spy), training, null, 1);
        assertThat(calls).containsExactly("0/6 after 0", "1/6 after 0", "2/6 after 1", "3/6 after 1", "4/6 after 2",
                "5/6 after 2");
        assertThat(spied.network().fingerprint()).isEqualTo(plain.network().fingerprint())
                .isNotEqualTo(fit(descent.withOptimizer(Optimizer.SGD), training, null, 1).network().fingerprint());
        assertThat(fit(descent.withSchedule((step, steps, history) -> 0.5f), training, null, 1).network().fingerprint())
                .isEqualTo(fit(new Sgd(0.025f, 0, 4, 3, 3, 0, Optimizer.adam(), Schedule.CONSTANT), training, null, 1)
                        .network().fingerprint());
    }

    @Test
    void seedsOrderTheSamplesDifferently() {
        Samples training = samples(60, 10, 1);
        assertThat(fit(Sgd.of(0.05f, 1).withSeed(1), training, null, 1).network().fingerprint())
                .isNotEqualTo(fit(Sgd.of(0.05f, 1).withSeed(2), training, null, 1).network().fingerprint());
    }

    @Test
    void stopsWhenTheErrorNoLongerFalls() {
        // Steps too small to change any class.
        Sgd sgd = Sgd.of(1e-12f, 50).withBatch(10).withPatience(3);
        TrainingResult result = fit(sgd, samples(30, 10, 1), samples(200, 2, 2), 1);
        assertThat(result.epochs()).hasSize(1 + 3);
        assertThat(result.epochs()).extracting(Epoch::validationErrors)
                .containsOnly(result.epochs().get(0).validationErrors());
        TrainingResult first = fit(Sgd.of(1e-12f, 1).withBatch(10), samples(30, 10, 1), null, 1);
        assertThat(result.network().fingerprint()).isEqualTo(first.network().fingerprint());
    }

    @Test
    void returnsTheNetworkOfTheFirstBestEpoch() {
        Samples training = samples(60, 2, 1);
        Samples validation = samples(200, 3, 2);
        Sgd sgd = Sgd.of(0.1f, 12).withBatch(4);
        TrainingResult result = fit(sgd, training, validation, 1);
        List<Long> errors = result.epochs().stream().map(Epoch::validationErrors).collect(Collectors.toList());
        int best = errors.indexOf(errors.stream().min(Long::compare).orElseThrow());
        assertThat(best + 1).as("the case must get worse again: %s", errors).isLessThan(errors.size());
        TrainingResult shorter = fit(Sgd.of(0.1f, best + 1).withBatch(4), training, null, 1);
        assertThat(result.network().fingerprint()).isEqualTo(shorter.network().fingerprint());
        assertThat(errors(result.network(), validation)).isEqualTo(errors.get(best));
    }

    private static long errors(Network network, Samples samples) {
        Matrix x = Matrix.zeros(samples.size(), samples.inputs());
        Matrix targets = Matrix.zeros(samples.size(), samples.outputs());
        for (int n = 0; n < samples.size(); n++) {
            samples.read(n, x, targets, n);
        }
        Matrix y = Matrix.zeros(samples.size(), samples.outputs());
        try (InferenceSession session = SCALAR.open(network)) {
            session.predict(x, y);
        }
        return Classification.errors(y, targets);
    }

    @Test
    void withoutValidationAllEpochsRun() {
        TrainingResult result = fit(Sgd.of(1e-12f, 7).withPatience(1), samples(5, 10, 1), null, 1);
        assertThat(result.epochs()).hasSize(7);
        assertThat(result.epochs().get(6).errorRate()).isNaN();
        assertThat(result.epochs().get(6).validationErrors()).isEqualTo(-1);
        assertThat(result.epochs().get(6).validation()).isNaN();
        assertThat(result.epochs()).isUnmodifiable();
    }

    @Test
    void squaredErrorIsJudgedByTheLossOfTheValidationSet() {
        // Gradient descent on one sample of y = 1 x: w goes 0, 0.5, 0.75, ...; the validation sample wants w = 0.6.
        Samples one = Samples.of(Matrix.of(1, 1, 1), Matrix.of(1, 1, 1));
        Samples other = Samples.of(Matrix.of(2, 1, 1, 0), Matrix.of(2, 1, 0.6f, 0));
        Network zero = Network.of(List.of(Layer.dense(Matrix.row(0f), new float[1], Activation.IDENTITY)), Output.IDENTITY);
        TrainingResult result = Sgd.of(0.25f, 5).withPatience(2)
                .fit(on(zero, Loss.SQUARED_ERROR, one).withValidation(other));
        List<Double> losses = result.epochs().stream().map(Epoch::validationLoss).toList();
        int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow());
        assertThat(result.epochs()).extracting(Epoch::validationErrors).containsOnly(-1L);
        assertThat(result.epochs()).hasSize(Math.min(5, best + 1 + 2));
        float[] y = new float[1];
        try (InferenceSession session = SCALAR.open(result.network())) {
            session.predict(new float[] {1}, y);
            double first = 0.5 * (y[0] - 0.6f) * (y[0] - 0.6f);
            session.predict(new float[] {0}, y);
            assertThat(losses.get(best)).isCloseTo((first + 0.5 * y[0] * y[0]) / 2, offset(1e-7));
        }
    }

    @Test
    void logisticOutputsAreJudgedByEachDecision() {
        // Weights of zero say one half, which is a yes, to both outputs.
        Layer zero = Layer.dense(Matrix.of(2, 1, 0, 0), new float[2], Activation.LOGISTIC);
        Network half = Network.of(List.of(zero), Output.IDENTITY);
        Samples training = Samples.of(Matrix.of(1, 1, 0), Matrix.of(1, 2, 0.5f, 0.5f));
        Samples validation = Samples.of(Matrix.of(3, 1, 0, 0, 0), Matrix.of(3, 2, 1, 1, 1, 0, 0, 0));
        TrainingResult result = Sgd.of(1e-12f, 1)
                .fit(on(half, Loss.LOGISTIC_CROSS_ENTROPY, training).withValidation(validation));
        assertThat(result.epochs()).containsExactly(new Epoch(1, result.epochs().get(0).loss(), 3, 6, Double.NaN));
        assertThat(result.epochs().get(0).validation()).isEqualTo(0.5);
    }

    @Test
    void aValidationSetThatOverflowsIsSaid() {
        Samples one = Samples.of(Matrix.of(1, 1, 1), Matrix.of(1, 1, 1));
        Samples huge = Samples.of(Matrix.of(1, 1, 3e38f), Matrix.of(1, 1, -3e38f));
        TrainingRequest request = on(line(1), Loss.SQUARED_ERROR, one).withValidation(huge);
        assertThatThrownBy(() -> Sgd.of(0.1f, 2).fit(request)).isInstanceOf(DivergedException.class)
                .hasMessageContaining("validation set is Infinity after epoch 1");
    }

    @Test
    void validationSetsLargerThanOneBlockAreCountedWhole() {
        Samples validation = samples(2500, 2, 3);
        TrainingResult result = fit(Sgd.of(0.01f, 1), samples(5, 10, 1), validation, 2);
        assertThat(result.epochs().get(0).validationErrors()).isEqualTo(errors(result.network(), validation));
        assertThat(result.epochs().get(0).validationDecisions()).isEqualTo(2500);
    }

    @Test
    void listenerSeesEveryBatchAndEpoch() {
        List<String> seen = new ArrayList<>();
        TrainingResult result = Sgd.of(0.01f, 2).withBatch(4)
                .fit(on(START, Loss.CROSS_ENTROPY, samples(10, 10, 1)).withListener(new TrainingListener() {
                    @Override
                    public void batch(int epoch, int samples, int of) {
                        seen.add(epoch + ": " + samples + "/" + of);
                    }

                    @Override
                    public void epoch(Epoch epoch) {
                        seen.add("epoch " + epoch.number());
                    }
                }));
        assertThat(seen).containsExactly(
                "1: 4/10", "1: 8/10", "1: 10/10", "epoch 1", "2: 4/10", "2: 8/10", "2: 10/10", "epoch 2");
        assertThat(result.epochs()).hasSize(2);
    }

    @Test
    void lossOfAnEpochIsTheMeanOverItsSamples() {
        // With a step this small the weights stay as they are: z = 0, losses ½, ½·4 and ½·9.
        Network zero = line(0);
        Samples three = Samples.of(Matrix.of(3, 1, 1, 1, 1), Matrix.of(3, 1, 1, 2, 3));
        TrainingResult result = Sgd.of(1e-30f, 1).withBatch(2).fit(on(zero, Loss.SQUARED_ERROR, three));
        assertThat(result.epochs().get(0).loss()).isEqualTo((0.5 + 2 + 4.5) / 3);
    }

    private static Network line(float weight) {
        return Network.of(
                List.of(Layer.dense(Matrix.row(weight), new float[1], Activation.IDENTITY)), Output.IDENTITY);
    }

    @Test
    void divergenceNamesEpochAndBatch() {
        // The first step takes the weight to 1e30; the square of the second error overflows.
        Samples three = Samples.of(Matrix.of(3, 1, 1, 1, 1), Matrix.of(3, 1, 1, 1, 1));
        assertThatThrownBy(() -> Sgd.of(1e30f, 5).fit(on(line(0), Loss.SQUARED_ERROR, three)))
                .isInstanceOf(DivergedException.class)
                .hasMessageContainingAll("Infinity", "epoch 1", "batch 2", "1.0E30");
    }

    @Test
    void anExceptionOfTheListenerEndsTheTraining() {
        RuntimeException stop = new IllegalStateException("stop");
        TrainingRequest request = on(START, Loss.CROSS_ENTROPY, samples(4, 10, 1)).withThreads(3)
                .withListener(new TrainingListener() {
                    @Override
                    public void epoch(Epoch epoch) {
                        throw stop;
                    }
                });
        assertThatThrownBy(() -> Sgd.of(0.1f, 5).fit(request)).isSameAs(stop);
    }

    @Test
    void samplesThatDoNotFitAreNamedWithBothShapes() {
        Samples wide = Samples.of(Matrix.zeros(2, 21), Matrix.zeros(2, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> fit(Sgd.of(1, 1), wide, null, 1))
                .withMessageContainingAll("training set has 21 inputs and 3 outputs", "takes 20 and gives 3");
        assertThatIllegalArgumentException().isThrownBy(() -> fit(Sgd.of(1, 1), samples(2, 9, 1), wide, 1))
                .withMessageContaining("validation set has 21 inputs");
        Samples none = Samples.of(Matrix.zeros(0, 20), Matrix.zeros(0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> fit(Sgd.of(1, 1), none, null, 1))
                .withMessageContaining("training set is empty");
    }

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sgd.of(0, 1)).withMessageContaining("not 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> Sgd.of(Float.NaN, 1)).withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> Sgd.of(1, 0)).withMessageContaining("epochs");
        assertThatIllegalArgumentException().isThrownBy(() -> Sgd.of(1, 1).withBatch(0)).withMessageContaining("batch");
        assertThatIllegalArgumentException().isThrownBy(() -> Sgd.of(1, 1).withPatience(0))
                .withMessageContaining("patience");
        assertThatIllegalArgumentException().isThrownBy(() -> Sgd.of(1, 1).withWeightDecay(-1))
                .withMessageContaining("decay");
    }

    /** Seed 7: the loss of the validation set says which epoch is kept, and its errors are told beside it. */
    @Test
    void epochsMayBeJudgedByTheirLoss() {
        TrainingRequest request = on(START, Loss.CROSS_ENTROPY, samples(150, 5, 7)).withValidation(samples(60, 5, 8))
                .withMeasure(Measure.LOSS);
        TrainingResult result = Sgd.of(0.1f, 40).withBatch(8).withPatience(5).withSeed(1).fit(request);
        assertThat(result.epochs()).allMatch(epoch -> epoch.validationDecisions() == 60
                && epoch.validation() == epoch.validationLoss() && epoch.validationLoss() > 0);
        int best = result.epochs().size() - 6;
        assertThat(result.epochs().size()).isBetween(6, 39);
        assertThat(result.epochs()).extracting(Epoch::validationLoss).allMatch(loss ->
                loss >= result.epochs().get(best).validationLoss());
        Network again = Sgd.of(0.1f, best + 1).withBatch(8).withSeed(1).fit(on(START, Loss.CROSS_ENTROPY,
                samples(150, 5, 7))).network();
        assertThat(result.network().fingerprint()).isEqualTo(again.fingerprint());
    }
}
