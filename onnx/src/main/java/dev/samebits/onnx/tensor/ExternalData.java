package dev.samebits.onnx.tensor;

import static dev.samebits.onnx.limits.Refusal.quote;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.StringStringEntryProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tensors whose bytes stand in files beside the model. A model may come from anyone, so it can name only regular files
 * inside its own folder, reached through no link of any kind, and only bytes that are there. One use each; not thread-safe.
 */
final class ExternalData {
    private static final Set<String> KEYS = Set.of("location", "offset", "length", "checksum");

    /** Null where the model has no folder: a stream, or bytes. */
    private final Path folder;
    private long left;

    /**
     * For a model in this folder.
     *
     * @param folder null if it has none
     * @param bytes what all external tensors may take together
     */
    ExternalData(Path folder, long bytes) {
        this.folder = folder;
        this.left = bytes;
    }

    /**
     * Reads the bytes of a tensor.
     *
     * @param tensor its name, for messages
     * @param bytes what its type and shape need
     * @throws Refusal if the entries name no such bytes, or ones that may not be read
     */
    ByteString read(String tensor, List<StringStringEntryProto> entries, long bytes) throws Refusal {
        Map<String, String> values = new HashMap<>();
        for (StringStringEntryProto entry : entries) {
            if (!KEYS.contains(entry.getKey())
                    || values.put(entry.getKey(), entry.getValue().toString(StandardCharsets.UTF_8)) != null) {
                throw refused(tensor, "its external data have a key that is unknown or stands twice, "
                        + quote(entry.getKey()));
            }
        }
        String location = values.getOrDefault("location", "");
        if (folder == null) {
            throw refused(tensor, "its data are in the file " + quote(location)
                    + ", and a stream has no folder to look in: read the model by its path, or save it as one file");
        }
        long offset = number(tensor, values, "offset", 0);
        long length = number(tensor, values, "length", bytes);
        if (length != bytes) {
            throw refused(tensor, "its shape needs " + bytes + " bytes, but its external data are said to be " + length);
        }
        if (bytes > left) {
            throw refused(tensor, Limits.tooLarge("with its external data the model has more than", Limits.modelBytes()));
        }
        left -= bytes;
        return read(tensor, location, file(tensor, location), offset, (int) bytes);
    }

    private static long number(String tensor, Map<String, String> values, String key, long otherwise)
            throws Refusal {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Refusal(Tensor.where(tensor),
                    "the " + key + " of its external data is no number, " + quote(text), e);
        }
        throw refused(tensor, "the " + key + " of its external data is negative, " + text);
    }

    /** The file of this name, which every check has passed. */
    private Path file(String tensor, String location) throws Refusal {
        String where = "its external data are in " + quote(location) + ", ";
        try {
            Path relative = Path.of(location);
            // A backslash is a separator on some systems and part of a name on others.
            if (location.isEmpty() || relative.isAbsolute() || location.startsWith("/") || location.contains("\\")
                    || !relative.equals(relative.normalize()) || relative.startsWith("..")) {
                throw refused(tensor, where + "which is no plain path inside the model's folder: move the file there");
            }
            Path inside = folder.toRealPath();
            Path file = inside.resolve(relative);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(tensor, where + "and there is no such file in the model's folder: put it beside the model");
            }
            if (!file.toRealPath().equals(file)) {
                throw refused(tensor,
                        where + "which is reached through a link: copy the file itself into the model's folder");
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(tensor, where + "which is a directory or a device, not a file");
            }
            // Another name of the same bytes may be a file elsewhere that the model's author could not read.
            if (file.getFileSystem().supportedFileAttributeViews().contains("unix")
                    && (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1) {
                throw refused(tensor, where + "which has a second name (a hard link): copy the file instead of linking it");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new Refusal(Tensor.where(tensor), where + "which is no path: " + e.getReason(), e);
        } catch (IOException e) {
            throw new Refusal(Tensor.where(tensor), where + "which cannot be reached: " + e.getMessage(), e);
        }
    }

    private static ByteString read(String tensor, String location, Path file, long offset, int length)
            throws Refusal {
        String where = "its external data are in " + quote(location) + ", ";
        // Without following a link that took the file's place since the checks.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            if (offset > size || length > size - offset) {
                throw refused(tensor, where + "bytes " + offset + " to " + offset + " + " + length + ", but it has " + size
                        + ": the file is incomplete or belongs to another model");
            }
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw refused(tensor, where + "which became shorter while it was read: wait until it is written");
                }
            }
            return UnsafeByteOperations.unsafeWrap(bytes.flip());
        } catch (IOException e) {
            throw new Refusal(Tensor.where(tensor), where + "which cannot be read: " + e.getMessage(), e);
        }
    }

    private static Refusal refused(String tensor, String what) {
        return new Refusal(Tensor.where(tensor), what);
    }
}
