package dev.samebits.cli;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
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
    private final List<String> labels;
    private final byte[][] classes;
    private final String[] idNames;
    private final boolean header;
    private final Path name;

    /**
     * For a network's outputs.
     *
     * @param labels names of the classes, or none where they are called by number
     * @param source whose header, if it has one, and whose fields passed through go before them
     * @param name where they go, for messages
     */
    PredictionWriter(Form form, int outputs, List<String> labels, Source source, Path name) {
        this.form = form;
        this.outputs = outputs;
        this.labels = labels;
        this.classes = labels.stream().map(label -> quoted(label).getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        this.idNames = source.idNames();
        this.header = source.hasHeader();
        this.name = name;
    }

    /** The class for a classifier, the outputs for any other network. */
    static Form usual(Network network) {
        return classifies(network) ? Form.CLASS : Form.RAW;
    }

    private static boolean classifies(Network network) {
        Layer last = network.layers().get(network.layers().size() - 1);
        return network.output() != Output.IDENTITY || last.activation().equals(Activation.LOGISTIC);
    }

    /** The network to run for a form: for probabilities, softmax instead of log-softmax. */
    static Network prepared(Network network, Form form, Path model) {
        if (form != Form.PROBABILITIES) {
            return network;
        }
        if (!classifies(network)) {
            throw new Problem("the model gives no probabilities: " + network, model.toString(), "use --as raw");
        }
        return network.output() == Output.LOG_SOFTMAX ? Network.of(network.layers(), Output.SOFTMAX) : network;
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
            for (int j = 1; j <= outputs; j++) {
                text.append((j > 1 ? "," : "") + column(j));
            }
        }
        text.append('\n');
    }

    private String column(int j) {
        if (form == Form.PROBABILITIES && !labels.isEmpty()) {
            return quoted("p_" + labels.get(j - 1));
        }
        return (form == Form.RAW ? "y" : "p") + j;
    }

    /** A text as a field of comma-separated text, by RFC 4180. */
    static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    private void appendClass(TextBuffer text, int number) {
        if (classes.length == 0) {
            text.append(number);
        } else {
            text.append(classes[number], 0, classes[number].length);
        }
    }

    /** Writes a block's rows, y {@code [rows × outputs]}, into its text. */
    void lay(Block block, Matrix y) {
        TextBuffer text = block.text;
        if (header && block.number == 0) {
            header(text);
        }
        int id = 0;
        for (int n = 0; n < block.rows; n++) {
            if (idNames.length > 0) {
                text.append(block.ids.bytes(), id, block.idEnds[n] - id);
                id = block.idEnds[n];
            }
            if (form == Form.CLASS) {
                appendClass(text, Classification.classOf(y, n));
            } else {
                int at = y.rowOffset(n);
                for (int j = 0; j < outputs; j++) {
                    if (j > 0) {
                        text.append(',');
                    }
                    text.append(y.data()[at + j]);
                }
            }
            text.append('\n');
        }
    }

    /** Why nothing could be written. */
    Problem problem(IOException e) {
        return Problem.writing(name, e);
    }
}
