package dev.samebits.gpu;

import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.LayerKernels;
import dev.samebits.spi.DropoutMasks;
import dev.samebits.spi.KernelBackend;

/** An OpenCL device, by programs that Aparapi translates from Java. */
final class OpenClBackend extends KernelBackend {
    private final ChosenDevice device;
    private final LayerKernels kernels;
    private final DeviceMemory memory;

    OpenClBackend(ChosenDevice device, LayerKernels kernels, DeviceMemory memory) {
        this.device = device;
        this.kernels = kernels;
        this.memory = memory;
    }

    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public String device() {
        return device.description();
    }

    @Override
    public LayerKernels kernels() {
        return kernels;
    }

    @Override
    protected InferenceSession openChain(Network network, SessionOptions options) {
        memory.check(network, TrainingOptions.of(Optimizer.SGD));
        Params params = new Params(network);
        ProgramRunner runner = newRunner();
        try {
            return new OpenClInferenceSession(this, network, options, params, runner);
        } catch (RuntimeException | Error e) {
            runner.close();
            throw e;
        }
    }

    @Override
    protected TrainingSession trainChain(Network network, Loss loss, TrainingOptions training, SessionOptions options) {
        DropoutMasks dropout = training.dropout() == null ? null : new DropoutMasks(training.dropout(), network);
        memory.check(network, training);
        TrainedParameters parameters = new TrainedParameters(new Params(network, training), loss, dropout, newRunner());
        try {
            return new OpenClTrainingSession(this, network, loss, options, parameters);
        } catch (RuntimeException | Error e) {
            parameters.close();
            throw e;
        }
    }

    /** The same device with other limits. */
    OpenClBackend with(DeviceMemory limits) {
        return new OpenClBackend(device, kernels, limits);
    }

    ChosenDevice chosen() {
        return device;
    }

    ProgramRunner newRunner() {
        return new ProgramRunner(device);
    }

    DeviceMemory memory() {
        return memory;
    }
}
