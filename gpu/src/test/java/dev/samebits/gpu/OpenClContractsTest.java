package dev.samebits.gpu;

import dev.samebits.tck.ActivationContract;
import dev.samebits.tck.BufferContract;
import dev.samebits.tck.GradientContract;
import dev.samebits.tck.KernelContract;
import dev.samebits.tck.KernelArgumentContract;
import dev.samebits.tck.RowKernelContract;
import dev.samebits.tck.SessionContract;
import dev.samebits.tck.SessionLifecycleContract;
import dev.samebits.tck.SpecialValueContract;
import dev.samebits.tck.TrainingContract;
import org.junit.jupiter.api.Nested;

/** Holds the OpenCL backend to every contract, on the device that the probe chooses. */
class OpenClContractsTest {
    private static final String BACKEND = "opencl";

    @Nested
    class Activation extends ActivationContract {
        @Override
        protected String backend() {
            return BACKEND;
        }
    }

    @Nested
    class Buffers extends BufferContract {
        @Override
        protected String backend() {
            return BACKEND;
        }
    }

    @Nested
    class Gradient extends GradientContract {
        @Override
        protected String backend() {
            return BACKEND;
        }
    }

    @Nested
    class KernelArgument extends KernelArgumentContract {
        @Override
        protected String backend() {
            return BACKEND;
        }
    }

    @Nested
    class Kernel extends KernelContract {
        @Override
        protected String backend() {
            return BACKEND;
        }
    }

    @Nested
    class RowKernel extends RowKernelContract {
        @Override
        protected String backend() {
            return BACKEND;
        }
    }

    @Nested
    class Session extends SessionContract {
        @Override
        protected String backend() {
            return BACKEND;
        }
    }

    @Nested
    class SessionLifecycle extends SessionLifecycleContract {
        @Override
        protected String backend() {
            return BACKEND;
        }
    }

    @Nested
    class SpecialValue extends SpecialValueContract {
        @Override
        protected String backend() {
            return BACKEND;
        }
    }

    @Nested
    class Training extends TrainingContract {
        @Override
        protected String backend() {
            return BACKEND;
        }
    }
}
