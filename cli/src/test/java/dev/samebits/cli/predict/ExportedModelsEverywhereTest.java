package dev.samebits.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Backend;
import dev.samebits.BackendUnavailableException;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with branches that PyTorch wrote: the same bits from every backend, and of each row alone. */
class ExportedModelsEverywhereTest {
    private static final Path FOLDER = Path.of("..", "onnx", "src", "test", "resources", "models");

    static List<String> graphs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("torch-graph-") && name.endsWith(".onnx")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void givesTheSameBits(String name) throws IOException {
        Network network = Onnx.read(FOLDER.resolve(name));
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(name.replace(".onnx", ".input.bin")));
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        Matrix x = Matrix.of(values.length / network.inputs(), network.inputs(), values);
        Matrix want = predict(Backends.named("scalar"), network, x);
        for (Backend backend : others()) {
            Matrix got = predict(backend, network, x);
            for (int i = 0; i < want.data().length; i++) {
                assertThat(Float.floatToIntBits(got.data()[i])).as("%s, %s, output %d", name, backend, i)
                        .isEqualTo(Float.floatToIntBits(want.data()[i]));
            }
            Matrix last = predict(backend, network, x.rows(x.rows() - 1, 1));
            assertThat(last.get(0, 0)).isEqualTo(want.get(x.rows() - 1, 0));
        }
    }

    private static List<Backend> others() {
        List<Backend> others = new ArrayList<>();
        for (String name : List.of("simd", "opencl")) {
            try {
                others.add(Backends.named(name));
            } catch (BackendUnavailableException e) {
                // Whoever must have it says so by samebits.require.
                continue;
            }
        }
        return others;
    }

    private static Matrix predict(Backend backend, Network network, Matrix x) {
        Matrix y = Matrix.zeros(x.rows(), network.outputs());
        try (InferenceSession session = backend.open(network)) {
            session.predict(x, y);
        }
        return y;
    }
}
