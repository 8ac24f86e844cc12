package dev.samebits.onnx.table;

import dev.samebits.onnx.limits.Budget;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.table.Piece.Kind;
import dev.samebits.onnx.tensor.ElementType;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Follows raw columns through the operators of a graph, as far as these are known: what each value is made of. Not
 * thread-safe.
 */
final class FrontReader {
    // What a piece takes at most, with its place in a list.
    private static final int PIECE_BYTES = 64;

    /**
     * Rows of pieces.
     *
     * @param rank 2, or 3 as categories come out of their operator: {@code [N, 1, numbers]}
     */
    record Rows(List<Piece> pieces, int rank) {
        int width() {
            return pieces.stream().mapToInt(Piece::width).sum();
        }
    }

    private final Map<String, Rows> values = new HashMap<>();
    private final Map<String, TensorProto> constants = new HashMap<>();
    private final List<NodeProto> others = new ArrayList<>();
    private final Budget budget = new Budget("the columns in front of the network take", Limits.modelBytes() / 2);

    /**
     * Goes through a graph.
     *
     * @param inputs what is fed to each input: text or a number
     */
    FrontReader(GraphProto graph, Map<String, Piece> inputs) throws Refusal {
        inputs.forEach((name, piece) -> values.put(name, new Rows(List.of(piece), 2)));
        graph.getInitializerList().forEach(constant -> constants.put(constant.getName(), constant));
        for (NodeProto node : graph.getNodeList()) {
            Rows made = node.getOutputCount() == 1 ? rows(node) : null;
            if (made == null || values.putIfAbsent(node.getOutput(0), made) != null) {
                others.add(node);
            } else {
                budget.take((long) PIECE_BYTES * made.pieces().size());
            }
        }
    }

    /** What a value is made of, or null if it is none of pieces alone. */
    @Nullable Rows rows(String value) {
        return values.get(value);
    }

    /** The operators that are none of those in front, in their order. */
    List<NodeProto> others() {
        return others;
    }

    private @Nullable Rows rows(NodeProto node) {
        Rows first = node.getInputCount() == 0 ? null : values.get(node.getInput(0));
        if (first == null) {
            return null;
        }
        boolean ml = node.getDomain().equals(TableWriter.ML);
        if (!ml && !node.getDomain().isEmpty() && !node.getDomain().equals("ai.onnx")) {
            return null;
        }
        List<Piece> pieces = first.pieces();
        if (ml) {
            return first.rank() != 2 ? null : switch (node.getOpType()) {
                case "Imputer" -> of(FrontOperators.impute(node, pieces), 2);
                case "Scaler" -> of(FrontOperators.scale(node, pieces), 2);
                case "LabelEncoder" -> of(FrontOperators.encode(node, pieces), 2);
                case "OneHotEncoder" -> of(FrontOperators.oneHot(node, pieces), 3);
                case "ArrayFeatureExtractor" -> of(chosen(node, pieces), 2);
                default -> null;
            };
        }
        return switch (node.getOpType()) {
            case "Identity" -> first;
            case "Cast" -> cast(node, first);
            case "IsNaN" -> first.rank() == 2 ? of(FrontOperators.missing(node, pieces), 2) : null;
            case "Concat" -> joined(node);
            case "Flatten", "Reshape", "Squeeze" -> isFlat(node, first) ? new Rows(pieces, 2) : null;
            default -> null;
        };
    }

    private static @Nullable Rows of(@Nullable List<Piece> pieces, int rank) {
        return pieces == null ? null : new Rows(pieces, rank);
    }

    // To float; of text to text.
    private static @Nullable Rows cast(NodeProto node, Rows rows) {
        long to = new Attributes(node).whole("to", 0);
        if (to == ElementType.STRING.number && rows.pieces().stream().allMatch(piece -> piece.kind() == Kind.TEXT)) {
            return rows;
        }
        boolean numbers = rows.pieces().stream().noneMatch(piece -> piece.kind() == Kind.TEXT || piece.kind() == Kind.CODE);
        return to != ElementType.FLOAT.number || !numbers ? null : new Rows(rows.pieces().stream()
                .map(piece -> piece.kind() == Kind.MISSING ? piece.as(Kind.FLAG) : piece).toList(), rows.rank());
    }

    private @Nullable Rows joined(NodeProto node) {
        long axis = new Attributes(node).whole("axis", 0);
        List<Piece> all = new ArrayList<>();
        int rank = values.get(node.getInput(0)).rank();
        for (String input : node.getInputList()) {
            Rows rows = values.get(input);
            if (rows == null || rows.rank() != rank || axis != -1 && axis != rank - 1) {
                return null;
            }
            all.addAll(rows.pieces());
        }
        return new Rows(List.copyOf(all), rank);
    }

    // Whether it makes [N, 1, numbers] to [N, numbers], or leaves that as it is.
    private boolean isFlat(NodeProto node, Rows rows) {
        List<Long> numbers = node.getInputCount() < 2 ? null : wholes(node.getInput(1));
        return switch (node.getOpType()) {
            case "Flatten" -> new Attributes(node).whole("axis", 1) == 1;
            case "Reshape" -> numbers != null && numbers.size() == 2 && (numbers.get(0) == -1 || numbers.get(0) == 0)
                    && numbers.get(1) == rows.width();
            default -> rows.rank() == 3 && (node.getInputCount() == 1
                    ? List.of(1L).equals(new Attributes(node).wholes("axes")) : List.of(1L).equals(numbers));
        };
    }

    private @Nullable List<Piece> chosen(NodeProto node, List<Piece> pieces) {
        List<Long> numbers = node.getInputCount() == 2 ? wholes(node.getInput(1)) : null;
        boolean single = pieces.stream().allMatch(piece -> piece.width() == 1 && piece.kind() != Kind.HOT);
        return numbers == null || !single || numbers.stream().anyMatch(number -> number < 0 || number >= pieces.size())
                ? null : numbers.stream().map(number -> pieces.get(number.intValue())).toList();
    }

    // The whole numbers of a short constant, or null.
    private @Nullable List<Long> wholes(String name) {
        TensorProto tensor = constants.get(name);
        if (tensor == null || tensor.getDataType() != ElementType.INT64.number || tensor.getExternalDataCount() > 0) {
            return null;
        }
        if (!tensor.hasRawData()) {
            return tensor.getInt64DataList();
        }
        var raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        return IntStream.range(0, raw.remaining()).mapToObj(raw::get).toList();
    }
}
