package dev.samebits.spark.score;

import dev.samebits.onnx.OnnxModel;
import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;

/**
 * A model as tasks carry it: what it is called, and where an executor gets its bytes.
 *
 * @param name for messages
 * @param sha256 of the bytes
 * @param bytes of the file
 */
public record ModelRef(String name, String sha256, Broadcast<byte[]> bytes) implements Serializable {
    /** Some digits of the SHA-256, to tell models apart by. */
    public String tag() {
        return sha256.substring(0, 8);
    }

    /** The same model, however it was sent. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ModelRef o && sha256.equals(o.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    /** Reads the model, on an executor. */
    OnnxModel read() {
        byte[] file = received();
        String found = ModelFile.sha256(file);
        if (!found.equals(sha256)) {
            throw new IllegalStateException("the model reached " + here() + " with the SHA-256 " + found + " instead of "
                    + sha256 + ": " + name + ": look for what alters files there");
        }
        try {
            return ModelFile.parse(file, name);
        } catch (RuntimeException e) {
            throw new IllegalStateException(e.getMessage() + " (on " + here() + ")", e);
        }
    }

    private byte[] received() {
        try {
            return bytes.value();
        } catch (Exception e) { // of any kind: Scala declares none
            throw new IllegalStateException("the model did not reach " + here() + ": " + name + ": run the job again, with a"
                    + " driver that goes on until it has ended", e);
        }
    }

    private static String here() {
        SparkEnv env = SparkEnv.get();
        return "executor " + (env == null ? "?" : env.executorId());
    }
}
