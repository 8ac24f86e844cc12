package dev.samebits.tck;

import dev.samebits.Backend;
import dev.samebits.LayerKernels;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * All that a backend must do, as nested contracts that a test class inherits by naming the backend:
 *
 * <pre>{@code
 * class SimdContractsTest extends BackendContracts {
 *     @Override
 *     protected String backend() {
 *         return "simd";
 *     }
 * }
 * }</pre>
 *
 * <p>A backend that promises to allocate nothing inherits {@link AllocationContract} besides. The contracts that a product
 * of matrices touches have the tag {@code products}, for a build that runs another product alone.
 *
 * @since 0.1.0
 */
public abstract class BackendContracts {
    /** Made by JUnit, for each test anew. */
    protected BackendContracts() {}

    /**
     * The name of the backend to judge.
     *
     * @return the name, as {@code Backends.report()} has it
     */
    protected abstract String backend();

    /**
     * The backend to judge: the one of that {@linkplain #backend name}, unless overridden. Skips or fails the test if it
     * cannot run.
     *
     * @return the backend
     */
    protected Backend underTest() {
        return BackendUnderTest.named(backend());
    }

    /**
     * The kernels to judge: the {@linkplain #underTest backend's}, unless overridden.
     *
     * @return the kernels
     */
    protected LayerKernels kernels() {
        return underTest().kernels();
    }

    @Nested
    @Tag("products")
    class Kernel extends KernelContract {
        Kernel() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class RowKernel extends RowKernelContract {
        RowKernel() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class IntegerKernel extends IntegerKernelContract {
        IntegerKernel() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class StepKernel extends StepKernelContract {
        StepKernel() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class StepGradient extends StepGradientContract {
        StepGradient() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class KernelArgument extends KernelArgumentContract {
        KernelArgument() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class Activation extends ActivationContract {
        Activation() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class SpecialValue extends SpecialValueContract {
        SpecialValue() {
            super(BackendContracts.this);
        }
    }

    @Nested
    @Tag("products")
    class Session extends SessionContract {
        Session() {
            super(BackendContracts.this);
        }
    }

    @Nested
    @Tag("products")
    class Graph extends GraphContract {
        Graph() {
            super(BackendContracts.this);
        }
    }

    @Nested
    @Tag("products")
    class SessionArgument extends SessionArgumentContract {
        SessionArgument() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class Buffer extends BufferContract {
        Buffer() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class SessionLifecycle extends SessionLifecycleContract {
        SessionLifecycle() {
            super(BackendContracts.this);
        }
    }

    @Nested
    @Tag("products")
    class Training extends TrainingContract {
        Training() {
            super(BackendContracts.this);
        }
    }

    @Nested
    @Tag("products")
    class GraphTraining extends GraphTrainingContract {
        GraphTraining() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class GraphTrainingOption extends GraphTrainingOptionsContract {
        GraphTrainingOption() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class Optimizing extends OptimizerContract {
        Optimizing() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class TrainingOption extends TrainingOptionsContract {
        TrainingOption() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class TrainingState extends TrainingStateContract {
        TrainingState() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class GraphGradient extends GraphGradientContract {
        GraphGradient() {
            super(BackendContracts.this);
        }
    }

    @Nested
    class Gradient extends GradientContract {
        Gradient() {
            super(BackendContracts.this);
        }
    }
}
