package dev.samebits.onnx.graph;

import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a file is true or false whatever its rows hold: the conditions by which an If is told its branch. */
final class Conditions {
    private static final int BOOL = 9;

    private final Map<String, Boolean> truths = new HashMap<>();

    /** {@return whether a value is true or false, or null if that is not known} */
    @Nullable Boolean get(String name) {
        return truths.get(name);
    }

    /** What was found out by other means. */
    void see(Map<String, Boolean> told) {
        truths.putAll(told);
    }

    /** An initializer. */
    void see(TensorProto tensor) {
        see(tensor, tensor.getName());
    }

    /** An operator, in the order of the graph. */
    void see(NodeProto node) {
        if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
            node.getAttributeList().stream().filter(AttributeProto::hasT)
                    .forEach(each -> see(each.getT(), node.getOutput(0)));
        }
    }

    // One truth, as a tensor without dimensions or of one element.
    private void see(TensorProto tensor, String name) {
        if (tensor.getDataType() == BOOL && tensor.getDimsList().stream().allMatch(dim -> dim == 1)) {
            if (tensor.getRawData().size() == 1) {
                truths.put(name, tensor.getRawData().byteAt(0) != 0);
            } else if (tensor.getInt32DataCount() == 1) {
                truths.put(name, tensor.getInt32Data(0) != 0);
            }
        }
    }
}
