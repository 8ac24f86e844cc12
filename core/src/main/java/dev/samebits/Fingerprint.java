package dev.samebits;

import dev.samebits.store.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** SHA-256 over a network, as docs/arithmetic.md defines it. */
final class Fingerprint {
    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN);

    private Fingerprint() {
        digest = Sha256.digest();
    }

    /** Of a chain: the parameters of its layers alone. */
    static String of(List<Layer> layers) {
        Fingerprint fingerprint = new Fingerprint();
        layers.forEach(fingerprint::layer);
        return fingerprint.inHex();
    }

    /** Of any other network: its structure in lines, the parameters of each step behind the step's line. */
    static String of(Graph graph) {
        Fingerprint fingerprint = new Fingerprint();
        graph.inputs().forEach(input -> fingerprint.line("input " + input.width()));
        for (Step step : graph.steps()) {
            fingerprint.line(step.operation().label()
                    + step.operands().stream().map(value -> " " + value).collect(Collectors.joining()) + " -> "
                    + step.width());
            fingerprint.operation(step.operation());
        }
        graph.values().forEach(value -> fingerprint.line("output " + value));
        return fingerprint.inHex();
    }

    private void operation(Operation operation) {
        if (operation instanceof Operation.Apply apply) {
            line("pieces " + apply.layer().pieces());
            activation(apply.layer().activation());
            layer(apply.layer());
        } else if (operation instanceof Operation.Activate activate) {
            activation(activate.activation());
            numbers(activate.slopes());
        } else if (operation instanceof Operation.ScaleShift scaled) {
            numbers(scaled.scale());
            numbers(scaled.shift());
        } else if (operation instanceof Operation.CenterScale centred) {
            numbers(centred.center());
            numbers(centred.scale());
        } else if (operation instanceof Operation.LayerNorm norm) {
            numbers(norm.epsilon());
            numbers(norm.gain());
            numbers(norm.shift());
        } else if (operation instanceof Operation.RmsNorm norm) {
            numbers(norm.epsilon());
            numbers(norm.gain());
        } else if (operation instanceof Operation.L2Norm norm) {
            numbers(norm.epsilon());
        } else if (operation instanceof Operation.Embed embed) {
            StoredWeights rows = embed.table().shared();
            line("entries " + rows.rows());
            numbers(rows.count(), rows::at);
        } else if (operation instanceof Operation.Columns columns) {
            line("from " + columns.from());
        } else if (operation instanceof Operation.Quantize quantize) {
            quantization(quantize.quantization());
        } else if (operation instanceof Operation.IntegerDense dense) {
            integers(dense.layer());
        }
    }

    private void quantization(Quantization quantization) {
        line("zero " + quantization.zeroPoint() + " from " + quantization.low() + " to " + quantization.high());
        numbers(quantization.scale());
    }

    private void integers(IntegerLayer layer) {
        layer.input().ifPresentOrElse(this::quantization, () -> line("row"));
        short[] weights = layer.weightsShared();
        numbers(weights.length, k -> weights[k]);
        for (int b : layer.bias()) {
            line("bias " + b);
        }
        numbers(layer.scale());
        numbers(layer.shift());
    }

    private void activation(Activation activation) {
        line(activation.kind().label());
        numbers(activation.first(), activation.second());
    }

    private void layer(Layer layer) {
        StoredWeights weights = layer.weightsShared();
        numbers(weights.count(), weights::at);
        numbers(layer.biasShared());
        numbers(layer.slopesShared());
    }

    private void line(String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private interface Values {
        float at(int index);
    }

    private void numbers(float... values) {
        numbers(values.length, i -> values[i]);
    }

    private void numbers(int count, Values values) {
        for (int i = 0; i < count; i++) {
            buffer.putInt(Float.floatToIntBits(values.at(i)));
            if (!buffer.hasRemaining()) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
        digest.update(buffer.flip());
        buffer.clear();
    }

    private String inHex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
