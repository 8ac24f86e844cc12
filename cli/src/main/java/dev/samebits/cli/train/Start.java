package dev.samebits.cli.train;

import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.Step;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.cli.model.ColumnNames;
import dev.samebits.cli.model.Models;
import dev.samebits.cli.model.OutputOption;
import dev.samebits.cli.samples.KnownColumns;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.table.Preparation;
import dev.samebits.train.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * What {@code train} starts from, where that is a model: the option {@code --from}. Scalings in front of its layers and
 * behind them stay as they are; what is between them learns on.
 */
final class Start {
    // What the model has already.
    private static final List<String> DECIDED = List.of("--layers", "--activation", "--output", "--scaling", "--missing",
            "--categories", "--classes");

    @Option(
            names = "--from",
            paramLabel = "MODEL.onnx",
            description = "Learn on from this model in place of new weights: one that train wrote, or anyone's ONNX file "
                    + "that predict takes. Its columns, classes, scaling and layers stay.")
    private Path file;

    private OnnxModel model;
    private final List<Operation> before = new ArrayList<>();
    private final List<Operation.ScaleShift> after = new ArrayList<>();
    private Network learner;
    private Loss loss;

    boolean isGiven() {
        return file != null;
    }

    /** Refuses what the model decides, and names the file. */
    void check(ParseResult command, RunFiles files) {
        if (!isGiven()) {
            return;
        }
        DECIDED.stream().filter(command::hasMatchedOption).findFirst().ifPresent(option -> {
            throw new Problem("the model of --from decides that", option, "leave it out with --from");
        });
        files.reads("--from", file);
    }

    /** Reads the model, before the data are read. */
    void read(Architecture architecture) {
        if (!isGiven()) {
            return;
        }
        model = Models.readModel(file, new OutputOption());
        Network network = model.network();
        if (network.outputSections().size() > 1) {
            throw new Problem("the model has " + network.outputSections().size() + " outputs, and train knows one loss",
                    file.toString(), "train it from Java, by an Objective");
        }
        Network chain = chain(network);
        learner = chain == null ? network : chain;
        loss = architecture.lossFrom(learner);
    }

    // The layers alone, if nothing else stands before and behind them but scalings that can be undone; else null.
    private Network chain(Network network) {
        List<Layer> layers = new ArrayList<>();
        Output output = Output.IDENTITY;
        boolean plain = network.inputSections().size() == 1
                && network.outputValues().get(0) == network.steps().size();
        for (int s = 0; plain && s < network.steps().size(); s++) {
            Step step = network.steps().get(s);
            plain = step.operands().equals(List.of(s));
            boolean open = after.isEmpty() && output == Output.IDENTITY;
            if (step.operation() instanceof Operation.Apply apply && open) {
                layers.add(apply.layer());
            } else if (step.operation() instanceof Operation.Softmax softmax && open && !layers.isEmpty()) {
                output = softmax.output();
            } else if (layers.isEmpty() && isScaling(step.operation())) {
                before.add(step.operation());
            } else if (step.operation() instanceof Operation.ScaleShift scaled && output == Output.IDENTITY) {
                after.add(scaled);
            } else {
                plain = false;
            }
        }
        if (!plain || layers.isEmpty()) {
            before.clear();
            after.clear();
            return null;
        }
        return Network.of(layers, output);
    }

    private static boolean isScaling(Operation operation) {
        return operation instanceof Operation.CenterScale || operation instanceof Operation.ScaleShift;
    }

    /** The network that learns. */
    Network network() {
        return learner;
    }

    Loss loss() {
        return loss;
    }

    /** Whether it gives values, and no classes. */
    boolean givesValues(boolean asked) {
        return asked || loss == Loss.SQUARED_ERROR && model.network().names().labels().isEmpty();
    }

    /** What rows it takes and gives. */
    KnownColumns columns(boolean targets) {
        Network network = model.network();
        boolean values = givesValues(targets);
        int classes = network.outputs() == 1 ? 2 : network.outputs();
        return new KnownColumns(file.toString(), network.inputs(), ColumnNames.inputs(network),
                values ? network.outputs() : 0, values ? network.names().outputs() : List.of(),
                values ? List.of() : network.names().labels(), classes, model.preparation().orElse(null));
    }

    Optional<Preparation> preparation() {
        return model.preparation();
    }

    /** Whether inputs are scaled by the model. */
    boolean scales() {
        return !before.isEmpty() || model.preparation().isPresent();
    }

    /** Rows as the network that learns takes them. */
    Samples of(Samples samples) {
        return before.isEmpty() && after.isEmpty() ? samples : samples.changed(new ModelRows(before, after));
    }

    /** The whole model, with what was learned, and with the names that it lacked. */
    Network around(Network learned, TrainingData data) {
        Network network = model.network();
        Network whole = learned;
        if (learner != network) {
            List<Operation> operations = new ArrayList<>();
            int layer = 0;
            for (Step step : network.steps()) {
                operations.add(step.operation() instanceof Operation.Apply
                        ? new Operation.Apply(learned.layers().get(layer++)) : step.operation());
            }
            whole = network.withOperations(operations);
        }
        Names names = network.names();
        boolean nameless = names.labels().isEmpty() && data.targets() == 0;
        return nameless ? whole.withNames(new Names(names.inputs(), names.outputs(), data.labels())) : whole;
    }

    /** What is done to the inputs, for the user. */
    String why() {
        return (scales() ? "scaled as the model does it" : "as the model takes them") + " (--from)";
    }
}
