package dev.samebits.onnx.tensor;

import com.google.protobuf.ByteString;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.TensorProto;
import java.nio.file.Path;

/** Checks tensors of a file before anything is made of them, and finds their bytes: in the file, or beside it. */
public final class TensorReader {
    private static final int EXTERNAL = 1;

    private final ExternalData external;
    private final Notes notes;

    /**
     * For the tensors of one model.
     *
     * @param folder where its external data may lie, or null
     * @param bytes what all of these may take together
     */
    public TensorReader(Path folder, long bytes, Notes notes) {
        this.external = new ExternalData(folder, bytes);
        this.notes = notes;
    }

    /**
     * Checks a tensor.
     *
     * @param name its own, or that of the value a Constant gives
     * @throws Refusal if its type is not read, or its data are not there, or not as many as its dimensions say
     */
    public Tensor read(String name, TensorProto proto) throws Refusal {
        if (proto.hasDataLocation() && proto.getDataLocation() != 0 && proto.getDataLocation() != EXTERNAL
                || proto.hasSegment()) {
            throw refused(name, "data in segments or at a location of an unknown kind are not read");
        }
        ElementType type = ElementType.of(proto.getDataType());
        if (type == null) {
            throw refused(name, "its type is " + ElementType.name(proto.getDataType())
                    + ", which no weight, shape or class of a dense network has: export the model in single precision");
        }
        long elements = elements(name, proto);
        boolean outside = proto.getDataLocation() == EXTERNAL || proto.getExternalDataCount() > 0;
        if (outside && (proto.hasRawData() || lists(proto) > 0)) {
            throw refused(name, "it has its data twice, in the file and beside it");
        }
        if (outside) {
            if (type.bytes == 0) {
                throw refused(name, "text cannot stand in an external file");
            }
            return Tensor.of(name, type, proto, external.read(name, proto.getExternalDataList(), elements * type.bytes),
                    notes);
        }
        check(name, proto, type, elements);
        return Tensor.of(name, type, proto, proto.hasRawData() ? proto.getRawData() : null, notes);
    }

    private static long elements(String name, TensorProto proto) throws Refusal {
        if (proto.getDimsCount() > Limits.RANK) {
            throw refused(name, "it has " + proto.getDimsCount() + " dimensions, more than " + Limits.RANK);
        }
        long elements = 1;
        for (long dim : proto.getDimsList()) {
            if (dim < 0) {
                throw refused(name, "its shape " + proto.getDimsList() + " has a negative dimension");
            }
            try {
                elements = Math.multiplyExact(elements, dim);
            } catch (ArithmeticException e) {
                throw new Refusal(Tensor.where(name),
                        "its shape " + proto.getDimsList() + " has more than 2⁶³ elements", e);
            }
        }
        if (elements > Limits.ELEMENTS) {
            throw refused(name, "its shape " + proto.getDimsList() + " has " + elements
                    + " elements, more than a Java array holds");
        }
        return elements;
    }

    private static long lists(TensorProto proto) {
        return (long) proto.getFloatDataCount() + proto.getDoubleDataCount() + proto.getInt32DataCount()
                + proto.getInt64DataCount() + proto.getStringDataCount();
    }

    private static void check(String name, TensorProto proto, ElementType type, long elements) throws Refusal {
        int listed = switch (type) {
            case FLOAT -> proto.getFloatDataCount();
            case DOUBLE -> proto.getDoubleDataCount();
            case INT64 -> proto.getInt64DataCount();
            case STRING -> proto.getStringDataCount();
            default -> proto.getInt32DataCount();
        };
        if (lists(proto) != listed) {
            throw refused(name, "it has data of two types");
        }
        if (proto.hasRawData() && (listed > 0 || type == ElementType.STRING)) {
            throw refused(name, type == ElementType.STRING
                    ? "text cannot stand in raw data" : "it has its data twice, raw and as a list");
        }
        if (!proto.hasRawData() && listed != elements) {
            throw refused(name, "its shape " + proto.getDimsList() + " needs " + elements + " elements, but " + listed
                    + " are there: the file is damaged or incomplete");
        }
        ByteString raw = proto.getRawData();
        if (proto.hasRawData() && raw.size() != elements * type.bytes) {
            throw refused(name, "its shape " + proto.getDimsList() + " needs " + elements * type.bytes + " bytes, but "
                    + raw.size() + " are there: the file is damaged or incomplete");
        }
    }

    private static Refusal refused(String name, String what) {
        return new Refusal(Tensor.where(name), what);
    }
}
