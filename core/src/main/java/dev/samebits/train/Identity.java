package dev.samebits.train;

import dev.samebits.Arithmetic;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.store.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What makes a training the one that it is, so that a checkpoint of another one is found out: all that changes its bits. */
final class Identity {
    private Identity() {}

    /** Facts by their names: digests of what is large, texts of what is small. */
    static Map<String, String> of(Sgd sgd, TrainingRequest request) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("arithmetic", String.valueOf(Arithmetic.number()));
        facts.put("network", digest(request.network().describe() + request.network().fingerprint()));
        facts.put("structure", structure(request.network()));
        facts.put("losses", request.objective().toString());
        facts.put("settings", settings(sgd));
        facts.put("measure", request.measure().name());
        facts.put("training rows", digest(request.training()));
        if (request.validation() != null) {
            facts.put("validation rows", digest(request.validation()));
        }
        return facts;
    }

    private static String structure(Network network) {
        return network.isChain() ? network.toString() : digest(network.describe());
    }

    // All of the record, whatever will be in it; but a schedule of the program's own has no text that lasts, and dropout
    // does not tell its seed.
    private static String settings(Sgd sgd) {
        String schedule = sgd.schedule().getClass().isRecord() ? sgd.schedule().toString() : "of the program's own";
        return sgd.withSchedule(Schedule.CONSTANT) + " schedule " + schedule
                + (sgd.dropout() == null ? "" : " dropout seed " + sgd.dropout().seed());
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String digest(Samples samples) {
        MessageDigest digest = Sha256.digest();
        Matrix x = Matrix.zeros(1, samples.inputs());
        Matrix targets = Matrix.zeros(1, samples.outputs());
        ByteBuffer bytes = ByteBuffer.allocate((x.columns() + targets.columns() + 1) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < samples.size(); n++) {
            samples.read(n, x, targets, 0);
            bytes.clear();
            bytes.asFloatBuffer().put(x.data()).put(targets.data()).put(samples.weight(n));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
