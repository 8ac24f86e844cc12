package dev.samebits.onnx.graph;

import dev.samebits.onnx.proto.TensorShapeProto.Dimension;
import dev.samebits.onnx.proto.TypeProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file says of an input or output of its graph.
 *
 * @param type the number of its element type, read or not
 * @param dims each dimension, {@link Shape#UNKNOWN} where it has no number; null where the file gives no shape
 */
public record ValueInfo(String name, int type, List<Long> dims) {
    static ValueInfo of(ValueInfoProto proto) {
        TypeProto.TensorType tensor = proto.getType().getTensorType();
        List<Long> dims = new ArrayList<>();
        for (Dimension dim : tensor.getShape().getDimList()) {
            dims.add(dim.hasDimValue() ? Math.max(dim.getDimValue(), Shape.UNKNOWN) : Shape.UNKNOWN);
        }
        return new ValueInfo(proto.getName(), tensor.getElemType(), tensor.hasShape() ? List.copyOf(dims) : null);
    }
}
