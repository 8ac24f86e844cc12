package dev.samebits.cli;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.train.Classification;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes a network's outputs as CSV, one line per row. */
final class PredictionWriter {
    /** What is written for a row. */
    enum Form {
        CLASS,
        PROBABILITIES,
        RAW
    }

    private final OutputStream out;
    private final Form form;
    private final Path name;
    private final StringBuilder text = new StringBuilder();

    PredictionWriter(OutputStream out, Form form, Path name) {
        this.out = out;
        this.form = form;
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

    void header(int outputs) {
        if (form == Form.CLASS) {
            text.append("class");
        } else {
            for (int j = 1; j <= outputs; j++) {
                text.append(j > 1 ? "," : "").append(form == Form.RAW ? "y" : "p").append(j);
            }
        }
        text.append('\n');
    }

    void rows(Matrix y) {
        for (int n = 0; n < y.rows(); n++) {
            if (form == Form.CLASS) {
                text.append(Classification.classOf(y, n));
            } else {
                for (int j = 0; j < y.columns(); j++) {
                    if (j > 0) {
                        text.append(',');
                    }
                    FloatText.append(y.get(n, j), text);
                }
            }
            text.append('\n');
        }
        flush();
    }

    void flush() {
        try {
            out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
            out.flush();
            text.setLength(0);
        } catch (IOException e) {
            throw Problem.writing(name, e);
        }
    }
}
