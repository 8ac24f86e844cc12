package dev.samebits.tck;

import static dev.samebits.tck.ContractsCatchBrokenSessionsTest.assertFails;

import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.scalar.ScalarKernels;
import dev.samebits.spi.AbstractInferenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A test of the tests: sessions that are opened, shared or ended wrongly fail the contract that is there to find it. */
class ContractsCatchBrokenLifecyclesTest {
    private static SessionLifecycleContract lifecycles(BrokenBackend backend) {
        return new SessionLifecycleContract(backend.judged()) {
            @Override
            Duration patience() {
                return Duration.ofMillis(300);
            }
        };
    }

    /** One buffer for all callers. */
    @Test
    void sharedScratch() {
        BrokenBackend backend = new BrokenBackend(new ScalarKernels()) {
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
        BrokenBackend backend = new BrokenBackend(new ScalarKernels()) {
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
        BrokenBackend backend = new BrokenBackend(new ScalarKernels()) {
            @Override
            public InferenceSession open(Network network, SessionOptions options) {
                InferenceSession session = super.open(network, SessionOptions.defaults());
                return new ClosedOtherwise(session, () -> { });
            }
        };
        assertFails("IllegalStateException", lifecycles(backend)::callsAfterCloseThrow);
    }

    @Test
    void aSessionThatClosesWhatItShares() {
        BrokenBackend backend = new BrokenBackend(new ScalarKernels()) {
            @Override
            public InferenceSession open(Network network, SessionOptions options) {
                InferenceSession session = super.open(network, options);
                return new ClosedOtherwise(session, () -> {
                    session.close();
                    options.workers().close();
                });
            }
        };
        assertFails("workers left after", lifecycles(backend)::sessionsThatShareWorkersHaveTheirBitsAndLeaveThemAlone);
    }

    /** Workers of its own for each session, whatever was asked for. */
    @Test
    void aSessionThatDoesNotShare() {
        BrokenBackend backend = new BrokenBackend(new ScalarKernels()) {
            @Override
            public InferenceSession open(Network network, SessionOptions options) {
                return super.open(network, SessionOptions.ofThreads(options.threads()));
            }
        };
        assertFails("threads of 31 sessions", lifecycles(backend)::sessionsThatShareWorkersHaveTheirBitsAndLeaveThemAlone);
    }

    /** A backend that remembers its sessions keeps those that are dropped. */
    @Test
    void aSessionThatIsHeld() {
        List<InferenceSession> held = new ArrayList<>();
        BrokenBackend backend = new BrokenBackend(new ScalarKernels()) {
            @Override
            public InferenceSession open(Network network, SessionOptions options) {
                InferenceSession session = super.open(network, options);
                held.add(session);
                return session;
            }
        };
        assertFails("threads left of sessions", lifecycles(backend)::sessionsThatAreDroppedEndTheirThreads);
        held.forEach(InferenceSession::close);
    }

    private static final class ClosedOtherwise extends ForwardingSession {
        private final Runnable closing;

        ClosedOtherwise(InferenceSession session, Runnable closing) {
            super(session);
            this.closing = closing;
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
