package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.SplitMix64;
import dev.samebits.onnx.file.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Set;
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
    void writesBehindALinkThatLeadsNowhereYet() throws IOException {
        Files.createDirectories(directory.resolve("sub"));
        Files.createSymbolicLink(directory.resolve("second.onnx"), Path.of("sub/../sub/net.onnx"));
        Path link = Files.createSymbolicLink(directory.resolve("first.onnx"), Path.of("second.onnx"));
        Onnx.write(FIRST, link);
        assertThat(link).isSymbolicLink();
        assertThat(directory.resolve("second.onnx")).isSymbolicLink();
        RoundTripTest.assertSame(Onnx.read(directory.resolve("sub/net.onnx")), FIRST);
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("circle.onnx"), Path.of("circle.onnx"));
        assertThatThrownBy(() -> Onnx.write(FIRST, link)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("lead around in a circle");
    }

    @Test
    void writersOfOneFileShareNoTemporaryFile() throws IOException {
        Path file = directory.resolve("text");
        try (AtomicFile first = AtomicFile.create(file);
                AtomicFile second = AtomicFile.create(file)) {
            assertThat(files()).hasSize(2).allMatch(name -> name.matches("\\.samebits-[0-9a-f]{16}\\.partial"));
            first.stream().write("first".getBytes(StandardCharsets.UTF_8));
            second.stream().write("second".getBytes(StandardCharsets.UTF_8));
            second.commit();
            assertThat(file).hasContent("second");
            first.commit();
            assertThat(file).hasContent("first");
        }
        assertThat(files()).containsExactly("text");
    }

    @Test
    void keepsTheRightsOfTheFileItReplaces() throws IOException {
        Path file = directory.resolve("net.onnx");
        Onnx.write(FIRST, file);
        Set<PosixFilePermission> usual = Files.getPosixFilePermissions(file);
        Path other = Files.writeString(directory.resolve("other"), "as the process makes files");
        assertThat(usual).isEqualTo(Files.getPosixFilePermissions(other));
        for (String rights : List.of("rw-------", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
            Onnx.write(SECOND, file);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(rights);
        }
    }

    @Test
    void aDeviceIsWrittenToAndNotReplaced() throws IOException {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device));
        Path link = Files.createSymbolicLink(directory.resolve("link.onnx"), device);
        Onnx.write(FIRST, link);
        assertThat(link).isSymbolicLink();
        assertThat(Files.isRegularFile(device)).isFalse();
        assertThat(files()).containsExactly("link.onnx");
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
