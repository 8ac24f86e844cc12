package dev.samebits.onnx.table;

import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.table.Piece.Kind;
import dev.samebits.table.TruthColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each operator in front of a network makes of one value; null where it is none that columns are made of. */
final class FrontOperators {
    private FrontOperators() {}

    static @Nullable List<Piece> impute(NodeProto node, List<Piece> pieces) {
        Attributes attributes = new Attributes(node);
        List<Float> fills = attributes.floats("imputed_value_floats");
        boolean ofNaN = attributes.has("replaced_value_float") && Float.isNaN(attributes.single("replaced_value_float", 0));
        if (attributes.hasBeyond("imputed_value_floats", "replaced_value_float") || !ofNaN
                || !pieces.stream().allMatch(Piece::isRaw) || !fits(fills, pieces)) {
            return null;
        }
        return IntStream.range(0, pieces.size()).mapToObj(i -> pieces.get(i).filledWith(at(fills, i))).toList();
    }

    static @Nullable List<Piece> scale(NodeProto node, List<Piece> pieces) {
        Attributes attributes = new Attributes(node);
        List<Float> offsets = attributes.floats("offset");
        List<Float> factors = attributes.floats("scale");
        if (attributes.hasBeyond("offset", "scale") || !fits(offsets, pieces) || !fits(factors, pieces)
                || !pieces.stream().allMatch(piece -> piece.kind() == Kind.NUMBER && piece.isUnscaled())) {
            return null;
        }
        return IntStream.range(0, pieces.size())
                .mapToObj(i -> pieces.get(i).scaled(at(offsets, i), at(factors, i))).toList();
    }

    // One for all or one for each, finite.
    private static boolean fits(List<Float> values, List<Piece> pieces) {
        return (values.size() == 1 || values.size() == pieces.size()) && values.stream().allMatch(Float::isFinite);
    }

    private static float at(List<Float> values, int index) {
        return values.get(values.size() == 1 ? 0 : index);
    }

    static @Nullable List<Piece> missing(NodeProto node, List<Piece> pieces) {
        return node.getAttributeCount() == 0 && pieces.stream().allMatch(Piece::isRaw)
                ? pieces.stream().map(piece -> piece.as(Kind.MISSING)).toList() : null;
    }

    /** Of texts to codes 0, 1, 2 …, or to true and false. */
    static @Nullable List<Piece> encode(NodeProto node, List<Piece> pieces) {
        Attributes attributes = new Attributes(node);
        List<String> keys = attributes.texts("keys_strings");
        if (pieces.size() != 1 || pieces.get(0).kind() != Kind.TEXT || keys == null || keys.isEmpty()
                || new HashSet<>(keys).size() < keys.size()) {
            return null;
        }
        Piece piece = pieces.get(0);
        if (!attributes.hasBeyond("keys_strings", "values_int64s", "default_int64")) {
            boolean inTurn = attributes.wholes("values_int64s").equals(LongStream.range(0, keys.size()).boxed().toList());
            long otherwise = attributes.whole("default_int64", -1);
            return inTurn && (otherwise == keys.size() || otherwise == -1)
                    ? List.of(piece.with(Kind.CODE, keys, otherwise >= 0)) : null;
        }
        return attributes.hasBeyond("keys_strings", "values_floats", "default_float") ? null
                : truth(piece, keys, attributes.floats("values_floats"), attributes.single("default_float", 0));
    }

    private static @Nullable List<Piece> truth(Piece piece, List<String> keys, List<Float> values, float otherwise) {
        List<String> missing = TruthColumn.missingWords();
        if (keys.equals(missing) && values.equals(Collections.nCopies(keys.size(), 1f)) && otherwise == 0) {
            return List.of(piece.as(Kind.TRUTH_FLAG));
        }
        List<String> words = Stream.concat(TruthColumn.trueWords().stream(), TruthColumn.falseWords().stream()).toList();
        List<Float> meant = new ArrayList<>(Collections.nCopies(TruthColumn.trueWords().size(), 1f));
        meant.addAll(Collections.nCopies(TruthColumn.falseWords().size(), 0f));
        boolean filled = keys.size() > words.size() && values.size() == keys.size();
        float fill = filled ? values.get(words.size()) : Float.NaN;
        if (filled) {
            words = Stream.concat(words.stream(), missing.stream()).toList();
            meant.addAll(Collections.nCopies(missing.size(), fill));
        }
        return keys.equals(words) && values.equals(meant) && Float.isNaN(otherwise) && !Float.isInfinite(fill)
                && Float.isNaN(fill) != filled ? List.of(piece.as(Kind.TRUTH).filledWith(fill)) : null;
    }

    /** Of texts, codes or whole numbers. */
    static @Nullable List<Piece> oneHot(NodeProto node, List<Piece> pieces) {
        Attributes attributes = new Attributes(node);
        List<String> texts = attributes.texts("cats_strings");
        List<Long> numbers = attributes.wholes("cats_int64s");
        if (pieces.size() != 1 || attributes.hasBeyond("cats_strings", "cats_int64s", "zeros") || texts == null
                || texts.isEmpty() == numbers.isEmpty()) {
            return null;
        }
        Piece piece = pieces.get(0);
        if (piece.kind() == Kind.TEXT && numbers.isEmpty()) {
            return List.of(piece.with(Kind.HOT, texts, false));
        }
        if (piece.isRaw() && texts.isEmpty()) {
            return List.of(piece.with(Kind.HOT, numbers.stream().map(String::valueOf).toList(), false));
        }
        long codes = piece.categories().size() + (piece.other() ? 1 : 0);
        return piece.kind() == Kind.CODE && numbers.equals(LongStream.range(0, codes).boxed().toList())
                ? List.of(piece.as(Kind.HOT)) : null;
    }
}
