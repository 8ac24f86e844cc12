package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.SplitMix64;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files: written whole or not at all, and errors that name them. */
class OnnxFileTest {
    private static final Network FIRST = Networks.with(Activation.RELU, 1);
    private static final Network SECOND = Networks.with(Activation.GELU, 2);

    @TempDir
    private Path directory;

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void replacesAFile() throws IOException {
        Path file = directory.resolve("net.onnx");
        Onnx.write(FIRST, file);
        RoundTripTest.assertSame(Onnx.read(file), FIRST);
        Onnx.write(SECOND, file);
        RoundTripTest.assertSame(Onnx.read(file), SECOND);
        assertThat(files()).containsExactly("net.onnx");
    }

    @Test
    void aRelativePathWithoutADirectory() throws IOException {
        Path file = Path.of("samebits-onnx-file-test.onnx");
        try {
            Onnx.write(FIRST, file);
            RoundTripTest.assertSame(Onnx.read(file), FIRST);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void writesBehindALink() throws IOException {
        Path file = directory.resolve("net.onnx");
        Onnx.write(FIRST, file);
        Path link = Files.createSymbolicLink(directory.resolve("link.onnx"), file);
        Onnx.write(SECOND, link);
        assertThat(link).isSymbolicLink();
        RoundTripTest.assertSame(Onnx.read(file), SECOND);
    }

    @Test
    void aFailureLeavesTheOldFile() throws IOException {
        Path file = directory.resolve("net.onnx");
        Onnx.write(FIRST, file);
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is full");
        RoundTripTest.assertSame(Onnx.read(file), FIRST);
        assertThat(files()).containsExactly("net.onnx");
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> Onnx.write(FIRST, directory.resolve("no").resolve("net.onnx")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("there is no such directory: create it first");
        assertThatThrownBy(() -> Onnx.write(FIRST, directory))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("this is a directory");
        assertThatThrownBy(() -> Onnx.read(directory.resolve("net.onnx")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> Onnx.read(directory))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("not a file");
    }

    @Test
    void namesTheFileThatIsRefused() throws IOException {
        Path file = directory.resolve("text.onnx");
        Files.writeString(file, "no model");
        assertThatThrownBy(() -> Onnx.read(file))
                .isInstanceOf(OnnxFormatException.class)
                .hasMessageStartingWith(file + ": byte 0 (model");
    }

    @Test
    void streamsStayOpen() throws IOException {
        boolean[] closed = new boolean[2];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Onnx.write(FIRST, new FilterOutputStream(bytes) {
            @Override
            public void close() {
                closed[0] = true;
            }
        });
        Onnx.read(new FilterInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
            @Override
            public void close() {
                closed[1] = true;
            }
        });
        assertThat(closed).containsExactly(false, false);
    }

    @Test
    void moreOperatorsThanAreReadBackAreNotWritten() {
        Layer layer = Networks.layer(new SplitMix64(1), 1, 1, Activation.GELU_TANH);
        Network network = Network.of(Collections.nCopies(1001, layer), Output.IDENTITY);
        Path file = directory.resolve("net.onnx");
        assertThatThrownBy(() -> Onnx.write(network, file))
                .isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining("10010 ONNX operators");
        assertThat(file).doesNotExist();
    }
}
