package dev.samebits.onnx;

import com.google.protobuf.ByteString;
import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.StringStringEntryProto;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Two digests in the metadata of every file Samebits writes, by which it knows that it reads what it wrote: the network's
 * fingerprint, which covers the parameters, and one of the structure, which covers everything else. The fingerprint of a
 * network with branches covers both.
 */
final class Seal {
    static final String PRODUCER = "samebits";
    static final String FINGERPRINT = "samebits.fingerprint";
    static final String STRUCTURE = "samebits.structure";

    private Seal() {}

    static void add(ModelProto.Builder model, Network network) {
        model.addMetadataProps(entry(FINGERPRINT, network.fingerprint()));
        if (network.isChain()) {
            model.addMetadataProps(entry(STRUCTURE, structure(network)));
        }
    }

    /**
     * Compares what a file of Samebits says about its network with the network. A file without the digests passes.
     *
     * @throws Refusal if they differ
     */
    static void check(ModelProto model, Network network) throws Refusal {
        if (!model.getProducerName().equals(PRODUCER)) {
            return;
        }
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            String found = switch (entry.getKey()) {
                case FINGERPRINT -> network.fingerprint();
                case STRUCTURE -> structure(network);
                default -> null;
            };
            if (found != null && !entry.getValue().equals(ByteString.copyFromUtf8(found))) {
                throw new Refusal("metadata " + entry.getKey(), "the network in the file has another one, "
                        + found + ": the file is damaged or was edited; take the original, or remove this entry if the edit"
                        + " was meant");
            }
        }
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(ByteString.copyFromUtf8(value)).build();
    }

    /** Floats stand by their bits, for the text of a float differs between Java versions. */
    static String structure(Network network) {
        StringBuilder text = new StringBuilder();
        for (Layer layer : network.layers()) {
            Activation activation = layer.activation();
            text.append(layer.inputs()).append(' ').append(layer.outputs()).append(' ').append(layer.pieces()).append(' ')
                    .append(activation.kind().label()).append(' ')
                    .append(Integer.toHexString(Float.floatToIntBits(activation.first()))).append(' ')
                    .append(Integer.toHexString(Float.floatToIntBits(activation.second()))).append('\n');
        }
        text.append(network.output().label());
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
