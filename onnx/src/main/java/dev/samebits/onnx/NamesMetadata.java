package dev.samebits.onnx;

import com.google.protobuf.ByteString;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.StringStringEntryProto;
import java.util.List;

/** Lists of texts in the metadata of a file, JSON arrays of strings: {@link Names} are three of them. */
final class NamesMetadata {
    private static final String INPUTS = "samebits.inputs";
    private static final String OUTPUTS = "samebits.outputs";
    private static final String LABELS = "samebits.labels";

    private NamesMetadata() {}

    static void add(ModelProto.Builder model, Names names) {
        add(model, INPUTS, names.inputs());
        add(model, OUTPUTS, names.outputs());
        add(model, LABELS, names.labels());
    }

    /** Adds an entry, if there are texts for it. */
    static void add(ModelProto.Builder model, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            model.addMetadataPropsBuilder().setKey(key).setValue(ByteString.copyFromUtf8(TextList.write(texts)));
        }
    }

    /**
     * A network with the names in its file, whoever wrote it.
     *
     * @param labels the classes that the file's operators name, for one that has no other names of them
     * @throws Refusal if they are not as many as the network has inputs and outputs, or not to be read
     */
    static Network named(ModelProto model, Network network, List<String> labels) throws Refusal {
        Names names = new Names(list(model, INPUTS), list(model, OUTPUTS), list(model, LABELS));
        try {
            return network.withNames(names.labels().isEmpty() ? names.withLabels(labels) : names);
        } catch (IllegalArgumentException e) {
            throw new Refusal("metadata", e.getMessage() + ": the file is damaged or was edited; take the"
                    + " original, or mend its samebits entries");
        }
    }

    /**
     * The texts of an entry, none if it is not there.
     *
     * @throws Refusal if it is no list of texts
     */
    static List<String> list(ModelProto model, String key) throws Refusal {
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            if (entry.getKey().equals(key)) {
                List<String> texts = entry.getValue().isValidUtf8() ? TextList.read(entry.getValue().toStringUtf8()) : null;
                if (texts == null) {
                    throw new Refusal("metadata " + key, "it is no JSON array of strings: the file is damaged or"
                            + " was edited; take the original, or remove this entry");
                }
                return texts;
            }
        }
        return List.of();
    }
}
