package dev.samebits.onnx.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.limits.WireScan;
import dev.samebits.onnx.proto.FunctionProto;
import dev.samebits.onnx.proto.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file's own functions, by what calls them. */
final class FunctionTable {
    private final Map<String, FunctionProto> functions = new HashMap<>();

    private FunctionTable() {}

    /** {@return the function that a node calls, or null} */
    @Nullable FunctionProto get(NodeProto node) {
        return functions.get(key(node.getDomain(), node.getOpType(), node.getOverload()));
    }

    static FunctionTable of(List<ByteString> all) throws Refusal {
        FunctionTable table = new FunctionTable();
        WireScan.check(all, FunctionProto.getDescriptor(), "function");
        for (ByteString bytes : all) {
            FunctionProto function = parse(bytes);
            String key = key(function.getDomain(), function.getName(), function.getOverload());
            if (table.functions.put(key, function) != null) {
                throw new Refusal("function " + Refusal.quote(function.getName()),
                        "it stands twice: the file is damaged; export the model again");
            }
        }
        return table;
    }

    private static FunctionProto parse(ByteString bytes) throws Refusal {
        try {
            return FunctionProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new Refusal("function", "not a protobuf message: " + e.getMessage(), e);
        }
    }

    private static String key(String domain, String name, String overload) {
        return (domain.equals("ai.onnx") ? "" : domain) + '\n' + name + '\n' + overload;
    }
}
