package dev.samebits.onnx;

import dev.samebits.Network;
import dev.samebits.onnx.file.AtomicFile;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.table.Preparation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Networks as ONNX files. What is written uses ONNX's standard operators, so that other runtimes can run it, and is read
 * back to the bit: every parameter of the network and of its activations, and its steps, where it has branches. Each named
 * input and output is one of the file; inputs that are ids alone are integers there.
 *
 * <p>Files may come from anywhere: whatever the bytes, reading gives a network or throws an {@link IOException}. It takes
 * memory in proportion to the file, and opens no other file but external data that a model read by its path keeps in its own
 * folder. Files that take the raw columns of tables are read by {@link #readModel(Path)} and its kin, which also give what
 * makes rows of the columns, and refused by what gives a network alone. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Onnx {
    /** Of the names of columns in a message. */
    private static final int SHOWN = 200;

    private Onnx() {}

    /**
     * Reads a network, with the names of its columns and classes, from a file.
     *
     * @param file a regular file of at most 2 GiB, or a quarter of the heap
     * @return what the file computes, row by row
     * @throws OnnxFormatException if the file is no ONNX model, or one that is not read; the message says where and why
     * @throws IOException if the file is missing, is no regular file, or cannot be read
     */
    public static Network read(Path file) throws IOException {
        return network(readModel(file), file);
    }

    /**
     * Reads a network, with the names of its columns and classes, from a file.
     *
     * @param file a regular file of at most 2 GiB, or a quarter of the heap
     * @param options which of its outputs is wanted
     * @return what the file computes for that output, row by row
     * @throws OnnxFormatException if the file is no ONNX model, or one that is not read; the message says where and why
     * @throws IOException if the file is missing, is no regular file, or cannot be read
     */
    public static Network read(Path file, OnnxOptions options) throws IOException {
        return network(readModel(file, options), file);
    }

    /**
     * Reads a network from a file, with what the file says beside it: who wrote it, and notes on how it was read.
     *
     * @param file a regular file of at most 2 GiB, or a quarter of the heap
     * @return the network, and what the file says beside it
     * @throws OnnxFormatException if the file is no ONNX model, or one that is not read; the message says where and why
     * @throws IOException if the file is missing, is no regular file, or cannot be read
     */
    public static OnnxModel readModel(Path file) throws IOException {
        return readModel(file, OnnxOptions.defaults());
    }

    /**
     * Reads a network from a file, with what the file says beside it: who wrote it, and notes on how it was read.
     *
     * @param file a regular file of at most 2 GiB, or a quarter of the heap
     * @param options which of its outputs is wanted
     * @return the network, and what the file says beside it
     * @throws OnnxFormatException if the file is no ONNX model, or one that is not read; the message says where and why
     * @throws IOException if the file is missing, is no regular file, or cannot be read
     */
    public static OnnxModel readModel(Path file, OnnxOptions options) throws IOException {
        Objects.requireNonNull(options, "options");
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException(file + ": this is a directory or a device, not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > Limits.modelBytes()) {
                throw new Refusal("file", Limits.tooLarge("it has", size));
            }
            byte[] bytes = new byte[(int) size];
            if (in.readNBytes(bytes, 0, bytes.length) < size || in.read() >= 0) {
                throw new Refusal("file", "its size changed while it was read: wait until it is written");
            }
            return ModelReader.read(bytes, file.toAbsolutePath().getParent(), options);
        } catch (Refusal e) {
            throw new OnnxFormatException(file, e);
        }
    }

    /**
     * Reads a network from all that is left of a stream. The stream is not closed.
     *
     * @param in what is left of it is one ONNX model
     * @return what the model computes, row by row
     * @throws OnnxFormatException if it holds no ONNX model, or one that is not read; the message says where and why
     * @throws IOException if the stream throws it
     */
    public static Network read(InputStream in) throws IOException {
        return network(readModel(in), null);
    }

    /**
     * Reads a network from all that is left of a stream. The stream is not closed.
     *
     * @param in what is left of it is one ONNX model
     * @param options which of its outputs is wanted
     * @return what the model computes for that output, row by row
     * @throws OnnxFormatException if it holds no ONNX model, or one that is not read; the message says where and why
     * @throws IOException if the stream throws it
     */
    public static Network read(InputStream in, OnnxOptions options) throws IOException {
        return network(readModel(in, options), null);
    }

    /**
     * Reads a network from all that is left of a stream, with what it says beside it. The stream is not closed.
     *
     * @param in what is left of it is one ONNX model
     * @return the network, and what the model says beside it
     * @throws OnnxFormatException if it holds no ONNX model, or one that is not read; the message says where and why
     * @throws IOException if the stream throws it
     */
    public static OnnxModel readModel(InputStream in) throws IOException {
        return readModel(in, OnnxOptions.defaults());
    }

    /**
     * Reads a network from all that is left of a stream, with what it says beside it. The stream is not closed.
     *
     * @param in what is left of it is one ONNX model
     * @param options which of its outputs is wanted
     * @return the network, and what the model says beside it
     * @throws OnnxFormatException if it holds no ONNX model, or one that is not read; the message says where and why
     * @throws IOException if the stream throws it
     */
    public static OnnxModel readModel(InputStream in, OnnxOptions options) throws IOException {
        Objects.requireNonNull(options, "options");
        return readModel(in.readNBytes((int) Limits.modelBytes() + 1), options);
    }

    /**
     * Reads a network from the bytes of a file.
     *
     * @param bytes the whole file, which may not be written to meanwhile; afterwards the network does not refer to them
     * @return what the file computes, row by row
     * @throws OnnxFormatException if they are no ONNX model, or one that is not read; the message says where and why
     */
    public static Network read(byte[] bytes) throws OnnxFormatException {
        return read(bytes, OnnxOptions.defaults());
    }

    /**
     * Reads a network from the bytes of a file.
     *
     * @param bytes the whole file, which may not be written to meanwhile; afterwards the network does not refer to them
     * @param options which of its outputs is wanted
     * @return what the file computes for that output, row by row
     * @throws OnnxFormatException if they are no ONNX model, or one that is not read; the message says where and why
     */
    public static Network read(byte[] bytes, OnnxOptions options) throws OnnxFormatException {
        return network(readModel(bytes, options), null);
    }

    /**
     * Reads a network from the bytes of a file, with what it says beside it.
     *
     * @param bytes the whole file, which may not be written to meanwhile; afterwards the network does not refer to them
     * @param options which of its outputs is wanted
     * @return the network, and what the model says beside it
     * @throws OnnxFormatException if they are no ONNX model, or one that is not read; the message says where and why
     */
    public static OnnxModel readModel(byte[] bytes, OnnxOptions options) throws OnnxFormatException {
        Objects.requireNonNull(options, "options");
        try {
            return ModelReader.read(bytes, null, options);
        } catch (Refusal e) {
            throw new OnnxFormatException(e);
        }
    }

    // Alone it would take what nobody has: rows that were prepared.
    private static Network network(OnnxModel model, @Nullable Path file) throws OnnxFormatException {
        if (model.preparation().isPresent()) {
            Refusal refusal = new Refusal("graph", "it takes raw columns, "
                    + Refusal.oneLine(String.join(", ", model.preparation().get().names()), SHOWN)
                    + ", and a network alone takes the rows that its preparation makes of them: read it with"
                    + " Onnx.readModel, and make rows with what OnnxModel.preparation gives");
            throw file == null ? new OnnxFormatException(refusal) : new OnnxFormatException(file, refusal);
        }
        return model.network();
    }

    /**
     * Writes a network to a file, whole or not at all: a file that was there is replaced at once when the new one is
     * complete and on the disk, and is untouched if anything fails. Links are followed, and stay. The same network with the
     * same names gives the same bytes.
     *
     * @param network what is written, its names too
     * @param file a path in a directory that exists
     * @throws OnnxFormatException if the network is too large for an ONNX file: 2 GiB, 10,000 operators, or names of 1,024
     *     bytes
     * @throws IOException if the directory is missing or may not be written to, or writing fails
     */
    public static void write(Network network, Path file) throws IOException {
        ModelProto model = proto(network);
        AtomicFile.write(file, model::writeTo);
    }

    /**
     * Writes a network to a stream, which is flushed and not closed.
     *
     * @param network what is written, its names too
     * @param out takes the bytes of the file
     * @throws OnnxFormatException if the network is too large for an ONNX file: 2 GiB, 10,000 operators, or names of 1,024
     *     bytes
     * @throws IOException if the stream throws it
     */
    public static void write(Network network, OutputStream out) throws IOException {
        proto(network).writeTo(out);
        out.flush();
    }

    /**
     * Writes a model of raw columns: a network, and in front of it the preparation of its rows, as operators with an input
     * for each column, text or a number, {@code [N, 1]}. Other runtimes score raw columns by it; {@link #readModel(Path)}
     * reads both back to the bit. A file appears as {@link #write(Network, Path)} says.
     *
     * @param preparation what makes the network's rows
     * @param network what is written, its names too
     * @param file a path in a directory that exists
     * @throws OnnxFormatException if the network takes other rows or several inputs, or is too large for an ONNX file:
     *     2 GiB, or 10,000 operators with those of the columns
     * @throws IOException if the directory is missing or may not be written to, or writing fails
     */
    public static void write(Preparation preparation, Network network, Path file) throws IOException {
        ModelProto model = proto(preparation, network);
        AtomicFile.write(file, model::writeTo);
    }

    /**
     * Writes a model of raw columns to a stream, which is flushed and not closed.
     *
     * @param preparation what makes the network's rows
     * @param network what is written, its names too
     * @param out takes the bytes of the file
     * @throws OnnxFormatException if the network takes other rows or several inputs, or is too large for an ONNX file:
     *     2 GiB, or 10,000 operators with those of the columns
     * @throws IOException if the stream throws it
     */
    public static void write(Preparation preparation, Network network, OutputStream out) throws IOException {
        proto(preparation, network).writeTo(out);
        out.flush();
    }

    /**
     * Writes a network to a stream, with rows whose outputs can be compared later. The stream is flushed and not closed.
     *
     * @param preparation what makes the network's rows of raw columns; none for a model that takes rows
     * @param network what is written, its names too
     * @param golden rows of the network with their outputs, which {@link OnnxModel#golden} gives back
     * @param out takes the bytes of the file
     * @throws IllegalArgumentException if the golden rows are not of the network's widths
     * @throws OnnxFormatException as {@link #write(Network, OutputStream)} and
     *     {@link #write(Preparation, Network, OutputStream)} say
     * @throws IOException if the stream throws it
     */
    public static void write(Optional<Preparation> preparation, Network network, GoldenRows golden, OutputStream out)
            throws IOException {
        int inputs = golden.inputs().columns();
        int outputs = golden.outputs().columns();
        if (inputs != network.inputs() || outputs != network.outputs()) {
            throw new IllegalArgumentException("the golden rows are of " + inputs + " inputs and " + outputs
                    + " outputs, and the network has " + network.inputs() + " and " + network.outputs());
        }
        ModelProto model = preparation.isPresent() ? proto(preparation.get(), network) : proto(network);
        GoldenMetadata.add(model, golden).writeTo(out);
        out.flush();
    }

    private static ModelProto proto(Preparation preparation, Network network) throws OnnxFormatException {
        try {
            return TableModels.model(preparation, network);
        } catch (Refusal e) {
            throw new OnnxFormatException(e);
        }
    }

    private static ModelProto proto(Network network) throws OnnxFormatException {
        try {
            return ModelWriter.model(network);
        } catch (Refusal e) {
            throw new OnnxFormatException(e);
        }
    }
}
