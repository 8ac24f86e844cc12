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
import dev.samebits.onnx.OnnxModel;
import dev.samebits.onnx.OnnxOutput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What predictors call: an array of rows in, an array for each output that the network gives out. Thread-safe. */
final class SamebitsBlock extends AbstractSymbolBlock implements AutoCloseable {
    private final InferenceSession session;
    private final Network network;
    private final String input;
    private final List<OnnxOutput> outputs;
    private final DataType[] types;

    /** @throws UnfitException if an output is of a type that there is no array for */
    SamebitsBlock(OnnxModel model, ModelOptions options) throws UnfitException {
        network = model.network();
        input = model.input();
        outputs = model.outputs().stream().filter(OnnxOutput::isGiven).toList();
        types = new DataType[outputs.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = outputs.get(i).isClass() ? ClassElements.type(outputs.get(i)) : DataType.FLOAT32;
        }
        session = options.backend().open(network, options.session());
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
        NDArray x = only(inputs);
        int rows = rows(x);
        NDManager manager = x.getManager();
        float[] y = new float[rows * network.outputs()];
        session.predict(floats(x), FloatBuffer.wrap(y));
        NDList all = new NDList(types.length);
        for (int i = 0; i < types.length; i++) {
            OnnxOutput output = outputs.get(i);
            NDArray array = output.isClass()
                    ? new PlainArray(manager, new Shape(rows), types[i],
                            ClassElements.of(output, types[i], Matrix.of(rows, network.outputs(), y)))
                    : new PlainArray(manager, Dims.shape(rows, network.outputs()), DataType.FLOAT32, FloatElements.of(y));
            array.setName(output.name());
            all.add(array);
        }
        return all;
    }

    private NDArray only(NDList inputs) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("predict: the model takes 1 NDArray, '" + input + "', but the NDList has "
                    + inputs.size() + ": put the rows into one, [rows × " + network.inputs() + "]");
        }
        NDArray x = inputs.get(0);
        if (x.getName() != null && !x.getName().equals(input)) {
            throw new IllegalArgumentException("predict: the NDArray is called '" + x.getName() + "', but the model's input"
                    + " is '" + input + "': give it this name, or none");
        }
        if (x.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException("predict: the NDArray is " + x.getDataType() + ", and rows are "
                    + DataType.FLOAT32 + ": convert it with toType(DataType.FLOAT32, false)");
        }
        return x;
    }

    // The first dimension counts the rows, and all others together are the columns.
    private int rows(NDArray x) {
        Shape shape = x.getShape();
        long columns = 1;
        for (int d = 1; d < shape.dimension(); d++) {
            columns *= shape.get(d);
        }
        if (shape.dimension() == 0 || columns != network.inputs()) {
            throw new IllegalArgumentException("predict: the NDArray has the shape " + shape
                    + ", but the network takes rows of " + network.inputs() + " numbers: give [rows × " + network.inputs()
                    + "], for one row by reshape(1, "
                    + network.inputs() + ")");
        }
        long rows = shape.get(0);
        if (rows * network.outputs() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("predict: " + rows + " rows give " + rows * network.outputs()
                    + " outputs, more than a Java array holds: split the rows");
        }
        return (int) rows;
    }

    private static FloatBuffer floats(NDArray x) {
        if (x instanceof PlainArray plain) {
            return ((FloatElements) plain.elements()).buffer();
        }
        return ((FloatElements) Lent.of(x)).buffer();
    }

    @Override
    public PairList<String, Shape> describeInput() {
        PairList<String, Shape> described = new PairList<>();
        described.add(input, new Shape(-1, network.inputs()));
        return described;
    }

    @Override
    public PairList<String, Shape> describeOutput() {
        PairList<String, Shape> described = new PairList<>();
        for (OnnxOutput output : outputs) {
            described.add(output.name(), shape(output, -1));
        }
        return described;
    }

    private Shape shape(OnnxOutput output, long rows) {
        return output.isClass() ? new Shape(rows) : new Shape(rows, network.outputs());
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return outputs.stream().map(output -> shape(output, inputs[0].get(0))).toArray(Shape[]::new);
    }

    @Override
    public Shape[] getInputShapes() {
        return new Shape[] {new Shape(-1, network.inputs())};
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
