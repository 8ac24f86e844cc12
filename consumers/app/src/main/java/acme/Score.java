package acme;

import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prints the backend, then the probabilities of a file's rows, each a name and the inputs. */
public final class Score {
    private Score() {}

    public static void main(String[] args) throws IOException {
        Network network = Onnx.read(Path.of(args[0]));
        List<String> lines = Files.readAllLines(Path.of(args[1]));
        Backend backend = Backends.best();
        System.out.println(backend.name());
        float[] inputs = new float[network.inputs()];
        float[] outputs = new float[network.outputs()];
        try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(2))) {
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split(",");
                for (int i = 0; i < inputs.length; i++) {
                    inputs[i] = Float.parseFloat(fields[1 + i]);
                }
                session.predict(inputs, outputs);
                StringBuilder row = new StringBuilder(fields[0]);
                for (float output : outputs) {
                    row.append(',').append(output);
                }
                System.out.println(row);
            }
        }
    }
}
