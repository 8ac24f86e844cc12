package dev.samebits.onnx.table;

import com.google.protobuf.ByteString;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorShapeProto;
import dev.samebits.onnx.proto.TypeProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.table.CategoryColumn;
import dev.samebits.table.NumberColumn;
import dev.samebits.table.Preparation;
import dev.samebits.table.TableColumn;
import dev.samebits.table.TruthColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Puts the operators of a preparation in front of a model, with an input {@code [N, 1]} for each raw column. */
public final class TableWriter {
    /** The domain of the operators for text and for what is missing, and the first version that has all of them. */
    static final String ML = "ai.onnx.ml";
    private static final int ML_VERSION = 2;

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> taken = new HashSet<>();
    private String prefix = "";
    private NodeProto.Builder last;

    private TableWriter() {}

    /**
     * The model that takes raw columns. Its inputs are called as the columns are, with {@code _} behind where a value of the
     * network has that name.
     *
     * @param model of one input, as wide as the rows that the preparation makes
     * @throws Refusal if it has other inputs, or there are more columns than are read back, or a name is too long
     */
    public static ModelProto join(Preparation preparation, ModelProto model) throws Refusal {
        return new TableWriter().joined(preparation, model);
    }

    private ModelProto joined(Preparation preparation, ModelProto model) throws Refusal {
        GraphProto network = model.getGraph();
        List<Long> shape = network.getInputCount() == 1 ? network.getInput(0).getType().getTensorType().getShape()
                .getDimList().stream().map(TensorShapeProto.Dimension::getDimValue).toList() : List.of();
        if (shape.size() != 2 || shape.get(1) != preparation.width()) {
            throw new Refusal("Onnx.write", "the preparation makes rows of " + preparation.width()
                    + " numbers, and the network takes " + (shape.size() == 2 ? "one of " + shape.get(1) : "several inputs")
                    + ": write the network that was trained on its rows");
        }
        String row = network.getInput(0).getName();
        network.getNodeList().forEach(node -> taken.addAll(node.getOutputList()));
        network.getInitializerList().forEach(constant -> taken.add(constant.getName()));
        network.getOutputList().forEach(output -> taken.add(output.getName()));
        taken.add(row);
        graph.setName(network.getName());
        List<String> parts = new ArrayList<>();
        List<String> inputs = inputs(preparation);
        for (int c = 0; c < inputs.size(); c++) {
            TableColumn column = preparation.columns().get(c);
            prefix = "column" + (c + 1) + ".";
            if (column instanceof NumberColumn number) {
                number(number, inputs.get(c), parts);
            } else if (column instanceof TruthColumn truth) {
                truth(truth, inputs.get(c), parts);
            } else {
                parts.add(category((CategoryColumn) column, inputs.get(c)));
            }
        }
        prefix = "row.";
        operator("", "Concat", parts.toArray(String[]::new));
        with("axis", 1).setOutput(0, row);
        if (graph.getNodeCount() + network.getNodeCount() > Limits.NODES) {
            throw new Refusal("preparation", "its " + inputs.size() + " columns take " + graph.getNodeCount()
                    + " ONNX operators, more than are read back: use fewer columns");
        }
        graph.addAllNode(network.getNodeList()).addAllInitializer(network.getInitializerList())
                .addAllOutput(network.getOutputList());
        ModelProto.Builder joined = model.toBuilder().setGraph(graph);
        joined.addOpsetImportBuilder().setDomain(ML).setVersion(ML_VERSION);
        return joined.build();
    }

    // One for each column, in their order.
    private List<String> inputs(Preparation preparation) throws Refusal {
        List<String> names = new ArrayList<>();
        for (TableColumn column : preparation.columns()) {
            String name = unique(column.name());
            if (ByteString.copyFromUtf8(name).size() > Limits.NAME_BYTES) {
                throw new Refusal("preparation", "the name of the column " + Refusal.quote(name) + " has more than "
                        + Limits.NAME_BYTES + " bytes: give it a shorter one");
            }
            names.add(name);
            TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
            shape.addDimBuilder().setDimParam("N");
            shape.addDimBuilder().setDimValue(1);
            int type = column.isText() ? ElementType.STRING.number : ElementType.FLOAT.number;
            graph.addInput(ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder()
                    .setTensorType(TypeProto.TensorType.newBuilder().setElemType(type).setShape(shape))));
        }
        return names;
    }

    private String unique(String name) {
        String free = name;
        while (!taken.add(free)) {
            free += "_";
        }
        return free;
    }

    private void number(NumberColumn column, String input, List<String> parts) {
        String value = input;
        if (!Float.isNaN(column.fill())) {
            value = operator(ML, "Imputer", value);
            with("imputed_value_floats", new float[] {column.fill()});
            with("replaced_value_float", Float.NaN);
        }
        if (column.offset() != 0 || column.factor() != 1) {
            value = operator(ML, "Scaler", value);
            with("offset", new float[] {column.offset()});
            with("scale", new float[] {column.factor()});
        }
        parts.add(value);
        if (column.flagged()) {
            String flag = operator("", "Cast", operator("", "IsNaN", input));
            with("to", ElementType.FLOAT.number);
            parts.add(flag);
        }
    }

    private void truth(TruthColumn column, String input, List<String> parts) {
        List<String> words = new ArrayList<>(TruthColumn.trueWords());
        words.addAll(TruthColumn.falseWords());
        if (!Float.isNaN(column.fill())) {
            words.addAll(TruthColumn.missingWords());
        }
        float[] values = new float[words.size()];
        for (int i = 0; i < values.length; i++) {
            int missing = i - TruthColumn.trueWords().size() - TruthColumn.falseWords().size();
            values[i] = i < TruthColumn.trueWords().size() ? 1 : missing < 0 ? 0 : column.fill();
        }
        parts.add(encoder(input, words, values, Float.NaN));
        if (column.flagged()) {
            float[] ones = new float[TruthColumn.missingWords().size()];
            Arrays.fill(ones, 1);
            parts.add(encoder(input, TruthColumn.missingWords(), ones, 0));
        }
    }

    private String encoder(String input, List<String> words, float[] values, float otherwise) {
        String value = operator(ML, "LabelEncoder", input);
        with("keys_strings", words);
        with("values_floats", values);
        with("default_float", otherwise);
        return value;
    }

    private String category(CategoryColumn column, String input) {
        String value = input;
        if (column.hasOther()) {
            value = operator(ML, "LabelEncoder", input);
            with("keys_strings", column.categories());
            with("values_int64s", LongStream.range(0, column.categories().size()).toArray());
            with("default_int64", column.categories().size());
        }
        value = operator(ML, "OneHotEncoder", value);
        if (column.hasOther()) {
            with("cats_int64s", LongStream.rangeClosed(0, column.categories().size()).toArray());
        } else {
            with("cats_strings", column.categories());
        }
        with("zeros", 1);
        value = operator("", "Flatten", value);
        with("axis", 1);
        return value;
    }

    private String operator(String domain, String type, String... inputs) {
        String name = unique(prefix + type);
        last = graph.addNodeBuilder().setDomain(domain).setOpType(type).setName(name)
                .addAllInput(List.of(inputs)).addOutput(unique(name + ".output"));
        return last.getOutput(0);
    }

    private AttributeProto.Builder attribute(String name, int type) {
        return last.addAttributeBuilder().setName(name).setType(type);
    }

    private void with(String name, float value) {
        attribute(name, Attributes.FLOAT).setF(value);
    }

    private NodeProto.Builder with(String name, long value) {
        attribute(name, Attributes.INT).setI(value);
        return last;
    }

    private void with(String name, float[] values) {
        AttributeProto.Builder attribute = attribute(name, Attributes.FLOATS);
        for (float value : values) {
            attribute.addFloats(value);
        }
    }

    private void with(String name, long[] values) {
        attribute(name, Attributes.INTS).addAllInts(LongStream.of(values).boxed().toList());
    }

    private void with(String name, List<String> values) {
        attribute(name, Attributes.STRINGS).addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList());
    }
}
