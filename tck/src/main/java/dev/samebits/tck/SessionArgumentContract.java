package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingSession;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Sessions refuse what does not fit and outputs that overlap the inputs, with both numbers and before they write; they take
 * every other layout; and they name their parts.
 */
class SessionArgumentContract extends BackendContract {
    SessionArgumentContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        try (InferenceSession session = backend.open(network)) {
            refuses(session, Matrix.zeros(3, 19), Matrix.zeros(3, 10), "20", "19");
            refuses(session, Matrix.zeros(3, 20), Matrix.zeros(3, 11), "10", "11");
            refuses(session, Matrix.zeros(3, 20), Matrix.zeros(4, 10), "3", "4");
            refuses(session, Matrix.row(new float[21]), Matrix.row(new float[10]), "20", "21");
            float[] y = {42, 42};
            String message = Assertions.assertThrows(IllegalArgumentException.class,
                    () -> session.predict(new float[20], y)).getMessage();
            Assertions.assertTrue(message.contains("10") && message.contains("2"), message);
            Assertions.assertArrayEquals(new float[] {42, 42}, y);
            SessionContract.predicts(session, network, 2, 1);
        }
        Assertions.assertThrows(IllegalArgumentException.class, () -> SessionOptions.ofThreads(0));
    }

    private static void refuses(InferenceSession session, Matrix x, Matrix y, String one, String other) {
        y.set(0, 0, 42);
        float[] before = y.data().clone();
        String message = Assertions.assertThrows(IllegalArgumentException.class, () -> session.predict(x, y)).getMessage();
        Assertions.assertTrue(message.contains(one) && message.contains(other),
                "the message must name " + one + " and " + other + ", but is: " + message);
        Bits.assertSame("y after a refused call", y.data(), before);
    }

    @Test
    void anOutputThatOverlapsTheInputIsRefused() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        int in = network.inputs();
        int out = network.outputs();
        float[] data = new float[6 * (in + out)];
        Arrays.fill(data, 42);
        // In rows behind each other, in columns beside each other, and with another stride: the last row meets the first.
        Matrix x = Matrix.view(data, 3, 2, in, in);
        Matrix wide = Matrix.view(data, 0, 3, in, in + out);
        try (InferenceSession session = backend.open(network);
                TrainingSession training = backend.train(network, Loss.of(network), SessionOptions.defaults())) {
            for (Matrix[] pair : new Matrix[][] {
                {x, Matrix.view(data, 3, 2, out, out)},
                {x, Matrix.view(data, 2 + 2 * in, 2, out, out)},
                {Matrix.view(data, 2 * out - 1, 2, in, in), Matrix.view(data, 0, 2, out, out)},
                {wide, Matrix.view(data, in - 1, 3, out, in + out)},
                {wide, Matrix.view(data, 2 * (in + out) + in - 1, 3, out, out)}}) {
                overlapIsRefused(pair[0], pair[1], () -> session.predict(pair[0], pair[1]));
                overlapIsRefused(pair[0], pair[1], () -> training.predict(pair[0], pair[1]));
            }
        }
        Network square = Network.builder(3).dense(3, Activation.RELU).build(1);
        try (InferenceSession session = backend.open(square)) {
            float[] row = {42, 42, 42};
            overlapIsRefused(Matrix.row(row), Matrix.row(row), () -> session.predict(row, row));
        }
    }

    private static void overlapIsRefused(Matrix x, Matrix y, Executable call) {
        String message = Assertions.assertThrows(IllegalArgumentException.class, call).getMessage();
        for (Matrix m : List.of(x, y)) {
            String range = m.offset() + " to " + (m.rowOffset(m.rows() - 1) + m.columns() - 1);
            Assertions.assertTrue(message.contains(range), "the message must show " + range + ", but is: " + message);
        }
        for (float value : y.data()) {
            Assertions.assertEquals(42, value, "wrote before it refused the call");
        }
    }

    @Test
    void otherRowsAndColumnsOfTheInputsArrayAreTaken() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        int in = network.inputs();
        int out = network.outputs();
        int rows = 37;
        Matrix want = Definition.predict(network, Networks.inputs(network, rows));
        try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(2));
                TrainingSession training = backend.train(network, Loss.of(network), SessionOptions.defaults())) {
            Matrix table = Matrix.zeros(rows, in + out);
            Matrix behind = Matrix.zeros(1, rows * (in + out));
            for (Matrix[] pair : new Matrix[][] {
                {table.columns(0, in), table.columns(in, out)},
                {table.columns(out, in), table.columns(0, out)},
                {Matrix.view(behind.data(), 0, rows, in, in), Matrix.view(behind.data(), rows * in, rows, out, out)}}) {
                Networks.inputs(network, rows).copyTo(pair[0]);
                session.predict(pair[0], pair[1]);
                Bits.assertSame("outputs in the inputs' array", pair[1], want);
                training.predict(pair[0], pair[1]);
                Bits.assertSame("outputs in the inputs' array", pair[1], want);
                Bits.assertSame("inputs in the outputs' array", pair[0], Networks.inputs(network, rows));
            }
        }
    }

    @Test
    void everythingSaysWhatItIs() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(2));
                TrainingSession training = backend.train(network, Loss.of(network), SessionOptions.ofThreads(3))) {
            says(backend.toString(), backend.name(), backend.device());
            says(session.toString(), network.toString(), backend.name(), "threads 2");
            says(training.toString(), network.inputs() + " inputs", Loss.of(network).label(), backend.name(), "threads 3");
        }
    }

    private static void says(String text, String... parts) {
        Assertions.assertEquals(1, text.lines().count(), text);
        for (String part : parts) {
            Assertions.assertTrue(text.contains(part), "'" + part + "' is missing in: " + text);
        }
    }

    @Test
    void theSessionNamesItsParts() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        try (InferenceSession session = backend.open(network)) {
            Assertions.assertSame(network, session.network());
            Assertions.assertEquals(backend(), session.backend().name());
            Assertions.assertEquals(1, session.threads());
        }
    }
}
