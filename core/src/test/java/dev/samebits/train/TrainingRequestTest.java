package dev.samebits.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import org.junit.jupiter.api.Test;

class TrainingRequestTest {
    private static final Network NETWORK = Network.builder(2).dense(1, Activation.IDENTITY).build(1);
    private static final Samples SAMPLES = Samples.of(Matrix.zeros(3, 2), Matrix.zeros(3, 1));
    private static final TrainingRequest REQUEST = TrainingRequest.of(NETWORK, Loss.SQUARED_ERROR, SAMPLES);

    @Test
    void askedForNothingElse() {
        assertThat(REQUEST.network()).isSameAs(NETWORK);
        assertThat(REQUEST.loss()).isEqualTo(Loss.SQUARED_ERROR);
        assertThat(REQUEST.training()).isSameAs(SAMPLES);
        assertThat(REQUEST.validation()).isNull();
        assertThat(REQUEST.backend()).isSameAs(Backends.best());
        assertThat(REQUEST.options()).isEqualTo(SessionOptions.defaults());
        assertThat(REQUEST.listener()).isNotNull();
    }

    @Test
    void everyWordIsKeptByThoseThatFollow() {
        Samples validation = Samples.of(Matrix.zeros(1, 2), Matrix.zeros(1, 1));
        TrainingListener listener = new TrainingListener() {};
        SessionOptions options = SessionOptions.ofThreads(2);
        TrainingRequest one = REQUEST.withValidation(validation).withBackend(Backends.named("scalar")).withOptions(options)
                .withListener(listener);
        TrainingRequest other = REQUEST.withListener(listener).withThreads(2).withBackend(Backends.named("scalar"))
                .withValidation(validation);
        for (TrainingRequest request : new TrainingRequest[] {one, other}) {
            assertThat(request.network()).isSameAs(NETWORK);
            assertThat(request.loss()).isEqualTo(Loss.SQUARED_ERROR);
            assertThat(request.training()).isSameAs(SAMPLES);
            assertThat(request.validation()).isSameAs(validation);
            assertThat(request.backend()).isSameAs(Backends.named("scalar"));
            assertThat(request.options()).isEqualTo(options);
            assertThat(request.listener()).isSameAs(listener);
        }
        assertThat(REQUEST.validation()).isNull();
    }

    @Test
    void aLossThatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingRequest.of(NETWORK, Loss.CROSS_ENTROPY, SAMPLES))
                .withMessageContainingAll("cross-entropy", "softmax");
    }
}
