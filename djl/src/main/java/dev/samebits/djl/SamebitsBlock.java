package dev.samebits.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Section;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.onnx.OnnxOutput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What predictors call: an array of rows in, or one for each named input, and an array for each output that the network
 * gives out. Thread-safe.
 */
final class SamebitsBlock extends AbstractSymbolBlock implements AutoCloseable {
    private final InferenceSession session;
    private final Network network;
    private final String input;
    private final List<OnnxOutput> outputs;
    // Which columns each of them is: one output has all.
    private final List<Section> sections;
    private final DataType[] types;

    /** @throws UnfitException if an output is of a type that there is no array for */
    SamebitsBlock(OnnxModel model, ModelOptions options) throws UnfitException {
        network = model.network();
        input = model.input();
        outputs = model.outputs().stream().filter(OnnxOutput::isGiven).toList();
        sections = sections(network, outputs);
        types = new DataType[outputs.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = outputs.get(i).isClass() ? ClassElements.type(outputs.get(i)) : DataType.FLOAT32;
        }
        session = options.backend().open(network, options.session());
    }

    private static List<Section> sections(Network network, List<OnnxOutput> outputs) {
        List<Section> named = network.outputSections();
        List<Section> sections = new ArrayList<>();
        for (OnnxOutput output : outputs) {
            // Those of the file that are no classes are the network's, in its order.
            sections.add(named.size() == 1 || output.isClass() ? new Section(output.name(), 0, network.outputs())
                    : named.get(sections.size()));
        }
        return sections;
    }

    InferenceSession session() {
        return session;
    }

    /** Which of the arrays has the network's values; −1 if the file gives the class alone. */
    int values() {
        for (int i = 0; i < types.length; i++) {
            if (!outputs.get(i).isClass()) {
                return i;
            }
        }
        return -1;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
        if (training) {
            throw Unsupported.training("forward in training");
        }
        InputRows x = InputRows.of(inputs, network, input);
        int rows = x.count();
        if ((long) rows * network.outputs() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("predict: " + rows + " rows give " + (long) rows * network.outputs()
                    + " outputs, more than a Java array holds: split the rows");
        }
        NDManager manager = inputs.get(0).getManager();
        float[] y = new float[rows * network.outputs()];
        session.predict(x.values(), FloatBuffer.wrap(y));
        Matrix made = Matrix.of(rows, network.outputs(), y);
        NDList all = new NDList(types.length);
        for (int i = 0; i < types.length; i++) {
            OnnxOutput output = outputs.get(i);
            NDArray array = output.isClass()
                    ? new PlainArray(manager, new Shape(rows), types[i], ClassElements.of(output, types[i], made))
                    : new PlainArray(manager, Dims.shape(rows, sections.get(i).width()), DataType.FLOAT32,
                            FloatElements.of(sections.get(i).width() == network.outputs() ? y
                                    : sections.get(i).of(made).copy().data()));
            array.setName(output.name());
            all.add(array);
        }
        return all;
    }

    @Override
    public PairList<String, Shape> describeInput() {
        PairList<String, Shape> described = new PairList<>();
        for (Section section : network.inputSections()) {
            described.add(network.inputSections().size() == 1 ? input : section.name(), new Shape(-1, section.width()));
        }
        return described;
    }

    @Override
    public PairList<String, Shape> describeOutput() {
        PairList<String, Shape> described = new PairList<>();
        for (int i = 0; i < types.length; i++) {
            described.add(outputs.get(i).name(), shape(i, -1));
        }
        return described;
    }

    private Shape shape(int i, long rows) {
        return outputs.get(i).isClass() ? new Shape(rows) : new Shape(rows, sections.get(i).width());
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return IntStream.range(0, types.length).mapToObj(i -> shape(i, inputs[0].get(0))).toArray(Shape[]::new);
    }

    @Override
    public Shape[] getInputShapes() {
        return network.inputSections().stream().map(section -> new Shape(-1, section.width())).toArray(Shape[]::new);
    }

    @Override
    public DataType[] getOutputDataTypes() {
        return types.clone();
    }

    @Override
    public boolean isInitialized() {
        return true;
    }

    /** One line, such as {@code Samebits: 4 → 16 tanh → 3 identity → softmax}. */
    @Override
    public String toString() {
        return SamebitsEngineProvider.ENGINE_NAME + ": " + network;
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public ParameterList getDirectParameters() {
        throw parameters("getDirectParameters");
    }

    @Override
    public ParameterList getParameters() {
        throw parameters("getParameters");
    }

    @Override
    public void initialize(NDManager manager, DataType type, Shape... inputs) {
        throw parameters("initialize");
    }

    @Override
    public void setInitializer(Initializer initializer, Predicate<Parameter> predicate) {
        throw parameters("setInitializer");
    }

    @Override
    public void clear() {
        throw parameters("clear");
    }

    @Override
    public void cast(DataType type) {
        throw parameters("cast");
    }

    @Override
    public void saveParameters(DataOutputStream out) {
        throw parameters("saveParameters");
    }

    @Override
    public void loadParameters(NDManager manager, DataInputStream in) {
        throw parameters("loadParameters");
    }

    @Override
    public void removeLastBlock() {
        throw parameters("removeLastBlock");
    }

    private static UnsupportedOperationException parameters(String name) {
        return Unsupported.toDjl(name, "the weights are read with dev.samebits.onnx.Onnx, and are no NDArrays");
    }
}
