package dev.samebits.onnx;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.samebits.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: a network or the exception. With {@code -Pfuzz} Jazzer looks for bytes that give anything else. */
@Tag("fuzz")
class OnnxFuzzTest {
    static List<Arguments> seeds() throws IOException {
        List<Arguments> seeds = new ArrayList<>();
        for (String name : ExportedModelsTest.smallModels()) {
            seeds.add(arguments((Object) ExportedModelsTest.bytes(name)));
        }
        for (Network network : Networks.all().values()) {
            seeds.add(arguments((Object) Networks.write(network)));
        }
        for (GraphModels.Model each : GraphModels.all()) {
            seeds.add(arguments((Object) each.model().model().build().toByteArray()));
        }
        return seeds;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void anyBytes(byte[] bytes) {
        try {
            Onnx.read(bytes);
        } catch (OnnxFormatException e) {
            if (e.getMessage().contains("\n")) {
                throw new AssertionError("a message of more than one line", e);
            }
        }
    }
}
