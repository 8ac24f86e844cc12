package dev.samebits.onnx.limits;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import dev.samebits.onnx.proto.ModelProto;
import java.io.IOException;
import java.util.List;

/**
 * Walks over the bytes of a file without building anything, before protobuf builds objects from them: it counts what those
 * would cost, and it knows the byte at which a file is broken, which protobuf does not say.
 */
public final class WireScan {
    private CodedInputStream in = CodedInputStream.newInstance(new byte[0]);
    private final int limit = Limits.fields();
    private int fields;
    /** What is left for lists of integers. */
    private int listBytes = Limits.listBytes();

    private WireScan() {}

    /**
     * Checks that the bytes are a protobuf message with the fields of a model, within the limits.
     *
     * @throws Refusal naming the byte and the field if they are not
     */
    public static void check(ByteString bytes) throws Refusal {
        check(List.of(bytes), ModelProto.getDescriptor(), "model");
    }

    /**
     * Checks messages of another type, which together keep the limits.
     *
     * @param path what they are
     * @throws Refusal naming the byte in its message, and the field, if one is none
     */
    public static void check(List<ByteString> messages, Descriptor type, String path) throws Refusal {
        WireScan scan = new WireScan();
        for (ByteString message : messages) {
            scan.in = message.newCodedInput();
            scan.message(type, path);
        }
    }

    // Recursion ends with the schema: no message of onnx.proto contains itself.
    private void message(Descriptor type, String path) throws Refusal {
        int at = in.getTotalBytesRead();
        String name = path;
        try {
            while (!in.isAtEnd()) {
                at = in.getTotalBytesRead();
                name = path;
                if (++fields > limit) {
                    throw refused(at, path, "the file has more than " + limit + " protobuf fields (fewer on a small heap)");
                }
                int tag = in.readTag();
                FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
                name = path + "." + (field == null ? WireFormat.getTagFieldNumber(tag) : field.getName());
                field(field, tag, at, name);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new Refusal(where(at, name),
                    "not a protobuf field, or one that is cut off: the file is damaged, incomplete or no ONNX file", e);
        } catch (IOException e) {
            throw new Refusal(where(at, name), "cannot be read: " + e.getMessage(), e);
        }
    }

    private void field(FieldDescriptor field, int tag, int at, String path) throws IOException, Refusal {
        int wire = WireFormat.getTagWireType(tag);
        if (wire == WireFormat.WIRETYPE_START_GROUP || wire == WireFormat.WIRETYPE_END_GROUP) {
            // ONNX has none, and protobuf would follow nested ones by recursion.
            throw refused(at, path, "a protobuf group, which no ONNX file has");
        }
        if (field == null) {
            in.skipField(tag);
            return;
        }
        boolean list = field.isPackable() && wire == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        if (!list && wire != field.getLiteType().getWireType()) {
            throw refused(at, path, "a field of protobuf wire type " + wire + " where type "
                    + field.getLiteType().getWireType() + " belongs");
        }
        if (list) {
            list(field, at, path);
            return;
        }
        switch (field.getJavaType()) {
            case MESSAGE -> {
                int outer = in.pushLimit(in.readRawVarint32());
                message(field.getMessageType(), path);
                in.popLimit(outer);
            }
            case STRING -> name(at, path);
            case BYTE_STRING -> in.skipRawBytes(in.readRawVarint32());
            default -> in.skipField(tag);
        }
    }

    private void list(FieldDescriptor field, int at, String path) throws IOException, Refusal {
        int length = in.readRawVarint32();
        int size = switch (field.getJavaType()) {
            case FLOAT -> Float.BYTES;
            case DOUBLE -> Double.BYTES;
            default -> 0;
        };
        if (size > 0) {
            if (length % size != 0) {
                throw refused(at, path, "a list of numbers of " + size + " bytes that has " + length + " bytes in all");
            }
        } else if (length > listBytes) {
            throw refused(at, path, "a list of integers of " + length + " bytes, and all lists together may have "
                    + Limits.listBytes());
        } else {
            listBytes -= Math.max(length, 0);
        }
        in.skipRawBytes(length);
    }

    private void name(int at, String path) throws IOException, Refusal {
        int length = in.readRawVarint32();
        if (length > Limits.NAME_BYTES) {
            throw new Refusal(where(at, path), "a name of " + length + " bytes, and names of at most "
                    + Limits.NAME_BYTES + " are read: export the model again with shorter names");
        }
        if (!UnsafeByteOperations.unsafeWrap(in.readRawBytes(length)).isValidUtf8()) {
            throw refused(at, path, "a name that is not UTF-8");
        }
    }

    private static Refusal refused(int at, String path, String what) {
        return new Refusal(where(at, path), what + ": the file is damaged or no ONNX file; export it again");
    }

    private static String where(int at, String path) {
        return "byte " + at + " (" + path + ")";
    }
}
