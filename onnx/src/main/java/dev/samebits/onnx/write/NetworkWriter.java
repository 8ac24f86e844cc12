package dev.samebits.onnx.write;

import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Section;
import dev.samebits.Step;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** From a network to a graph of ONNX's operators, step by step. */
public final class NetworkWriter {
    /** Bytes set aside for everything but the parameters: names and operators of 10,000 nodes take far less. */
    private static final int RESERVE = 1 << 24;

    private final Network network;
    private final ValueNames names;
    private final GraphWriter graph;

    private NetworkWriter(Network network, boolean parameters) throws Refusal {
        this.network = network;
        this.names = new ValueNames(network);
        this.graph = new GraphWriter(parameters);
    }

    /**
     * Makes the graph of a network.
     *
     * @throws Refusal if the network is larger than the file format or the reader allows
     */
    public static GraphProto graph(Network network) throws Refusal {
        long bytes = Float.BYTES * network.parameters();
        if (bytes > Integer.MAX_VALUE - RESERVE) {
            throw new Refusal("network", "its parameters take " + bytes
                    + " bytes, more than an ONNX file of 2 GiB holds: use smaller layers");
        }
        return new NetworkWriter(network, true).graph();
    }

    /** The graph of a network with the names and shapes of its parameters, and without their numbers. */
    static GraphProto withoutParameters(Network network) throws Refusal {
        return new NetworkWriter(network, false).graph();
    }

    private GraphProto graph() throws Refusal {
        List<Section> inputs = network.inputSections();
        boolean[] ids = names.ids();
        List<String> values = new ArrayList<>(names.inputs());
        for (int i = 0; i < inputs.size(); i++) {
            graph.input(values.get(i), ids[i] ? Tensor.INT64 : Tensor.FLOAT, inputs.get(i).width());
        }
        StepWriter writer = new StepWriter(graph);
        List<Integer> outputs = network.outputValues();
        for (Step step : network.steps()) {
            if (step.operation() instanceof Operation.IntegerDense || step.operation() instanceof Operation.Quantize) {
                throw new Refusal("network", "its step " + (values.size() - inputs.size() + 1) + ", " + step.operation()
                        + ", is of whole numbers, which are not written yet: keep the file that it was read from");
            }
            graph.prefix(prefix(values.size() - inputs.size()));
            int first = step.operands().get(0);
            writer.write(step.operation(), step.operands().stream().map(values::get).toList(), ids[first], step.width());
            int output = outputs.indexOf(values.size());
            values.add(output < 0 ? graph.latest() : graph.named(names.outputs().get(output)));
        }
        outputs(values);
        if (graph.nodes() > Limits.NODES) {
            throw new Refusal("network", "its " + network.steps().size() + " steps take " + graph.nodes()
                    + " ONNX operators, more than the " + Limits.NODES + " that are read back: use fewer");
        }
        return graph.build();
    }

    private String prefix(int step) {
        if (!network.isChain()) {
            return "step" + (step + 1);
        }
        return network.steps().get(step).operation() instanceof Operation.Softmax ? "output" : "layer" + (step + 1);
    }

    // A value is called as the first output that it is; inputs, and what is an output twice, are handed on.
    private void outputs(List<String> values) {
        List<Section> outputs = network.outputSections();
        for (int o = 0; o < outputs.size(); o++) {
            String name = names.outputs().get(o);
            String value = values.get(network.outputValues().get(o));
            if (!name.equals(value)) {
                graph.prefix("output" + (o + 1));
                graph.operator("Identity", value);
                graph.named(name);
            }
            graph.output(name, outputs.get(o).width());
        }
    }
}
