package dev.samebits.bench.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.bench.jmh.ForkLine;
import dev.samebits.bench.jmh.Timed;
import dev.samebits.bench.jmh.TrainingBenchmark;
import dev.samebits.bench.jmh.Workloads;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * PyTorch, eager, on the step of {@link TrainingBenchmark}: forward, cross-entropy of the logits, autograd, plain SGD.
 * Through DJL's arrays and not its trainer, which would add its own bookkeeping to every step.
 */
@State(Scope.Benchmark)
public class PyTorchPeer extends Timed {
    /** See {@link Workloads#network}; one with ReLU and softmax. */
    @Param(Workloads.CLASSIFIER)
    public String network;

    @Param("1")
    public int threads;

    @Param({"1", "64", "256"})
    public int batch;

    float learningRate = TrainingBenchmark.LEARNING_RATE;

    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> biases = new ArrayList<>();
    private NDManager manager;
    private NDArray x;
    private NDArray targets;
    private Loss loss;

    @Setup
    public void setup() {
        // All of these are read once, when the engine starts.
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        // Both native jars are on the class path: nothing is to be downloaded, and nobody told that it runs.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        Engine engine = Engine.getEngine("PyTorch");
        manager = engine.newBaseManager(Device.cpu());
        Network model = Workloads.network(network);
        if (model.output() != Output.SOFTMAX) {
            throw new IllegalArgumentException("the step is written for softmax and cross-entropy, not for " + network);
        }
        for (Layer layer : model.layers()) {
            weights.add(parameter(layer.weights().data(), new Shape(layer.outputs(), layer.inputs())));
            biases.add(parameter(layer.bias(), new Shape(layer.outputs())));
        }
        x = manager.create(Workloads.uniform(batch, model.inputs(), 3).data(), new Shape(batch, model.inputs()));
        targets = manager.create(Workloads.oneHot(batch, model.outputs()).data(), new Shape(batch, model.outputs()));
        loss = Loss.softmaxCrossEntropyLoss("cross-entropy", 1, -1, false, true);
        ForkLine.announce("PyTorch " + engine.getVersion() + " through DJL, threads " + threads);
    }

    private NDArray parameter(float[] values, Shape shape) {
        NDArray parameter = manager.create(values, shape);
        parameter.setRequiresGradient(true);
        return parameter;
    }

    @Benchmark
    public float step() {
        float value;
        try (NDManager scope = manager.newSubManager()) {
            NDArray a = x;
            a.attach(scope);
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                for (int l = 0; l < weights.size(); l++) {
                    NDArray z = Linear.linear(a, weights.get(l), biases.get(l)).singletonOrThrow();
                    a = l + 1 < weights.size() ? z.getNDArrayInternal().relu() : z;
                }
                NDArray mean = loss.evaluate(new NDList(targets), new NDList(a));
                collector.backward(mean);
                value = mean.getFloat();
            }
            for (int l = 0; l < weights.size(); l++) {
                update(weights.get(l), scope);
                update(biases.get(l), scope);
            }
            x.attach(manager);
        }
        return value;
    }

    private void update(NDArray parameter, NDManager scope) {
        NDArray gradient = parameter.getGradient();
        gradient.attach(scope);
        parameter.getNDArrayInternal().sgdUpdate(
                new NDList(parameter, gradient), new NDList(parameter), learningRate, 0, 1, -1, 0, true);
    }

    /** The parameters of a layer as learnt so far. */
    float[] weights(int layer) {
        return weights.get(layer).toFloatArray();
    }

    @TearDown
    public void close() {
        manager.close();
    }
}
