package dev.samebits.onnx;

import com.google.protobuf.ByteString;
import dev.samebits.Arithmetic;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.StringStringEntryProto;

/**
 * The number of the arithmetic in the metadata of a file. A file that names a newer one is refused even for scoring:
 * whoever wrote it has seen other scores than this library would give, and nothing else would say so.
 */
final class ArithmeticMetadata {
    static final String KEY = "samebits.arithmetic";

    private ArithmeticMetadata() {}

    static void add(ModelProto.Builder model) {
        model.addMetadataPropsBuilder().setKey(KEY).setValue(ByteString.copyFromUtf8(String.valueOf(Arithmetic.number())));
    }

    /**
     * Checks the number in a file. A file without one passes.
     *
     * @throws Refusal if it is none, or one that this library does not compute
     */
    static void check(ModelProto model) throws Refusal {
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            if (entry.getKey().equals(KEY)) {
                String text = entry.getValue().toStringUtf8();
                if (!text.matches("[1-9]\\d{0,8}")) {
                    throw new Refusal("metadata " + KEY, "it is no number of an arithmetic: the file is damaged or was"
                            + " edited; take the original, or remove this entry");
                }
                if (Integer.parseInt(text) > Arithmetic.number()) {
                    throw new Refusal("metadata " + KEY, "the model is of arithmetic " + text + ", and this release"
                            + " computes " + Arithmetic.number() + ", which gives other bits: take a release of Samebits"
                            + " that computes " + text + ", or remove this entry if other bits will do");
                }
            }
        }
    }
}
