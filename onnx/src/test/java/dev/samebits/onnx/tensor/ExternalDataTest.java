package dev.samebits.onnx.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.onnx.Networks;
import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxFormatException;
import dev.samebits.onnx.RoundTripTest;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.StringStringEntryProto;
import dev.samebits.onnx.proto.TensorProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights in files beside the model, and each way in which models have been used to read other files: by "..", a link, a
 * hard link, an absolute path (CVE-2022-25882, CVE-2024-27318, CVE-2026-27489, CVE-2026-34446), a length or a key
 * (CVE-2026-34445).
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ExternalDataTest {
    private static final Network NETWORK = Networks.with(Activation.TANH, 1);

    @TempDir
    private Path root;

    private Path folder;
    private ByteString weights;
    private ModelProto.Builder model;

    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectory(root.resolve("model"));
        model = ModelProto.parseFrom(Networks.write(NETWORK)).toBuilder();
        TensorProto.Builder tensor = model.getGraphBuilder().getInitializerBuilder(0);
        weights = tensor.getRawData();
        tensor.clearRawData().setDataLocation(1);
        Files.write(folder.resolve("w.data"), weights.toByteArray());
        Files.write(root.resolve("secret"), weights.toByteArray());
    }

    private void refer(String... keysAndValues) {
        TensorProto.Builder tensor = model.getGraphBuilder().getInitializerBuilder(0).clearExternalData();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tensor.addExternalData(StringStringEntryProto.newBuilder().setKey(keysAndValues[i])
                    .setValue(ByteString.copyFromUtf8(keysAndValues[i + 1])));
        }
    }

    private Network read() throws IOException {
        Path file = folder.resolve("net.onnx");
        Files.write(file, model.build().toByteArray());
        return Onnx.read(file);
    }

    private void refused(String says, String... keysAndValues) {
        refer(keysAndValues);
        assertThatThrownBy(this::read).isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining("initializer 'layer1.weights': ")
                .hasMessageContaining(says).hasMessageNotContaining("\n");
    }

    @Test
    void besideTheModelAndBelow() throws IOException {
        refer("location", "w.data");
        RoundTripTest.assertSame(read(), NETWORK);
        refer("location", "w.data", "offset", "0", "length", Integer.toString(weights.size()), "checksum", "any");
        RoundTripTest.assertSame(read(), NETWORK);
        Files.createDirectory(folder.resolve("sub"));
        Files.write(folder.resolve("sub/w"), ByteString.copyFromUtf8("1234567").concat(weights).toByteArray());
        refer("location", "sub/w", "offset", "7");
        RoundTripTest.assertSame(read(), NETWORK);
    }

    @Test
    void notOutsideTheFolder() {
        refused("no plain path inside", "location", "../secret");
        refused("no plain path inside", "location", "sub/../../secret");
        refused("no plain path inside", "location", "./w.data");
        refused("no plain path inside", "location", "..");
        refused("no plain path inside", "location", root.resolve("secret").toString());
        refused("no plain path inside", "location", "..\\secret");
        refused("no plain path inside", "location", "");
        refused("no plain path inside");
        refused("no path", "location", "w\0.data");
    }

    @Test
    void notThroughLinks() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), root.resolve("secret"));
        refused("reached through a link", "location", "link");
        Files.createSymbolicLink(folder.resolve("inside"), folder.resolve("w.data"));
        refused("reached through a link", "location", "inside");
        Files.createSymbolicLink(folder.resolve("up"), root);
        refused("reached through a link", "location", "up/secret");
        Files.createSymbolicLink(folder.resolve("broken"), root.resolve("nothing"));
        refused("cannot be reached", "location", "broken");
    }

    @Test
    void notThroughHardLinks() throws IOException {
        assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("unix"), "this system does not count links");
        Files.createLink(folder.resolve("hard"), root.resolve("secret"));
        refused("second name (a hard link)", "location", "hard");
    }

    @Test
    void notWhatIsNoFile() throws IOException, InterruptedException {
        Files.createDirectory(folder.resolve("directory"));
        refused("not a file", "location", "directory");
        refused("there is no such file in the model's folder", "location", "nothing");
        boolean made;
        try {
            made = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor() == 0;
        } catch (IOException e) {
            made = false;
        }
        assumeTrue(made, "no mkfifo here");
        refused("not a file", "location", "pipe");
    }

    @Test
    void onlyBytesThatAreThere() {
        refused("is negative, -1", "location", "w.data", "offset", "-1");
        refused("bytes 1 to 1 + 140, but it has 140", "location", "w.data", "offset", "1");
        refused("bytes 9223372036854775807", "location", "w.data", "offset", "9223372036854775807");
        refused("is no number", "location", "w.data", "offset", "9223372036854775808");
        refused("are said to be 139", "location", "w.data", "length", "139");
        refused("are said to be 99999999999", "location", "w.data", "length", "99999999999");
        refused("is no number", "location", "w.data", "length", "0x10");
        refused("unknown or stands twice, 'basepath'", "location", "w.data", "basepath", "/");
        refused("unknown or stands twice, 'location'", "location", "w.data", "location", "w.data");
    }

    @Test
    void notMoreThanMemoryHolds() throws IOException {
        // A sparse file costs its author nothing.
        try (var channel = Files.newByteChannel(folder.resolve("w.data"), StandardOpenOption.WRITE)) {
            channel.position(1L << 40);
            channel.write(ByteBuffer.allocate(1));
        }
        TensorProto.Builder tensor = model.getGraphBuilder().getInitializerBuilder(0).clearDims();
        tensor.addDims(Integer.MAX_VALUE - 8);
        refused("give Java more memory", "location", "w.data");
    }

    @Test
    void notForStreams() {
        refer("location", "w.data");
        assertThatThrownBy(() -> Onnx.read(new ByteArrayInputStream(model.build().toByteArray())))
                .isInstanceOf(OnnxFormatException.class).hasMessageContaining("a stream has no folder to look in");
        assertThatThrownBy(() -> Onnx.read(model.build().toByteArray()))
                .isInstanceOf(OnnxFormatException.class).hasMessageContaining("a stream has no folder to look in");
    }

    @Test
    void noDataTwice() {
        model.getGraphBuilder().getInitializerBuilder(0).setRawData(weights);
        refused("data twice", "location", "w.data");
        model.getGraphBuilder().getInitializerBuilder(0).clearRawData().setDataType(ElementType.STRING.number);
        refused("text cannot stand in an external file", "location", "w.data");
    }
}
