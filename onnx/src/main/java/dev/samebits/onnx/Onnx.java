package dev.samebits.onnx;

import dev.samebits.Network;
import dev.samebits.onnx.file.AtomicFile;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.ModelProto;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Networks as ONNX files. What is written uses ONNX's standard operators, so that other runtimes can run it, and is read
 * back to the bit: every parameter of the network and of its activations, and its steps, where it has branches. Each named
 * input and output is one of the file; inputs that are ids alone are integers there.
 *
 * <p>Files may come from anywhere: whatever the bytes, reading gives a network or throws an {@link IOException}. It takes
 * memory in proportion to the file, and opens no other file but external data that a model read by its path keeps in its own
 * folder. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Onnx {
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
        return readModel(file).network();
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
        return readModel(file, options).network();
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
        return readModel(in).network();
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
        return readModel(in, options).network();
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
        return readModel(bytes, options).network();
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

    private static ModelProto proto(Network network) throws OnnxFormatException {
        try {
            return ModelWriter.model(network);
        } catch (Refusal e) {
            throw new OnnxFormatException(e);
        }
    }
}
