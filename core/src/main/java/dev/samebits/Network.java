package dev.samebits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A feed-forward network, immutable. One row goes in and one comes out; named inputs and outputs are {@link Section}s of
 * these rows. Safe to share among threads.
 *
 * <p>Most networks are chains: {@code x = a⁽⁰⁾ → z⁽¹⁾ → a⁽¹⁾ → … → a⁽ᴸ⁾ = φ(x; W, b)}, equations 4.35 to 4.39, and what is
 * done with the last layer's activations ({@link Output}). Others have branches, several inputs or outputs, embeddings or
 * norms: {@link #graph()} builds them, and {@link #steps()} tells what they compute.
 *
 * @since 0.1.0
 */
public final class Network {
    private final Graph graph;
    private final boolean chain;
    private final List<Layer> layers;
    private final Output output;
    private final Names names;

    private Network(Graph graph, Names names) {
        this.graph = graph;
        this.chain = graph.isChain();
        this.layers = graph.layers();
        this.output = graph.output();
        this.names = Objects.requireNonNull(names, "names");
        names.check(this);
    }

    /**
     * A network of these layers, without names: a chain.
     *
     * @param layers from the inputs to the outputs
     * @param output what follows them
     * @return the network
     * @throws IllegalArgumentException if there is none, or one does not take what the one before gives
     */
    public static Network of(List<Layer> layers, Output output) {
        Objects.requireNonNull(output, "output");
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer");
        }
        for (int l = 1; l < layers.size(); l++) {
            if (layers.get(l).inputs() != layers.get(l - 1).outputs()) {
                throw new IllegalArgumentException("layer " + (l + 1) + " takes " + layers.get(l).inputs()
                        + " inputs, but layer " + l + " gives " + layers.get(l - 1).outputs() + " outputs");
            }
        }
        return of(Graph.chain(layers, output));
    }

    /**
     * This network with other parameters, as a session has learned them.
     *
     * @param operations for each step one of the same kind and shape
     * @return a network with the same structure and names
     * @throws IllegalArgumentException if there are not as many, or one does not take what its step takes and give what it
     *     gives
     */
    public Network withOperations(List<Operation> operations) {
        return new Network(graph.withOperations(operations), names);
    }

    static Network of(Graph graph) {
        return new Network(graph, Names.NONE);
    }

    /**
     * Starts a network of named inputs, steps and outputs.
     *
     * @return a builder without inputs
     */
    public static GraphBuilder graph() {
        return new GraphBuilder();
    }

    /**
     * Starts a network of randomly initialised layers.
     *
     * @param inputs width of an input row
     * @return a builder without layers
     * @throws IllegalArgumentException if there is no input
     */
    public static NetworkBuilder builder(int inputs) {
        return new NetworkBuilder(inputs);
    }

    /**
     * Whether it is layers one behind the other, and perhaps softmax. Then {@link #layers} and {@link #output} tell all
     * about it; of other networks {@link #steps} do.
     *
     * @return whether it is a chain
     */
    public boolean isChain() {
        return chain;
    }

    /** {@return the dense and maxout layers, from the inputs to the outputs, in the order of the steps; unmodifiable} */
    public List<Layer> layers() {
        return layers;
    }

    /** {@return what makes the output of a chain's last layer's activations, or the only output of another network} */
    public Output output() {
        return output;
    }

    /** {@return what is computed, in an order in which it can be; a chain's layers, and its softmax; unmodifiable} */
    public List<Step> steps() {
        return graph.steps();
    }

    /** {@return the named inputs, in the order of the row, which they fill; a chain has one; unmodifiable} */
    public List<Section> inputSections() {
        return graph.inputs();
    }

    /** {@return the named outputs, in the order of the row, which they fill; a chain has one; unmodifiable} */
    public List<Section> outputSections() {
        return graph.outputs();
    }

    /** {@return for each of the {@link #outputSections} the number of its value, as {@link Step} counts; unmodifiable} */
    public List<Integer> outputValues() {
        return graph.values();
    }

    /**
     * One of the named outputs: {@code network.outputSection("value").of(y)} is a view of its columns.
     *
     * @param name of the output
     * @return where it is in the row
     * @throws IllegalArgumentException if there is no such output; the message lists them
     */
    public Section outputSection(String name) {
        return graph.outputs().get(outputNumber(name));
    }

    int outputValue(String name) {
        return graph.values().get(outputNumber(name));
    }

    Graph structure() {
        return graph;
    }

    private int outputNumber(String name) {
        List<String> all = graph.outputs().stream().map(Section::name).toList();
        if (!all.contains(name)) {
            throw new IllegalArgumentException("there is no output " + name + ": take one of " + String.join(", ", all));
        }
        return all.indexOf(name);
    }

    /** {@return the columns of the input row that hold ids of embeddings, in their order; unmodifiable} */
    public List<IdColumn> idColumns() {
        return graph.idColumns();
    }

    /**
     * The network of some of the outputs, in the order in which they are named here, without the steps and inputs that they
     * do not need. What is left is computed as before, to the bit.
     *
     * @param outputs their names, at least one, all different
     * @return a network with the names of the columns that are left, of classes if they are several; a chain if it is one
     * @throws IllegalArgumentException if there is no such output, none is named, or one is twice
     */
    public Network select(String... outputs) {
        Set<Integer> chosen = new LinkedHashSet<>();
        for (String name : outputs) {
            chosen.add(outputNumber(name));
        }
        if (chosen.isEmpty() || chosen.size() < outputs.length) {
            throw new IllegalArgumentException("select: the outputs are " + Arrays.toString(outputs)
                    + ": name at least one, and none twice");
        }
        Graph selected = graph.select(List.copyOf(chosen));
        Set<String> inputs = selected.inputs().stream().map(Section::name).collect(Collectors.toSet());
        List<Section> keptInputs = graph.inputs().stream().filter(input -> inputs.contains(input.name())).toList();
        List<Section> keptOutputs = chosen.stream().map(graph.outputs()::get).toList();
        return new Network(selected, new Names(ofColumns(names.inputs(), keptInputs),
                ofColumns(names.outputs(), keptOutputs),
                outputs() > 1 && width(selected.outputs()) > 1 ? ofColumns(names.labels(), keptOutputs) : List.of()));
    }

    private static List<String> ofColumns(List<String> all, List<Section> kept) {
        return all.isEmpty() ? all : kept.stream()
                .flatMap(section -> all.subList(section.from(), section.from() + section.width()).stream())
                .toList();
    }

    /**
     * This network with softmax for its output, where that is log-softmax.
     *
     * @return a network that gives probabilities where this one gives their logarithms; else this one
     */
    public Network withProbabilities() {
        return output == Output.LOG_SOFTMAX ? new Network(graph.withProbabilities(), names) : this;
    }

    /**
     * This network with other names of its inputs and outputs, which change no result.
     *
     * @param inputs a name for each of the {@link #inputSections}, all different
     * @param outputs a name for each of the {@link #outputSections}, all different
     * @return a network with the same steps
     * @throws IllegalArgumentException if they are not as many, one is blank, or two of them are the same
     */
    public Network withSections(List<String> inputs, List<String> outputs) {
        return new Network(new Graph(renamed("inputs", graph.inputs(), inputs), graph.steps(),
                renamed("outputs", graph.outputs(), outputs), graph.values()), names);
    }

    private static List<Section> renamed(String what, List<Section> sections, List<String> called) {
        if (called.size() != sections.size() || Set.copyOf(called).size() < called.size()) {
            throw new IllegalArgumentException("withSections: " + called + " for " + sections.size() + " " + what
                    + ": give a name for each, all different");
        }
        return IntStream.range(0, called.size())
                .mapToObj(i -> new Section(called.get(i), sections.get(i).from(), sections.get(i).width()))
                .toList();
    }

    /** {@return what its inputs, outputs and classes are called; {@link Names#NONE} until told} */
    public Names names() {
        return names;
    }

    /**
     * This network with names, which change no result.
     *
     * @param called what its inputs, outputs and classes are called
     * @return a network with the same steps
     * @throws IllegalArgumentException if the names are not as many as its inputs and outputs, or two inputs have the same
     */
    public Network withNames(Names called) {
        return new Network(graph, called);
    }

    /**
     * This network with each weight rounded to the nearest bfloat16 number, of two that are as near the even one:
     * {@link Bfloat16#round}. Biases and PReLU slopes stay as they are. It is another network, which gives other outputs;
     * like every network it gives the same bits from every backend. ONNX files hold its weights in two bytes each. A weight
     * changes by at most a 256th of it, unless it is a denormal. Tables of embeddings, gains and scales stay as they are,
     * too.
     *
     * @return a network with the same names; {@link Layer#hasBfloat16Weights} holds for all its layers
     * @throws IllegalArgumentException if a finite weight is so large that its rounding is infinite, 3.396e38 or more; the
     *     message says where
     */
    public Network withBfloat16Weights() {
        List<Layer> rounded = new ArrayList<>();
        for (Layer layer : layers) {
            rounded.add(layer.withBfloat16Weights(rounded.size() + 1));
        }
        return new Network(graph.withLayers(rounded), names);
    }

    /**
     * This network with a first step that scales the row, as data are scaled before training: {@code f((x − c) · s)}. It
     * gives to the bit what this one gives for rows to which the same was done. It is no chain.
     *
     * @param scaling as many columns as a row has
     * @return a network with the same names
     * @throws IllegalArgumentException if the network has several inputs, or of another width, or ids of embeddings
     */
    public Network withScaledInputs(Operation.CenterScale scaling) {
        if (graph.inputs().size() != 1 || !idColumns().isEmpty()) {
            throw new IllegalArgumentException("withScaledInputs: the network " + this + " has "
                    + (graph.inputs().size() > 1 ? "several inputs" : "ids of embeddings")
                    + ": scale values of one with Value.centerScale");
        }
        return new Network(graph.withFirst(scaling), names);
    }

    /**
     * This network with a last step that scales what it gives, as targets were before they were scaled for training:
     * {@code fma(s, y, t)}. It is no chain.
     *
     * @param scaling as many columns as a row has
     * @return a network with the same names
     * @throws IllegalArgumentException if the network has several outputs, or of another width
     */
    public Network withScaledOutputs(Operation.ScaleShift scaling) {
        if (graph.outputs().size() != 1) {
            throw new IllegalArgumentException("withScaledOutputs: the network " + this
                    + " has several outputs: scale values of one with Value.scaleShift");
        }
        return new Network(graph.withLast(scaling), names);
    }

    /** {@return the width of an input row} */
    public int inputs() {
        return width(graph.inputs());
    }

    /** {@return the width of an output row} */
    public int outputs() {
        return width(graph.outputs());
    }

    private static int width(List<Section> sections) {
        Section last = sections.get(sections.size() - 1);
        return last.from() + last.width();
    }

    /** {@return the number of weights, biases and slopes of all layers, and of what other steps have} */
    public long parameters() {
        return graph.steps().stream().mapToLong(step -> step.operation().parameters()).sum();
    }

    /**
     * Floating-point operations of the affine parts of all layers for one row; see {@link LayerSpec#flops}.
     *
     * @return their number
     */
    public long flops() {
        return layers.stream().mapToLong(layer -> layer.spec().flops()).sum();
    }

    /**
     * {@code ‖W‖²_F = Σ_l Σ_i Σ_j (w_ij⁽ˡ⁾)²}, equation 4.44: summed in double, layer by layer and row by row, so the result
     * is the same everywhere.
     *
     * @return the norm's square
     */
    public double squaredFrobeniusNorm() {
        double sum = 0;
        for (Layer layer : layers) {
            StoredWeights weights = layer.weightsShared();
            for (int i = 0; i < weights.count(); i++) {
                double w = weights.at(i);
                sum += w * w;
            }
        }
        return sum;
    }

    /**
     * SHA-256 over all parameters, as 64 hex digits: for each layer the weights row by row, the biases, then the PReLU
     * slopes, each as its four bytes, little-endian, NaN in its canonical form. Of a network that is no chain its structure
     * is in it, too, as docs/arithmetic.md says. The same seed and data give the same fingerprint on every machine, backend
     * and number of threads.
     *
     * @return the digits, in lower case
     */
    public String fingerprint() {
        return chain ? Fingerprint.of(layers) : Fingerprint.of(graph);
    }

    /**
     * The network in full: its inputs on a line, then a line for each step, with its number, what it does with which values,
     * and the width of its own, then a line for each output.
     *
     * @return the lines, each with a line feed
     */
    public String describe() {
        return graph.inLines();
    }

    /**
     * One line: of a chain such as {@code 784 → 256 relu → 10 identity → softmax}; of other networks such as {@code numbers
     * 13 + item 1 → 9 steps, 4 of them layers → policy 5 + value 1}.
     */
    @Override
    public String toString() {
        if (!chain) {
            return graph.inOneLine();
        }
        String path = layers.stream()
                .map(Layer::toString)
                .map(text -> text.substring(text.indexOf('→')))
                .collect(Collectors.joining(" ", inputs() + " ", ""));
        return output == Output.IDENTITY ? path : path + " → " + output.label();
    }
}
