package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static Layer layer(int inputs, int outputs) {
        return Layer.dense(Matrix.zeros(outputs, inputs), new float[outputs], Activation.RELU);
    }

    @Test
    void tellsItsShape() {
        Network network = Network.of(List.of(layer(3, 4), layer(4, 2)), Output.SOFTMAX);
        assertThat(network.inputs()).isEqualTo(3);
        assertThat(network.outputs()).isEqualTo(2);
        assertThat(network.parameters()).isEqualTo(3 * 4 + 4 + 4 * 2 + 2);
        assertThat(network.flops()).isEqualTo(2 * (3 * 4 + 4 * 2));
        assertThat(network).hasToString("3 → 4 relu → 2 relu → softmax");
        assertThat(network.layers()).isUnmodifiable();
    }

    @Test
    void layersThatDoNotFitAreNamedWithBothWidths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.of(List.of(layer(3, 4), layer(5, 2)), Output.IDENTITY))
                .withMessage("layer 2 takes 5 inputs, but layer 1 gives 4 outputs");
    }

    @Test
    void needsALayerAndAnOutput() {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.of(List.of(), Output.IDENTITY))
                .withMessageContaining("at least one layer");
        assertThatThrownBy(() -> Network.of(List.of(layer(1, 1)), null)).isInstanceOf(NullPointerException.class)
                .hasMessage("output");
    }

    @Test
    void doesNotFollowTheListItWasMadeFrom() {
        List<Layer> layers = new ArrayList<>(List.of(layer(3, 4)));
        Network network = Network.of(layers, Output.IDENTITY);
        layers.add(layer(4, 9));
        assertThat(network.outputs()).isEqualTo(4);
    }

    @Test
    void fingerprintIsSha256OfLittleEndianParameters() throws Exception {
        Network network = Network.of(List.of(
                Layer.prelu(Matrix.of(2, 1, 1, -0f), new float[] {3, 4}, new float[] {5, 6}),
                Layer.dense(Matrix.row(7, 8), new float[] {9}, Activation.TANH)), Output.IDENTITY);
        ByteBuffer bytes = ByteBuffer.allocate(9 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : new float[] {1, -0f, 3, 4, 5, 6, 7, 8, 9}) {
            bytes.putFloat(value);
        }
        String want = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        assertThat(network.fingerprint()).isEqualTo(want).hasSize(64);
    }

    @Test
    void fingerprintDoesNotSeeNanPayloads() {
        assertThat(withWeight(Float.intBitsToFloat(0x7FC01234)).fingerprint())
                .isEqualTo(withWeight(Float.NaN).fingerprint());
    }

    @Test
    void fingerprintSeesEveryBitAndTheSignOfZero() {
        assertThat(withWeight(0).fingerprint()).isNotEqualTo(withWeight(-0f).fingerprint());
        assertThat(withWeight(1).fingerprint()).isNotEqualTo(withWeight(Math.nextUp(1f)).fingerprint());
    }

    private static Network withWeight(float weight) {
        return Network.of(List.of(Layer.dense(Matrix.row(weight), new float[1], Activation.RELU)), Output.IDENTITY);
    }

    /** Seeds name networks for ever: a change here needs an entry in the history of docs/arithmetic.md. */
    @Test
    void fingerprintOfASeededNetworkIsPinned() {
        assertThat(Network.builder(20).dense(300, Activation.RELU).maxout(7, 3).dense(5, Activation.PRELU).build(2024))
                .extracting(Network::fingerprint)
                .isEqualTo("7ed742110dc8ebd879fb29b5884f510b9e1f899c1219ad5d392823511ea75694");
        assertThat(Network.builder(2).dense(4, Activation.LOGISTIC).weights(Initializer.UNIT_UNIFORM).biases(1).build(0))
                .extracting(Network::fingerprint)
                .isEqualTo("7604a33fad13931d06ec41df08d18ca7afa54374dadba5a2b16a7d347457e48e");
        assertThat(Network.builder(8).dense(3, Activation.TANH).weights(Initializer.GLOROT_UNIFORM).build(-1))
                .extracting(Network::fingerprint)
                .isEqualTo("16f8bc282eb7434edeacca81063d27c79f2f77aa77e47e72ae21e1c5e681e96e");
    }

    @Test
    void namesAreKeptBesideTheLayersAndChangeNothing() {
        Network network = Network.of(List.of(layer(3, 4), layer(4, 2)), Output.SOFTMAX);
        Names names = new Names(List.of("a", "b", "c"), List.of(), List.of("no", "yes"));
        Network named = network.withNames(names);
        assertThat(network.names()).isEqualTo(Names.NONE);
        assertThat(named.names()).isEqualTo(names);
        assertThat(named.fingerprint()).isEqualTo(network.fingerprint());
        assertThat(named.layers()).isEqualTo(network.layers());
        assertThat(named.output()).isEqualTo(Output.SOFTMAX);
        assertThat(names.inputs()).isUnmodifiable();
        assertThat(names.withLabels(List.of("0", "1")).labels()).containsExactly("0", "1");
    }

    @Test
    void namesOfAnotherNumberAreRefused() {
        Network network = Network.of(List.of(layer(3, 2)), Output.SOFTMAX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.withNames(new Names(List.of("a", "b"), List.of(), List.of())))
                .withMessage("2 names of inputs for a network with 3 inputs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.withNames(new Names(List.of(), List.of("a"), List.of())))
                .withMessage("1 names of outputs for a network with 2 outputs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.withNames(new Names(List.of(), List.of(), List.of("a"))))
                .withMessage("1 names of classes for a network with 2 outputs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.withNames(new Names(List.of("a", "b", "a"), List.of(), List.of())))
                .withMessageContaining("same name");
        Network one = Network.of(List.of(layer(3, 1)), Output.IDENTITY);
        assertThat(one.withNames(new Names(List.of(), List.of(), List.of("no", "yes"))).names().labels()).hasSize(2);
    }

    @Test
    void weightsAreRoundedToBfloat16AndNothingElseIs() {
        Network network = Network.of(List.of(
                Layer.prelu(Matrix.of(2, 2, 1.1f, -0f, 0x1.01p0f, Float.POSITIVE_INFINITY), new float[] {1.1f, 2},
                        new float[] {1.1f, 3}),
                Layer.maxout(Matrix.of(4, 2, 0, 1, 2, 3, 4, 5, Float.NaN, 1e-40f), new float[] {1.1f, 0, 0, 0}, 2),
                Layer.dense(Matrix.of(1, 2, 0.5f, 2), new float[] {1.1f}, Activation.elu(1.1f))), Output.LOG_SOFTMAX)
                .withNames(new Names(List.of("a", "b"), List.of(), List.of()));
        Network rounded = network.withBfloat16Weights();
        assertThat(rounded).hasToString(network.toString());
        assertThat(rounded.names()).isEqualTo(network.names());
        assertThat(rounded.output()).isEqualTo(Output.LOG_SOFTMAX);
        assertThat(rounded.layers().get(0).weights().data())
                .containsExactly(0x1.1ap0f, -0f, 1, Float.POSITIVE_INFINITY);
        assertThat(rounded.layers().get(1).weights().data())
                .containsExactly(0, 1, 2, 3, 4, 5, Float.NaN, 0x1p-133f);
        assertThat(rounded.layers().get(2)).as("nothing to round").isSameAs(network.layers().get(2));
        for (int l = 0; l < 3; l++) {
            assertThat(rounded.layers().get(l).spec()).isEqualTo(network.layers().get(l).spec());
            assertThat(rounded.layers().get(l).bias()).containsExactly(network.layers().get(l).bias());
            assertThat(rounded.layers().get(l).slopes()).containsExactly(network.layers().get(l).slopes());
            assertThat(rounded.layers().get(l).hasBfloat16Weights()).isTrue();
            assertThat(network.layers().get(l).hasBfloat16Weights()).isEqualTo(l == 2);
        }
        assertThat(rounded.withBfloat16Weights().fingerprint()).isEqualTo(rounded.fingerprint());
        assertThat(network.layers().get(0).weight(0, 0)).as("as it was").isEqualTo(1.1f);
    }

    @Test
    void aWeightBeyondBfloat16IsNamed() {
        Network network = Network.of(List.of(layer(2, 3), Layer.dense(
                Matrix.of(2, 3, 1, 0x1.fep127f, 0x1.fefffep127f, 1, -0x1.ffp127f, 1), new float[2], Activation.RELU)),
                Output.IDENTITY);
        assertThatIllegalArgumentException().isThrownBy(network::withBfloat16Weights).withMessage(
                "weight (1, 1) of layer 2 is -3.3961775E38, and bfloat16 numbers end at 3.3895314E38");
    }
}
