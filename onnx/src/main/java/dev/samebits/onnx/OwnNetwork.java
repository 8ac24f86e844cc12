package dev.samebits.onnx;

import dev.samebits.Network;
import dev.samebits.Section;
import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import dev.samebits.onnx.tensor.TensorReader;
import dev.samebits.onnx.write.WrittenGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A network with branches in a file that Samebits wrote: beside the operators its steps stand in the metadata. */
final class OwnNetwork {
    private static final String STEPS = "samebits.steps";

    private OwnNetwork() {}

    static void add(ModelProto.Builder model, Network network) {
        if (!network.isChain()) {
            NamesMetadata.add(model, STEPS, WrittenGraph.lines(network));
        }
    }

    /**
     * The model, as it was written, with its inputs, outputs and steps.
     *
     * @return null if the file is of others, of a chain, or was edited
     * @throws Refusal if it is damaged, or has no output that is wanted
     */
    static @Nullable OnnxModel read(ModelProto model, long opset, TensorReader tensors, OnnxOptions options, Notes notes)
            throws Refusal {
        if (!model.getProducerName().equals(Seal.PRODUCER) || opset != ModelWriter.OPSET) {
            return null;
        }
        List<String> lines = NamesMetadata.list(model, STEPS);
        Network written = lines.isEmpty() ? null : WrittenGraph.read(model.getGraph(), lines, tensors);
        if (written == null) {
            return null;
        }
        Seal.check(model, written);
        Network named = NamesMetadata.named(model, written, List.of());
        GraphProto graph = model.getGraph();
        List<String> outputs = graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
        int wanted = options.output().isEmpty() ? -1 : number(named, outputs, options.output().get());
        Network network = wanted < 0 ? named : named.select(named.outputSections().get(wanted).name());
        List<String> inputs = new ArrayList<>();
        List<Section> sections = named.inputSections();
        for (int i = 0; i < sections.size(); i++) {
            String name = sections.get(i).name();
            if (network.inputSections().stream().anyMatch(kept -> kept.name().equals(name))) {
                inputs.add(Refusal.name(graph.getInput(i).getName()));
            }
        }
        List<OnnxOutput> given = new ArrayList<>();
        for (String name : outputs) {
            given.add(new OnnxOutput(Refusal.name(name), "float", wanted < 0 || wanted == given.size(), false, List.of()));
        }
        return new OnnxModel(network, String.join(", ", inputs), given.stream().filter(OnnxOutput::isGiven)
                .map(OnnxOutput::name).collect(Collectors.joining(", ")), given,
                Refusal.name((model.getProducerName() + " " + model.getProducerVersion()).strip()), opset, notes.all());
    }

    // By the name that the network has for it, or the file, where an input has that.
    private static int number(Network network, List<String> outputs, String wanted) throws Refusal {
        List<String> names = network.outputSections().stream().map(Section::name).toList();
        int number = names.contains(wanted) ? names.indexOf(wanted) : outputs.indexOf(wanted);
        if (number < 0) {
            throw new Refusal("graph", "it has no output " + Refusal.quote(wanted) + ": choose one of "
                    + names.stream().map(Refusal::quote).collect(Collectors.joining(", ")));
        }
        return number;
    }

    /** A chain of a file that Samebits wrote, its input and its output called as they were. */
    static Network named(ModelProto model, Network network) {
        GraphProto graph = model.getGraph();
        boolean own = model.getProducerName().equals(Seal.PRODUCER) && network.isChain() && graph.getInputCount() == 1
                && graph.getOutputCount() == 1 && !graph.getInput(0).getName().isBlank()
                && !graph.getOutput(0).getName().isBlank();
        return own ? network.withSections(List.of(graph.getInput(0).getName()), List.of(graph.getOutput(0).getName()))
                : network;
    }
}
