package dev.samebits.onnx.table;

import com.google.protobuf.ByteString;
import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of an operator, by name. What is damaged is as if it were not there: the operator is then not read. */
final class Attributes {
    static final int FLOAT = 1;
    static final int INT = 2;
    static final int FLOATS = 6;
    static final int INTS = 7;
    static final int STRINGS = 8;

    private final Map<String, AttributeProto> all = new HashMap<>();
    private boolean damaged;

    Attributes(NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            damaged |= all.put(attribute.getName(), attribute) != null;
        }
    }

    /** Whether it has others than these, or one of them twice. */
    boolean hasBeyond(String... known) {
        return damaged || !Set.of(known).containsAll(all.keySet());
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    float single(String name, float otherwise) {
        AttributeProto attribute = all.get(name);
        return attribute == null ? otherwise : attribute.getF();
    }

    long whole(String name, long otherwise) {
        AttributeProto attribute = all.get(name);
        return attribute == null ? otherwise : attribute.getI();
    }

    /** A list of floats, none if it is not there. */
    List<Float> floats(String name) {
        AttributeProto attribute = all.get(name);
        return attribute == null ? List.of() : attribute.getFloatsList();
    }

    /** A list of whole numbers, none if it is not there. */
    List<Long> wholes(String name) {
        AttributeProto attribute = all.get(name);
        return attribute == null ? List.of() : attribute.getIntsList();
    }

    /** A list of texts, none if it is not there, null if one is not UTF-8. */
    @Nullable List<String> texts(String name) {
        AttributeProto attribute = all.get(name);
        if (attribute == null) {
            return List.of();
        }
        return attribute.getStringsList().stream().allMatch(ByteString::isValidUtf8)
                ? attribute.getStringsList().stream().map(ByteString::toStringUtf8).toList() : null;
    }
}
