package dev.samebits.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.Dropout;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.SplitMix64;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A training that goes on from a checkpoint gives what one gives that was never interrupted. */
class CheckpointTest {
    private static final Network START = Network.builder(6).dense(9, Activation.PRELU).maxout(5, 2)
            .dense(3, Activation.IDENTITY).softmax().build(1);

    private static final List<Optimizer> OPTIMIZERS = List.of(Optimizer.SGD, Optimizer.momentum(0.9f),
            Optimizer.nesterov(0.9f), Optimizer.rmsprop(), Optimizer.adam(), Optimizer.adamW());
    private static final List<Schedule> SCHEDULES = List.of(Schedule.CONSTANT, Schedule.cosine(),
            Schedule.everyEpochs(2, 0.5f), Schedule.onPlateau(1, 0.5f), Schedule.onPlateau(1, 0.5f).afterWarmUp(7));

    /** Classes by the largest of three inputs, some of them drawn. */
    private static Samples samples(int size, long seed, boolean weighted) {
        SplitMix64 random = new SplitMix64(seed);
        Matrix x = Matrix.zeros(size, 6);
        int[] labels = new int[size];
        float[] weights = new float[size];
        for (int n = 0; n < size; n++) {
            for (int j = 0; j < 6; j++) {
                x.set(n, j, 2 * random.nextFloat() - 1);
            }
            labels[n] = n % 3 == 0 ? random.nextInt(3) : Classification.classOf(x.rows(n, 1).columns(0, 3), 0);
            weights[n] = 0.1f + random.nextFloat();
        }
        Samples samples = Samples.of(x, Samples.oneHot(labels, 3));
        return weighted ? samples.withWeights(weights) : samples;
    }

    private static TrainingRequest request(boolean validated, boolean weighted) {
        TrainingRequest request = TrainingRequest.of(START, Loss.CROSS_ENTROPY, samples(53, 2, weighted))
                .withBackend(Backends.named("scalar")).withMeasure(Measure.LOSS);
        return validated ? request.withValidation(samples(31, 3, false)) : request;
    }

    private static byte[] written(Checkpoint checkpoint) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            checkpoint.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Checkpoint read(byte[] bytes) throws IOException {
        return Checkpoint.read(new ByteArrayInputStream(bytes));
    }

    // After every epoch, as bytes; gives the whole training.
    private static TrainingResult fit(Sgd sgd, TrainingRequest request, List<byte[]> checkpoints) {
        return sgd.fit(request.withCheckpoints(checkpoint -> checkpoints.add(written(checkpoint.get()))));
    }

    private static void goesOn(Sgd sgd, TrainingRequest request) throws IOException {
        String what = sgd.toString();
        List<byte[]> checkpoints = new ArrayList<>();
        TrainingResult whole = fit(sgd, request, checkpoints);
        assertThat(sgd.fit(request).network().fingerprint()).isEqualTo(whole.network().fingerprint());
        assertThat(checkpoints).hasSameSizeAs(whole.epochs());
        for (int k = 0; k < checkpoints.size(); k++) {
            List<byte[]> later = new ArrayList<>();
            TrainingResult rest = fit(sgd, request.withThreads(1 + k % 3).withResumed(read(checkpoints.get(k))), later);
            assertThat(rest.epochs()).as(what).isEqualTo(whole.epochs());
            assertThat(rest.network().fingerprint()).as(what).isEqualTo(whole.network().fingerprint());
            assertThat(later).as(what).hasSize(checkpoints.size() - k - 1);
            for (int j = 0; j < later.size(); j++) {
                assertThat(later.get(j)).as(what).isEqualTo(checkpoints.get(k + 1 + j));
            }
        }
    }

    @Test
    void everyOptimizerAndScheduleGoesOn() throws IOException {
        for (int o = 0; o < OPTIMIZERS.size(); o++) {
            for (int s = 0; s < SCHEDULES.size(); s++) {
                Sgd sgd = Sgd.of(0.02f, 4).withBatch(8).withWeightDecay(0.01f).withSeed(5).withOptimizer(OPTIMIZERS.get(o))
                        .withSchedule(SCHEDULES.get(s));
                Sgd all = sgd.withClipNorm(0.5f).withDropout(Dropout.of(0.3f, 4));
                goesOn((o + s) % 2 == 0 ? sgd : all, request(o % 2 == 0, s % 2 == 0));
            }
        }
    }

    /** Learning too fast for such few rows, so that the best epoch is not the last one. */
    @Test
    void patienceAndTheBestEpochGoOn() throws IOException {
        Sgd sgd = Sgd.of(0.03f, 60).withBatch(4).withPatience(3).withSeed(2).withOptimizer(Optimizer.adam());
        TrainingRequest request = request(true, false);
        TrainingResult whole = sgd.fit(request);
        assertThat(whole.epochs().size()).isBetween(5, 59);
        goesOn(sgd, request);
    }

    @Test
    void anotherTrainingIsRefused() throws IOException {
        Sgd sgd = Sgd.of(0.02f, 2).withBatch(8).withDropout(Dropout.of(0.3f, 4));
        List<byte[]> checkpoints = new ArrayList<>();
        fit(sgd, request(true, false), checkpoints);
        Checkpoint checkpoint = read(checkpoints.get(0));
        assertThat(checkpoint).hasToString("checkpoint after epoch 1");
        refused("another training rows", sgd, request(true, true), checkpoint);
        refused("validation rows", sgd, request(false, false), checkpoint);
        refused("measure LOSS, and this one has ERRORS", sgd, request(true, false).withMeasure(Measure.ERRORS), checkpoint);
        refused("settings", sgd.withSeed(9), request(true, false), checkpoint);
        refused("dropout seed 4", sgd.withDropout(Dropout.of(0.3f, 5)), request(true, false), checkpoint);
        refused("settings", sgd.withSchedule((step, steps, history) -> 1), request(true, false), checkpoint);
        Network other = Network.builder(6).dense(9, Activation.PRELU).maxout(5, 2).dense(3, Activation.IDENTITY).softmax()
                .build(2);
        refused("another network", sgd, TrainingRequest.of(other, Loss.CROSS_ENTROPY, samples(53, 2, false))
                .withBackend(Backends.named("scalar")).withMeasure(Measure.LOSS).withValidation(samples(31, 3, false)),
                checkpoint);
    }

    private static void refused(String why, Sgd sgd, TrainingRequest request, Checkpoint checkpoint) {
        assertThatIllegalArgumentException().isThrownBy(() -> sgd.fit(request.withResumed(checkpoint)))
                .withMessageContaining("the checkpoint is of a training with").withMessageContaining(why);
    }

    /** Every byte changed, and every length: no such file is taken, nor does one take more memory than it has bytes. */
    @Test
    void whatWasChangedOrCutOffIsRefused() {
        List<byte[]> checkpoints = new ArrayList<>();
        Sgd sgd = Sgd.of(0.02f, 1).withOptimizer(Optimizer.adam());
        Network small = Network.builder(1).dense(1, Activation.IDENTITY).build(1);
        fit(sgd, TrainingRequest.of(small, Loss.SQUARED_ERROR, Samples.of(Matrix.of(2, 1, 1, 2), Matrix.of(2, 1, 1, 2)))
                .withBackend(Backends.named("scalar")), checkpoints);
        byte[] whole = checkpoints.get(0);
        for (int k = 0; k < whole.length; k++) {
            byte[] changed = whole.clone();
            changed[k] ^= 0x40;
            assertThatIOException().as("byte %d", k).isThrownBy(() -> read(changed))
                    .withMessageMatching("it was changed|it is cut off|this is no samebits (checkpoint|training state) 1");
            byte[] cut = Arrays.copyOf(whole, k);
            assertThatIOException().as("%d bytes", k).isThrownBy(() -> read(cut))
                    .withMessageMatching("it is cut off|this is no samebits (checkpoint|training state) 1");
        }
    }
}
