package dev.samebits.cli.predict;

import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.Block;
import dev.samebits.cli.data.Source;
import dev.samebits.cli.model.ColumnNames;
import dev.samebits.cli.text.TextBuffer;
import dev.samebits.Names;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.onnx.OnnxOutput;
import dev.samebits.train.Classification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Lays out a network's outputs as CSV, one line per row. Thread-safe. */
final class PredictionWriter {
    /** What is written for a row. */
    enum Form {
        CLASS,
        PROBABILITIES,
        RAW
    }

    private final Form form;
    private final int outputs;
    private final Names names;
    private final boolean isOne;
    private final List<String> columns;
    private final List<String> labels;
    private final byte[][] classes;
    private final String[] idNames;
    private final boolean header;
    private final Path name;

    /**
     * For a network's outputs.
     *
     * @param network which tells what its classes and outputs are called
     * @param source whose header, if it has one, and whose fields passed through go before them
     * @param name where they go, for messages
     */
    PredictionWriter(Form form, Network network, Source source, Path name) {
        this.form = form;
        this.outputs = network.outputs();
        this.names = network.names();
        this.isOne = network.outputSections().size() == 1;
        this.columns = ColumnNames.outputs(network);
        this.labels = labels(outputs, names);
        this.classes = labels.stream().map(label -> TextBuffer.quoted(label).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.idNames = source.idNames();
        this.header = source.hasHeader();
        this.name = name;
    }

    // A distribution over outputs that have names picks one of them.
    private static List<String> labels(int outputs, Names names) {
        return !names.labels().isEmpty() || outputs == 1 ? names.labels() : names.outputs();
    }

    /**
     * The class for a classifier and where the file gives nothing else, the probabilities where several outputs say yes or
     * no each, and the outputs for any other network.
     */
    static Form usual(OnnxModel model) {
        Network network = model.network();
        if (network.outputs() > 1 && model.outputs().stream().filter(OnnxOutput::isGiven).allMatch(OnnxOutput::isClass)) {
            return Form.CLASS;
        }
        return Classification.givesClass(network) ? Form.CLASS : givesProbabilities(network) ? Form.PROBABILITIES : Form.RAW;
    }

    // Those that are trained as classifiers do.
    private static boolean givesProbabilities(Network network) {
        return Loss.of(network) != Loss.SQUARED_ERROR;
    }

    /** The network to run for a form: for probabilities, softmax instead of log-softmax. */
    static Network prepared(Network network, Form form, Path model) {
        if (form != Form.RAW && network.outputSections().size() > 1) {
            throw new Problem("of several outputs no one is the class: " + network, model.toString(),
                    "choose one with --output-name");
        }
        if (form != Form.PROBABILITIES) {
            return network;
        }
        if (!givesProbabilities(network)) {
            throw new Problem("the model gives no probabilities: " + network, model.toString(), "use --as raw");
        }
        return network.withProbabilities();
    }

    // The first line; in front of the first block, so that a file that is bad from the start leaves stdout empty.
    private void header(TextBuffer text) {
        for (String id : idNames) {
            text.append(id);
            text.append(',');
        }
        if (form == Form.CLASS) {
            text.append("class");
        } else {
            for (int j = 0; j < outputs; j++) {
                text.append((j > 0 ? "," : "") + TextBuffer.quoted(column(j)));
            }
        }
        text.append('\n');
    }

    // What the output is called, else the class it speaks for: the second of two for a single output, else its number.
    private String column(int j) {
        boolean named = !names.outputs().isEmpty() || names.labels().isEmpty() || !isOne;
        if (form == Form.RAW && named) {
            return columns.isEmpty() ? "y" + (j + 1) : columns.get(j);
        }
        int number = outputs == 1 ? 1 : j;
        String label = !names.outputs().isEmpty() ? names.outputs().get(j)
                : labels.isEmpty() ? String.valueOf(number) : labels.get(number);
        return (form == Form.RAW ? "y_" : "p_") + label;
    }

    private void appendClass(TextBuffer text, int number) {
        if (classes.length == 0) {
            text.append(number);
        } else {
            text.append(classes[number], 0, classes[number].length);
        }
    }

    /**
     * Writes a block's rows, y {@code [rows × outputs]}, into its text, and counts those with NaN. Where classes are
     * written such a row has none: it is left out, as rows are that have been before.
     */
    void lay(Block block, Matrix y) {
        TextBuffer text = block.text;
        if (header && block.number == 0) {
            header(text);
        }
        int id = 0;
        for (int n = 0; n < block.rows; n++) {
            int number = form == Form.CLASS && !block.leftOut.get(n) ? Classification.classOf(y, n) : 0;
            if (number == Classification.NONE) {
                block.leftOut.set(n);
                block.nanRows++;
            } else if (!block.leftOut.get(n)) {
                if (idNames.length > 0) {
                    text.append(block.ids.bytes(), id, block.idEnds[n] - id);
                }
                if (form == Form.CLASS) {
                    appendClass(text, number);
                } else {
                    block.nanRows += appendOutputs(text, y, n) ? 1 : 0;
                }
                text.append('\n');
            }
            id = idNames.length > 0 ? block.idEnds[n] : 0;
        }
    }

    // Whether one is NaN.
    private boolean appendOutputs(TextBuffer text, Matrix y, int row) {
        boolean nan = false;
        int at = y.rowOffset(row);
        for (int j = 0; j < outputs; j++) {
            if (j > 0) {
                text.append(',');
            }
            float value = y.data()[at + j];
            nan |= value != value;
            text.append(value);
        }
        return nan;
    }

    /** Why nothing could be written. */
    Problem problem(IOException e) {
        return Problem.writing(name, e);
    }
}
