package dev.samebits.cli.inspect;

import com.sun.management.ThreadMXBean;
import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Table;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.file.Destination;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.cli.model.Models;
import dev.samebits.cli.model.OutputOption;
import dev.samebits.cli.model.RunOptions;
import dev.samebits.cli.picture.NetworkPicture;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.onnx.OnnxOutput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samebits inspect}: what a model is, and what it costs. */
@Command(
        name = "inspect",
        description = "Print a model's layers, shapes, activations, parameters, memory, operations per row and fingerprint.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "The model, an ONNX file.")
    private Path model;

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Draw the network, too: an SVG file for a browser, light or dark as the page. '-' writes it, and "
                    + "nothing else, to stdout.")
    private Path svg;

    @Mixin
    private OutputOption outputName;

    @Mixin
    private RunOptions run;

    @Override
    public Integer call() {
        if (svg != null) {
            new RunFiles().reads("MODEL", model).writes("--svg", svg);
        }
        Backend backend = run.backend();
        int threads = run.threads();
        OnnxModel read = Models.readModel(model, outputName);
        Network network = read.network();
        if (svg != null) {
            draw(network);
            if (svg.toString().equals(Descriptor.STANDARD)) {
                return 0;
            }
        }
        System.out.println(model + ": " + network);
        System.out.println();
        StepTable steps = new StepTable(network);
        (network.isChain() ? table(network) : steps.table()).print(System.out);
        System.out.println();
        System.out.printf(Locale.ROOT, "inputs      %,d%s%n", network.inputs(),
                network.isChain() ? "" : ": " + steps.inputs());
        System.out.printf(Locale.ROOT, "outputs     %,d%s%n", network.outputs(),
                network.isChain() ? ", as " + network.output().label() : ": " + steps.outputs());
        boolean all = !network.isChain()
                && read.outputs().stream().allMatch(output -> output.isGiven() && !output.isClass());
        if (read.outputs().size() > 1 && !all) {
            tellNames("of the file ", read.outputs().stream().map(InspectCommand::told).toList());
        }
        tellNames("columns     ", network.names().inputs());
        tellNames("targets     ", network.names().outputs());
        tellNames("classes     ", network.names().labels());
        System.out.println("written by  " + (read.producer().isEmpty() ? "no name" : read.producer()) + ", opset "
                + read.opset());
        System.out.printf(Locale.ROOT, "parameters  %,d: %s%n", network.parameters(), bytes(parameterBytes(network)));
        System.out.printf(Locale.ROOT, "session     %s, backend %s, threads %d%n", bytes(sessionBytes(network, backend)),
                backend.name(), threads);
        System.out.printf(Locale.ROOT, "per row     %,d FLOP (a fused multiply-add counts 2; activations not counted)%n",
                network.flops());
        System.out.println("SHA-256 of the weights: " + network.fingerprint());
        if (svg != null) {
            System.out.println("drawn to    " + svg);
        }
        return 0;
    }

    private void draw(Network network) {
        if (network.steps().size() > NetworkPicture.MOST_STEPS) {
            throw new Problem("it has " + network.steps().size() + " steps, and at most " + NetworkPicture.MOST_STEPS
                    + " are drawn", model.toString(), "leave --svg out");
        }
        try (Destination whole = Destination.open(svg)) {
            whole.stream().write(NetworkPicture.svg(network, String.valueOf(model.getFileName()))
                    .getBytes(StandardCharsets.UTF_8));
            whole.commit();
        } catch (IOException e) {
            throw Problem.writing(Destination.name(svg), e);
        }
    }

    // An output of the file.
    private static String told(OnnxOutput output) {
        return output.name() + (!output.isGiven() ? " (left out)" : output.isClass() ? " (the class)" : " (given)");
    }

    private static void tellNames(String what, List<String> names) {
        if (!names.isEmpty()) {
            System.out.println(what + Problem.oneLine(Problem.shown(names)));
        }
    }

    private static Table table(Network network) {
        Table table = new Table("layer", "inputs", "outputs", "weights", "type", "activation", "parameters", "FLOP/row");
        List<Layer> layers = network.layers();
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            table.row(String.valueOf(l + 1), grouped(layer.inputs()), grouped(layer.outputs()),
                    layer.rows() + " × " + layer.inputs(), layer.hasBfloat16Weights() ? "bf16" : "float",
                    activation(layer), grouped(layer.parameters()),
                    grouped(layer.spec().flops()));
        }
        return table;
    }

    // Two for a weight where they hold it, four for all else.
    private static long parameterBytes(Network network) {
        return Float.BYTES * network.parameters() - network.layers().stream().filter(Layer::hasBfloat16Weights)
                .mapToLong(layer -> (long) Short.BYTES * layer.rows() * layer.inputs()).sum();
    }

    // As the layer itself shows it, behind its shape.
    private static String activation(Layer layer) {
        String text = layer.toString();
        return text.substring(text.indexOf(' ', text.indexOf('→') + 2) + 1);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String bytes(long bytes) {
        return bytes < 1 << 20 ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%,.1f MiB", bytes / 1048576.0);
    }

    // What opening one allocates: packed weights, and what it needs at the first row.
    private long sessionBytes(Network network, Backend backend) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] x = new float[network.inputs()];
        float[] y = new float[network.outputs()];
        // Another one before, so that neither classes being loaded are counted nor the vectors that are objects in code that
        // is not compiled yet: they are many times a small session.
        try (InferenceSession session = backend.open(network, run.session())) {
            session.warmUp();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        try (InferenceSession session = backend.open(network, run.session())) {
            session.predict(x, y);
            return threads.getCurrentThreadAllocatedBytes() - before;
        }
    }
}
