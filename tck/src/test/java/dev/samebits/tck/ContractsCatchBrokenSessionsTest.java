package dev.samebits.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Availability;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.kernel.LayerKernels;
import dev.samebits.scalar.ScalarKernels;
import dev.samebits.session.AbstractInferenceSession;
import dev.samebits.session.KernelBackend;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** A test of the tests: sessions with a defect fail the contract that is there to find it. */
class ContractsCatchBrokenSessionsTest {
    private static class Broken extends KernelBackend {
        private final LayerKernels kernels;

        Broken(LayerKernels kernels) {
            this.kernels = kernels;
        }

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public String device() {
            return "a test of the tests";
        }

        @Override
        public LayerKernels kernels() {
            return kernels;
        }
    }

    private static SessionContract sessions(Backend backend) {
        return new SessionContract() {
            @Override
            protected String backend() {
                return "broken";
            }

            @Override
            protected Backend underTest() {
                return backend;
            }
        };
    }

    private static SessionLifecycleContract lifecycles(Backend backend) {
        return new SessionLifecycleContract() {
            @Override
            protected String backend() {
                return "broken";
            }

            @Override
            protected Backend underTest() {
                return backend;
            }
        };
    }

    @Test
    void soundSessionsPass() {
        sessions(new Broken(new ScalarKernels())).everyNetwork();
    }

    @Test
    void kernelsThatAreWrong() {
        assertFails("predict on 1 threads", sessions(new Broken(new BrokenKernels.OtherOrder()))::everyNetwork);
    }

    @Test
    void aWrongDerivative() {
        GradientContract contract = new GradientContract() {
            @Override
            protected String backend() {
                return "broken";
            }

            @Override
            protected Backend underTest() {
                return new Broken(new BrokenKernels.WrongDerivative());
            }
        };
        assertFails("gradient of", () -> contract.everyActivation()
                .filter(test -> test.getDisplayName().equals("logistic"))
                .forEach(test -> ContractsCatchBrokenKernelsTest.run(test.getExecutable())));
        contract.maxout();
    }

    @Test
    void gradientsAddedUpInAnotherOrder() {
        TrainingContract contract = new TrainingContract() {
            @Override
            protected String backend() {
                return "broken";
            }

            @Override
            protected Backend underTest() {
                return new Broken(new BrokenKernels.BackwardBatch());
            }
        };
        assertFails(", b: ", contract::everyStepHasTheBitsOfTheDefinition);
        assertFails("Sgd.fit", contract::sgdGivesTheFingerprintOfTheDefinition);
    }

    /** One buffer for all callers. */
    @Test
    void sharedScratch() {
        Backend backend = new Broken(new ScalarKernels()) {
            @Override
            public InferenceSession open(Network network, SessionOptions options) {
                float[] scratch = new float[300 * network.outputs()];
                return new AbstractInferenceSession(this, network, options) {
                    @Override
                    protected void compute(
                            float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
                        Matrix all = Definition.predict(network, Matrix.view(x, xOffset, rows, network.inputs(), xStride));
                        System.arraycopy(all.data(), 0, scratch, 0, all.data().length);
                        // Long enough for another caller to come in between.
                        LockSupport.parkNanos(100_000);
                        Matrix.view(scratch, 0, rows, network.outputs(), network.outputs())
                                .copyTo(Matrix.view(y, yOffset, rows, network.outputs(), yStride));
                    }
                };
            }
        };
        assertFails("caller ", lifecycles(backend)::concurrentCallersGetTheBitsOfSerialUse);
    }

    @Test
    void aLeakedThread() {
        Backend backend = new Broken(new ScalarKernels()) {
            @Override
            public InferenceSession open(Network network, SessionOptions options) {
                Thread thread = new Thread(() -> {
                    try {
                        Thread.sleep(2_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }, "samebits-leak");
                thread.setDaemon(true);
                thread.start();
                return super.open(network, options);
            }
        };
        assertFails("threads left", lifecycles(backend)::noThreadIsLeftBehind);
    }

    @Test
    void aSessionThatCannotBeClosed() {
        Backend backend = new Broken(new ScalarKernels()) {
            @Override
            public InferenceSession open(Network network, SessionOptions options) {
                InferenceSession session = super.open(network, SessionOptions.defaults());
                return new Unclosable(session);
            }
        };
        assertFails("IllegalStateException", lifecycles(backend)::callsAfterCloseThrow);
    }

    private record Unclosable(InferenceSession session) implements InferenceSession {
        @Override
        public void predict(Matrix x, Matrix y) {
            session.predict(x, y);
        }

        @Override
        public void predict(float[] x, float[] y) {
            session.predict(x, y);
        }

        @Override
        public Network network() {
            return session.network();
        }

        @Override
        public Backend backend() {
            return session.backend();
        }

        @Override
        public int threads() {
            return session.threads();
        }

        @Override
        public void close() {
            // The defect.
        }
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
                return new Broken(new ScalarKernels()) {
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
            protected boolean allocationFree() {
                return true;
            }

            @Override
            protected Duration warmUp() {
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

    private static void assertFails(String says, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(AssertionError.class).hasMessageContaining(says);
    }
}
