package dev.samebits.cli.train;

import dev.samebits.Activation;
import dev.samebits.Loss;
import dev.samebits.Network;
import dev.samebits.NetworkBuilder;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.TargetRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What network {@code train} builds: the options for layers, activation, output and loss. */
final class Architecture {
    /** What the last layer gives. */
    enum Form {
        AUTO("auto"),
        SOFTMAX("softmax"),
        LOG_SOFTMAX("log-softmax"),
        LOGISTIC("logistic"),
        IDENTITY("identity");

        private final String label;

        Form(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    @Option(
            names = "--layers",
            paramLabel = "N,N",
            split = ",",
            description = "Neurons of the hidden layers, such as 128,64; 'none' for no hidden layer. Default: 128, or "
                    + "128,64 from 20,000 rows on.")
    private List<String> layers;

    private int[] chosen = {1};
    // Whether the network is there already.
    private boolean isGiven;
    private boolean severalLabels;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            description = "Activation of the hidden layers, with parameters behind colons, such as relu, tanh, "
                    + "leaky-relu:0.1, gelu or maxout:3 (default: relu).")
    private String givenActivation;

    private String activation = "relu";

    @Option(
            names = "--output",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "softmax, log-softmax, logistic or identity. auto: softmax for classes, logistic for two of them, "
                    + "identity for a quantity.")
    private String output;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "cross-entropy, logistic-cross-entropy or squared-error. auto: the one that goes with the output.")
    private String loss;

    /** For picocli. */
    Architecture() {}

    /** With these hidden layers, and all else as it is taken where nothing is given. */
    Architecture(String hidden) {
        layers = List.of(hidden.split(",", -1));
        output = Form.AUTO.label;
        loss = "auto";
    }

    /** Checks the words, before any data is read. */
    void check() {
        if (givenActivation != null) {
            if (sizes().length == 0) {
                throw new Problem("there is no hidden layer to have it", "--activation", "leave it out with --layers none");
            }
            activation = givenActivation;
        }
        form(false, 0);
        lossOf(null);
        sizes();
        addHidden(Network.builder(1), 1);
    }

    private Form form(boolean regression, int classes) {
        Form form = Arrays.stream(Form.values()).filter(f -> f.label.equals(output)).findFirst()
                .orElseThrow(() -> new Problem("unknown output '" + output + "'", "--output",
                        "use one of " + known(Arrays.asList(Form.values()))));
        if (form != Form.AUTO) {
            return form;
        }
        boolean one = classes == 2 && !loss.equals(Loss.CROSS_ENTROPY.label());
        return severalLabels ? Form.LOGISTIC : regression ? Form.IDENTITY : one ? Form.LOGISTIC : Form.SOFTMAX;
    }

    /** Whether a label that looks like a quantity may be learned as one. */
    boolean takesQuantities() {
        return output.equals(Form.AUTO.label) && (loss.equals("auto") || loss.equals(Loss.SQUARED_ERROR.label()));
    }

    /** Whether the targets of a regression may be scaled: not where they are probabilities. */
    boolean scalesTargets() {
        return form(true, 0) == Form.IDENTITY;
    }

    /** Takes hidden layers for so much data, unless they were given. */
    void choose(int rows) {
        chosen = HiddenLayers.of(rows);
    }

    /** Whether the hidden layers were chosen here. */
    boolean isChosen() {
        return layers == null && !isGiven;
    }

    /** The loss asked for, of a network that is there already. */
    Loss lossFrom(Network network) {
        isGiven = true;
        return lossOf(network);
    }

    private static String known(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private int[] sizes() {
        if (layers == null) {
            return chosen;
        }
        if (layers.equals(List.of("none"))) {
            return new int[0];
        }
        int[] sizes = new int[layers.size()];
        for (int l = 0; l < sizes.length; l++) {
            String text = layers.get(l).strip();
            if (!text.matches("\\d{1,7}") || Integer.parseInt(text) < 1) {
                throw new Problem("'" + text + "' is not a number of neurons", "--layers",
                        "give numbers such as 128,64, or none");
            }
            sizes[l] = Integer.parseInt(text);
        }
        return sizes;
    }

    private void addHidden(NetworkBuilder builder, int neurons) {
        try {
            if (activation.matches("maxout(:\\d{1,4})?")) {
                builder.maxout(neurons, activation.equals("maxout") ? 2 : Integer.parseInt(activation.substring(7)));
            } else {
                builder.dense(neurons, Activation.parse(activation));
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--activation", "use one of these, or maxout:K for K pieces");
        }
    }

    /** Outputs for a number of classes: one suffices for two classes and a logistic output. */
    int outputs(int classes) {
        return classes == 2 && form(false, classes) == Form.LOGISTIC ? 1 : classes;
    }

    /**
     * The network to train.
     *
     * @param classes how many there are; 0 for a regression
     */
    Network network(int inputs, int outputs, int classes, long seed) {
        try {
            NetworkBuilder builder = Network.builder(inputs);
            for (int neurons : sizes()) {
                addHidden(builder, neurons);
            }
            return addOutput(builder, form(classes == 0, classes), outputs).build(seed);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Problem(String.valueOf(e.getMessage()), "--layers", "use fewer neurons");
        }
    }

    private static NetworkBuilder addOutput(NetworkBuilder builder, Form form, int outputs) {
        builder.dense(outputs, form == Form.LOGISTIC ? Activation.LOGISTIC : Activation.IDENTITY);
        if (form == Form.SOFTMAX) {
            builder.softmax();
        } else if (form == Form.LOG_SOFTMAX) {
            builder.logSoftmax();
        }
        return builder;
    }

    /** Takes it that a row has several labels, each yes or no. */
    void takeSeveralLabels() {
        severalLabels = true;
    }

    /** What target values must be. */
    TargetRule targetRule() {
        return severalLabels ? TargetRule.YES_OR_NO
                : TargetRule.of(lossOf(addOutput(Network.builder(1), form(true, 0), 1).build(0)));
    }

    /** The loss asked for; null for no network, then only the word is checked. */
    Loss lossOf(Network network) {
        if (loss.equals("auto")) {
            return network == null ? null : Loss.of(network);
        }
        Loss chosen = Arrays.stream(Loss.values()).filter(l -> l.label().equals(loss)).findFirst()
                .orElseThrow(() -> new Problem("unknown loss '" + loss + "'", "--loss", "use one of "
                        + Arrays.stream(Loss.values()).map(Loss::label).collect(Collectors.joining(", "))));
        try {
            if (network != null) {
                chosen.check(network);
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--loss", "leave it out" + (isGiven ? "" : ", or choose another --output"));
        }
        return chosen;
    }
}
