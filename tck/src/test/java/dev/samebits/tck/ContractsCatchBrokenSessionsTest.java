package dev.samebits.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Availability;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.BatchNorm;
import dev.samebits.Dropout;
import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.TrainingState;
import dev.samebits.scalar.ScalarKernels;
import dev.samebits.spi.AbstractInferenceSession;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** A test of the tests: sessions with a defect fail the contract that is there to find it. */
class ContractsCatchBrokenSessionsTest {
    private static BackendContracts sessions(LayerKernels kernels) {
        return new BrokenBackend(kernels).judged();
    }

    @Test
    void soundSessionsPass() {
        new SessionContract(sessions(new ScalarKernels())).everyNetwork();
    }

    @Test
    void kernelsThatAreWrong() {
        assertFails("predict on 1 threads", new SessionContract(sessions(new BrokenKernels.OtherOrder()))::everyNetwork);
    }

    /** Of the weights that two bytes hold, the last one of a layer is read wrongly. */
    @Test
    void bfloat16WeightsThatAreReadWrongly() {
        BrokenBackend backend = new BrokenBackend(new ScalarKernels()) {
            @Override
            public InferenceSession open(Network network, SessionOptions options) {
                return super.open(Network.of(network.layers().stream().map(layer -> broken(layer)).toList(),
                        network.output()), options);
            }
        };
        SessionContract contract = new SessionContract(backend.judged());
        contract.everyNetwork();
        assertFails("predict on 1 threads", contract::bfloat16Weights);
        assertFails("predict on 1 threads", contract::largeNetworksWithBfloat16Weights);
    }

    private static Layer broken(Layer layer) {
        if (!layer.hasBfloat16Weights()) {
            return layer;
        }
        Matrix weights = layer.weights();
        float[] w = weights.data();
        w[w.length - 1] = Math.nextUp(w[w.length - 1]);
        return Layer.of(layer.spec(), weights, layer.bias(), layer.slopes());
    }

    @Test
    void aWrongDerivative() {
        GradientContract contract = new GradientContract(sessions(new BrokenKernels.WrongDerivative()));
        assertFails("gradient of", () -> contract.everyActivation()
                .filter(test -> test.getDisplayName().equals("logistic"))
                .forEach(test -> ContractsCatchBrokenKernelsTest.run(test.getExecutable())));
        contract.maxout();
    }

    @Test
    void gradientsAddedUpInAnotherOrder() {
        TrainingContract contract = new TrainingContract(sessions(new BrokenKernels.BackwardBatch()));
        assertFails(", b: ", contract::everyStepHasTheBitsOfTheDefinition);
        assertFails("Sgd.fit", contract::sgdGivesTheFingerprintOfTheDefinition);
    }

    /** Of a network at random, the report has what is left when all is cut off that has no part in the failure. */
    @Test
    void gradientsOfStepsThatAreWrong() {
        BackendContracts backward = sessions(new BrokenKernels.BackwardGain());
        assertFails("the smallest part of one that fails:\ninputs ", new GraphTrainingContract(backward)::atRandom);
        assertFails("gainGradient", new StepGradientContract(backward)::gain);
        GraphGradientContract loose = new GraphGradientContract(sessions(new BrokenKernels.LooseSoftmax()));
        assertFails("gradient of parameters", loose::losses);
        loose.embedding();
    }

    @Test
    void optimizersThatAreWrong() {
        assertFails(", b: ", new OptimizerContract(sessions(new BrokenKernels.DecaysEverything()))
                ::everyStepHasTheBitsOfTheDefinition);
        OptimizerContract forgets = new OptimizerContract(sessions(new BrokenKernels.ForgetsSecondMoments()));
        assertFails("rmsprop", forgets::isNearTheTextbook);
        assertFails(": v", forgets::kernel);
    }

    /** Sessions that train by other options than they are asked for. */
    @Test
    void trainingOptionsThatAreWrong() {
        assertFails("gradients clipped", training((options, network) ->
                new TrainingOptions(options.optimizer(), TrainingOptions.UNCLIPPED, options.dropout()))
                ::everyStepHasTheBitsOfTheDefinition);
        assertFails("gradients clipped", training((options, network) -> options.clips()
                ? options.withClipNorm(Math.nextUp(options.clipNorm())) : options)::everyStepHasTheBitsOfTheDefinition);
        assertFails("dropout", training((options, network) -> options.dropout() == null ? options
                : options.withDropout(new Dropout(options.dropout().rates(), options.dropout().seed() + 1)))
                ::everyStepHasTheBitsOfTheDefinition);
        assertFails("dropout", training((options, network) -> new TrainingOptions(options.optimizer(), options.clipNorm(),
                null))::everyStepHasTheBitsOfTheDefinition);
        assertFails("Sgd.fit", training((options, network) -> options.withClipNorm(0.2f))
                ::sgdGivesTheFingerprintOfTheDefinition);
    }

    /** The same of networks with branches, and masks that start anew with each part of the rows, or keep what they drop. */
    @Test
    void trainingOptionsOfBranchesThatAreWrong() {
        GraphTrainingOptionsContract masks =
                new GraphTrainingOptionsContract(sessions(new BrokenKernels.MasksByPart()));
        assertFails("dropout 0.5", masks::everyKind);
        assertFails("of this network", masks::atRandom);
        assertFails("dropout below", new StepGradientContract(sessions(new BrokenKernels.MasksByPart()))::dropout);
        GraphGradientContract forgets = new GraphGradientContract(sessions(new BrokenKernels.KeepsScale()));
        assertFails("mean loss", forgets::dropoutAndWeightsOfRows);
        assertFails("batch normalisation", new GraphTrainingOptionsContract(sessions(new BrokenKernels.BackwardGain()))
                ::normedChains);
        assertFails("batch normalisation", branches((options, network) -> options.batchNorm() == null ? options
                : options.withBatchNorm(new BatchNorm(0.2f, 1e-5f)))::manyNormedBatches);
        assertFails("gradients clipped to 0.01", branches((options, network) -> options.clips()
                ? options.withClipNorm(Math.nextUp(options.clipNorm())) : options)::everyKind);
        assertFails("dropout", branches((options, network) -> options.dropout() == null ? options
                : options.withDropout(new Dropout(options.dropout().rates(), options.dropout().seed() + 1)))::everyKind);
    }

    private static GraphTrainingOptionsContract branches(BiFunction<TrainingOptions, Network, TrainingOptions> change) {
        return new GraphTrainingOptionsContract(new BrokenBackend(new ScalarKernels()) {
            @Override
            public TrainingSession train(
                    Network network, Objective objective, TrainingOptions asked, SessionOptions options) {
                TrainingSession session = super.train(network, objective, change.apply(asked, network), options);
                return new ForwardingTrainingSession(session, asked);
            }
        }.judged());
    }

    private static TrainingOptionsContract training(BiFunction<TrainingOptions, Network, TrainingOptions> change) {
        return new TrainingOptionsContract(new BrokenBackend(new ScalarKernels()) {
            @Override
            public TrainingSession train(Network network, Loss loss, TrainingOptions asked, SessionOptions options) {
                TrainingSession session = super.train(network, loss, change.apply(asked, network), options);
                return new ForwardingTrainingSession(session, asked);
            }
        }.judged());
    }

    /** What was restored is no longer there after the first step, or never came. */
    @Test
    void statesThatAreNotRestored() {
        TrainingStateContract contract = new TrainingStateContract(new BrokenBackend(new ScalarKernels()) {
            @Override
            public TrainingSession train(Network network, Loss loss, TrainingOptions asked, SessionOptions options) {
                return new ForwardingTrainingSession(super.train(network, loss, asked, options), asked) {
                    private TrainingState given;

                    @Override
                    public TrainingState state() {
                        return given != null ? given : session.state();
                    }

                    @Override
                    public void restore(TrainingState state) {
                        given = state;
                    }
                };
            }
        }.judged());
        assertFails("expected", contract::chainsGoOn);
        contract.graphsGoOn();
    }

    /** Weights of rows that are left out, or act on the losses alone. */
    @Test
    void weightsOfRowsThatAreWrong() {
        assertFails("weighted", weighing((session, x, targets, weights) -> {
            float[] ones = new float[weights.length];
            Arrays.fill(ones, 1);
            return session.step(x, targets, ones, 0.01f, 0.1f);
        })::everyStepHasTheBitsOfTheDefinition);
        assertFails("mean loss", weighing((session, x, targets, weights) -> Math.nextUp(
                session.step(x, targets, weights, 0.01f, 0.1f)))::weightsOfOneChangeNothing);
    }

    private interface WeightedStep {
        double step(TrainingSession session, Matrix x, Matrix targets, float[] weights);
    }

    private static TrainingOptionsContract weighing(WeightedStep step) {
        return new TrainingOptionsContract(new BrokenBackend(new ScalarKernels()) {
            @Override
            public TrainingSession train(Network network, Loss loss, TrainingOptions asked, SessionOptions options) {
                return new ForwardingTrainingSession(super.train(network, loss, asked, options), asked) {
                    @Override
                    public double step(Matrix x, Matrix targets, float[] weights, float rate, float decay) {
                        return step.step(session, x, targets, weights);
                    }
                };
            }
        }.judged());
    }

    /** Its buffers start at their first element, whatever their position. */
    @Test
    void aPositionThatIsNotLookedAt() {
        assertFails("from BYTES", buffers((session, x, y) -> session.predict(x.hasArray() ? x : x.duplicate().rewind()
                .limit(x.remaining()), y))::everyKindOfBuffer);
    }

    @Test
    void aPositionThatMoves() {
        assertFails("positions and limits", buffers((session, x, y) -> {
            session.predict(x, y);
            y.position(y.limit());
        })::everyKindOfBuffer);
    }

    @Test
    void anOverlapOfBuffersThatIsTaken() {
        BufferContract contract = buffers((session, x, y) -> session.predict(copy(x), y));
        assertFails("IllegalArgumentException", contract::overlaps);
    }

    private static FloatBuffer copy(FloatBuffer buffer) {
        return FloatBuffer.allocate(buffer.remaining()).put(buffer.duplicate()).flip();
    }

    private interface BufferCall {
        void predict(InferenceSession session, FloatBuffer x, FloatBuffer y);
    }

    private static BufferContract buffers(BufferCall call) {
        BrokenBackend backend = new BrokenBackend(new ScalarKernels()) {
            @Override
            public InferenceSession open(Network network, SessionOptions options) {
                return new ForwardingSession(super.open(network, options)) {
                    @Override
                    public void predict(FloatBuffer x, FloatBuffer y) {
                        call.predict(session, x, y);
                    }
                };
            }
        };
        return new BufferContract(backend.judged());
    }

    @Test
    void sessionsThatAllocate() {
        AllocationContract contract = new AllocationContract() {
            @Override
            protected String backend() {
                return "broken";
            }

            @Override
            protected Backend underTest() {
                return new BrokenBackend(new ScalarKernels()) {
                    @Override
                    public InferenceSession open(Network network, SessionOptions options) {
                        return new AbstractInferenceSession(this, network, options) {
                            private float[] garbage;

                            @Override
                            protected void compute(
                                    float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
                                garbage = new float[rows];
                            }
                        };
                    }
                };
            }

            @Override
            Duration warmUp() {
                return Duration.ofMillis(200);
            }
        };
        assertFails("bytes allocated", contract::predictAllocatesNothing);
    }

    @Test
    void anUnavailableBackendIsSkippedUnlessRequired() {
        Availability absent = new Availability.Unavailable("no such device", "buy one");
        assertThatThrownBy(() -> BackendUnderTest.orSkip("opencl", absent, "scalar,simd"))
                .isInstanceOf(TestAbortedException.class).hasMessageContaining("no such device; buy one");
        assertFails("no such device; buy one", () -> BackendUnderTest.orSkip("opencl", absent, "scalar, opencl"));
        assertThatThrownBy(() -> BackendUnderTest.named("unheard-of"))
                .isInstanceOf(TestAbortedException.class).hasMessageContaining("unheard-of");
        BackendUnderTest.orSkip("scalar", new Availability.Available(Backends.named("scalar")), "");
    }

    static void assertFails(String says, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(AssertionError.class).hasMessageContaining(says);
    }
}
