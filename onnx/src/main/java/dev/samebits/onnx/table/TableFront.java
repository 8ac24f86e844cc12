package dev.samebits.onnx.table;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.proto.TensorShapeProto;
import dev.samebits.onnx.proto.TypeProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import dev.samebits.onnx.table.FrontReader.Rows;
import dev.samebits.onnx.table.Piece.Kind;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.table.Preparation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model of raw columns, taken apart.
 *
 * @param preparation what its operators in front make of the columns
 * @param inputs the names of the columns' inputs in the file, in the order of the preparation
 * @param network the model of the rows that they make
 */
public record TableFront(Preparation preparation, List<String> inputs, ModelProto network) {
    private static final int SHOWN = 8;

    /**
     * Takes the columns off a model.
     *
     * @param names what the columns are called, in the order of the file's inputs; empty if they are called as those are
     * @return null if it takes no text, and has no operators for what is missing or for categories in front
     * @throws Refusal if it does, in a form that is not read
     */
    public static @Nullable TableFront of(ModelProto model, List<String> names, Notes notes) throws Refusal {
        GraphProto graph = model.getGraph();
        Set<String> constants = graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        Map<String, Piece> inputs = new LinkedHashMap<>();
        boolean text = false;
        for (ValueInfoProto input : graph.getInputList()) {
            if (!constants.contains(input.getName())) {
                Kind kind = kind(input);
                if (kind == null || inputs.put(input.getName(), Piece.of(inputs.size(), kind)) != null) {
                    return null;
                }
                text |= kind == Kind.TEXT;
            }
        }
        boolean prepared = graph.getNodeList().stream()
                .anyMatch(node -> node.getOpType().equals("Imputer") || node.getOpType().equals("OneHotEncoder"));
        if (!text && !prepared || inputs.isEmpty()) {
            return null;
        }
        FrontReader reader = new FrontReader(graph, inputs);
        String row = row(reader);
        List<String> called = List.copyOf(inputs.keySet());
        if (!names.isEmpty() && names.size() != called.size()) {
            throw new Refusal("metadata", "it names " + names.size() + " columns, and the model has " + called.size()
                    + " inputs: the file is damaged or was edited; take the original");
        }
        Rows rows = reader.rows(row);
        List<Piece> pieces = rows == null ? List.of() : rows.pieces();
        Preparation preparation = Columns.of(pieces, called, names.isEmpty() ? called : names);
        List<String> used = pieces.stream().map(Piece::input).distinct().map(called::get).toList();
        List<String> unused = called.stream().filter(name -> !used.contains(name)).limit(SHOWN).map(Refusal::quote).toList();
        if (!unused.isEmpty()) {
            notes.add("left out, since no output here needs it: input " + String.join(", input ", unused));
        }
        return new TableFront(preparation, used, model.toBuilder()
                .setGraph(rest(graph, reader, row, preparation.width(), constants)).build());
    }

    // What may be fed to a column of this kind, or null.
    private static @Nullable Kind kind(ValueInfoProto input) {
        TypeProto.TensorType type = input.getType().getTensorType();
        TensorShapeProto shape = type.getShape();
        if (shape.getDimCount() != 2 || shape.getDim(1).getDimValue() != 1) {
            return null;
        }
        return type.getElemType() == ElementType.STRING.number ? Kind.TEXT
                : ElementType.isNumber(type.getElemType()) ? Kind.NUMBER : null;
    }

    // The one value of columns that the operators of the network take.
    private static String row(FrontReader reader) throws Refusal {
        Set<String> taken = new LinkedHashSet<>();
        for (NodeProto node : reader.others()) {
            for (String input : node.getInputList()) {
                Rows rows = reader.rows(input);
                if (rows != null) {
                    taken.add(input);
                    checkNumbers(node, rows);
                }
            }
        }
        if (taken.size() != 1) {
            throw new Refusal("graph", taken.isEmpty() ? "nothing is computed of its columns: export it with the network"
                    : "its columns go into the network as " + taken.size() + " values, "
                    + taken.stream().limit(SHOWN).map(Refusal::quote).collect(Collectors.joining(", "))
                    + ": export the model with all of them side by side in front of the first layer");
        }
        return taken.iterator().next();
    }

    private static void checkNumbers(NodeProto node, Rows rows) throws Refusal {
        for (Piece piece : rows.pieces()) {
            if (piece.kind() == Kind.TEXT || piece.kind() == Kind.CODE || rows.rank() != 2) {
                throw new Refusal("node " + quote(node.getName()) + " (" + Refusal.clean(node.getOpType()) + ")",
                        "it takes text or codes of it, and what makes numbers of text is OneHotEncoder here, with"
                                + " LabelEncoder in front of it or without: export the model with those");
            }
        }
    }

    private static GraphProto rest(GraphProto graph, FrontReader reader, String row, int width, Set<String> constants) {
        Set<String> needed = new HashSet<>();
        reader.others().forEach(node -> needed.addAll(node.getInputList()));
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam("N");
        shape.addDimBuilder().setDimValue(width);
        List<ValueInfoProto> inputs = new ArrayList<>();
        inputs.add(ValueInfoProto.newBuilder().setName(row).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.TensorType.newBuilder().setElemType(ElementType.FLOAT.number).setShape(shape))).build());
        graph.getInputList().stream().filter(input -> constants.contains(input.getName())).forEach(inputs::add);
        Set<String> front = new HashSet<>();
        graph.getNodeList().forEach(node -> front.addAll(node.getInputList()));
        front.removeAll(needed);
        return graph.toBuilder().clearInput().addAllInput(inputs).clearNode().addAllNode(reader.others())
                .clearInitializer().addAllInitializer(graph.getInitializerList().stream()
                        .filter(constant -> !front.contains(constant.getName())).toList())
                .build();
    }
}
