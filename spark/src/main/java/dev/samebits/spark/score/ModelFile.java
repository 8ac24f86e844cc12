package dev.samebits.spark.score;

import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.onnx.OnnxOptions;
import dev.samebits.table.Preparation;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** A model on the driver: the bytes of its file, the network that they hold, and the way to the executors. Thread-safe. */
public final class ModelFile implements Serializable {
    private static final long serialVersionUID = 1;

    private final String name;
    private final @Nullable String path;
    private final byte[] bytes;
    private final String sha256;
    private transient @Nullable OnnxModel model;
    private transient @Nullable ModelRef sent;
    private transient @Nullable SparkContext sentBy;

    private ModelFile(String name, @Nullable String path, byte[] bytes) {
        this.name = name;
        this.path = path;
        this.bytes = bytes;
        this.sha256 = sha256(bytes);
    }

    /**
     * Reads a file from any file system that Hadoop knows.
     *
     * @param path of an ONNX file
     * @param configuration of Hadoop
     * @return the model
     * @throws UncheckedIOException if it cannot be read, or is no model; the message names the file
     */
    public static ModelFile read(String path, Configuration configuration) {
        ModelFile file = new ModelFile(path, path, bytes(new Path(path), configuration));
        file.model();
        return file;
    }

    /**
     * Refuses any other file than one.
     *
     * @param expected the SHA-256 that it must have, or null for any
     * @throws IllegalArgumentException if it has another
     */
    public void check(@Nullable String expected) {
        if (expected != null && !expected.equalsIgnoreCase(sha256)) {
            throw new IllegalArgumentException("the SHA-256 of the model is " + sha256 + ", not " + expected + ": " + name
                    + ": bring back the file that was saved, or save the new one");
        }
    }

    private static byte[] bytes(Path path, Configuration configuration) {
        try {
            FileStatus status = status(path, configuration);
            long most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 4);
            if (status.isDirectory() || status.getLen() > most) {
                throw new IOException(status.isDirectory() ? "it is a folder: name the model's file, or load what was saved"
                        : "it has " + status.getLen() + " bytes, more than the " + most + " for which there is memory:"
                        + " give the driver more");
            }
            try (InputStream in = path.getFileSystem(configuration).open(path)) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * What a file system knows of a model.
     *
     * @param path of its file
     * @param configuration of Hadoop
     * @return its length, and when it was written
     * @throws UncheckedIOException if there is none; the message names it
     */
    public static FileStatus status(Path path, Configuration configuration) {
        try {
            return path.getFileSystem(configuration).getFileStatus(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static UncheckedIOException unreadable(Path path, IOException e) {
        return new UncheckedIOException("the model cannot be read: " + path + ": " + (e instanceof FileNotFoundException
                ? "there is no such file: put it there, or set modelPath to where the driver finds it" : e.getMessage()), e);
    }

    /**
     * A network that has no file yet.
     *
     * @param network made or trained here
     * @return its model
     * @throws UncheckedIOException if it is too large for an ONNX file
     */
    public static ModelFile of(Network network) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Onnx.write(network, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        ModelFile file = new ModelFile("the network " + network, null, out.toByteArray());
        file.model();
        return file;
    }

    /** {@return where it was read, or null} */
    public @Nullable String path() {
        return path;
    }

    /** {@return 64 hex digits: the SHA-256 of the file} */
    public String sha256() {
        return sha256;
    }

    /** {@return what the file computes} */
    public Network network() {
        return model().network();
    }

    /** {@return what makes the network's rows of the raw columns that the file takes, or null if it takes rows of floats} */
    public @Nullable Preparation preparation() {
        return model().preparation().orElse(null);
    }

    private synchronized OnnxModel model() {
        if (model == null) {
            model = parse(bytes, name);
        }
        return model;
    }

    static OnnxModel parse(byte[] bytes, String name) {
        try {
            return Onnx.readModel(bytes, OnnxOptions.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be read: " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes the file.
     *
     * @param out takes the bytes
     * @throws IOException if it throws it
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /**
     * The model as tasks carry it. It is sent once for all of them, however often it scores.
     *
     * @param context whose executors get it
     * @return what finds the bytes there
     */
    public synchronized ModelRef sent(SparkContext context) {
        if (sent == null || sentBy != context) {
            Sessions.endWith(context);
            sent = new ModelRef(name, sha256, JavaSparkContext.fromSparkContext(context).broadcast(bytes));
            sentBy = context;
        }
        return sent;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
