package dev.samebits.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.cli.Cli;
import dev.samebits.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convert} as a user runs it, and what the other commands make of its model. */
class ConvertTest {
    private static final Network NETWORK = Network.builder(60).dense(50, Activation.PRELU).dense(3, Activation.IDENTITY)
            .softmax().biases(0.1f).build(7).withNames(Names.NONE.withLabels(List.of("a", "b", "c")));

    @TempDir
    Path folder;

    private Cli.Result good(String... arguments) throws Exception {
        Cli.Result result = new Cli(folder, "-XX:TieredStopAtLevel=1").run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.errLines()).isEmpty();
        return result;
    }

    @Test
    void aModelIsHalfAsLargeAndSaysWhatChanged() throws Exception {
        Path model = folder.resolve("m.onnx");
        Onnx.write(NETWORK, model);
        Cli.Result converted = good("convert", "--weights", "bf16", "m.onnx");
        Path out = folder.resolve("m-bf16.onnx");
        Network read = Onnx.read(out);
        assertThat(read.fingerprint()).isEqualTo(NETWORK.withBfloat16Weights().fingerprint());
        assertThat(read.names()).isEqualTo(NETWORK.names());
        assertThat(Files.size(out)).isLessThan(Files.size(model) - 2 * (60 * 50 + 50 * 3) + 300);

        // Counted here from the weights themselves.
        long[] changed = new long[2];
        double largest = 0;
        for (int l = 0; l < 2; l++) {
            float[] was = NETWORK.layers().get(l).weights().data();
            float[] is = read.layers().get(l).weights().data();
            for (int i = 0; i < was.length; i++) {
                changed[l] += was[i] == is[i] ? 0 : 1;
                largest = was[i] == is[i] ? largest : Math.max(largest, Math.abs(((double) is[i] - was[i]) / was[i]));
            }
        }
        assertThat(largest).isBetween(0.003, 1 / 256.0);
        assertThat(converted.out()).contains("m.onnx: " + NETWORK,
                String.format(Locale.ROOT, "    1  50 × 60    %,d  ", changed[0]),
                String.format(Locale.ROOT, "weights  %,d of 3,150 changed, by at most %.3f %%\n", changed[0] + changed[1],
                        100 * largest),
                "biases   as they were, and so the slopes of PReLU\n",
                String.format(Locale.ROOT, "file     %,d bytes, before %,d\n", Files.size(out), Files.size(model)),
                "saved    m-bf16.onnx\n", "SHA-256 of the weights: " + read.fingerprint());

        assertThat(good("inspect", "m-bf16.onnx").out()).containsPattern("1 +60 +50 +50 × 60 +bf16 +prelu")
                .contains("parameters  3,253: " + String.format(Locale.ROOT, "%.1f KiB", (2 * 3150 + 4 * 103) / 1024.0));
        assertThat(good("verify", "m-bf16.onnx").out()).contains(read.fingerprint(), "identical");
    }

    @Test
    void whatIsConvertedAlreadyIsTold() throws Exception {
        Onnx.write(NETWORK, folder.resolve("model"));
        good("convert", "--weights", "BF16", "model", "first.onnx");
        Cli.Result again = good("convert", "first.onnx", "--weights", "bf16", "second.onnx");
        assertThat(again.out()).contains("weights  all 3,150 were bfloat16 numbers already\n");
        assertThat(folder.resolve("second.onnx")).hasSameBinaryContentAs(folder.resolve("first.onnx"));
        good("convert", "--weights", "bf16", "model");
        assertThat(folder.resolve("model-bf16.onnx")).hasSameBinaryContentAs(folder.resolve("first.onnx"));
    }

    @Test
    void aWeightThatVanishesIsAWholeChange() {
        Network network = Network.of(List.of(Layer.dense(
                Matrix.of(2, 3, Float.MIN_VALUE, Float.NaN, -0f, Float.NEGATIVE_INFINITY, 1.1f, 2), new float[2],
                Activation.RELU)), Output.IDENTITY);
        assertThat(WeightChanges.of(network, network.withBfloat16Weights()))
                .containsExactly(new WeightChanges(6, 2, 1));
    }
}
