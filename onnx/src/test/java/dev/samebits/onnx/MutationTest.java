package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.SplitMix64;
import dev.samebits.onnx.proto.ModelProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged files give a network or an {@link OnnxFormatException} on one line, whatever the damage. */
@Tag("hostile")
class MutationTest {
    private static final int MUTATIONS = 60_000;
    /** {@code -Dsamebits.seed=} repeats a run. */
    private static final long SEED = Long.getLong("samebits.seed", 20261123L);

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void anyBytesGiveANetworkOrTheException() throws IOException {
        List<byte[]> files = files();
        SplitMix64 random = new SplitMix64(SEED);
        int networks = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] file = files.get(random.nextInt(files.size())).clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                file = mutate(file, files, random);
            }
            networks += tryToRead(file, i);
        }
        System.out.println("MutationTest: seed " + SEED + ", " + MUTATIONS + " mutations, " + networks
                + " of them still networks");
        assertThat(networks).as("mutations that leave a network").isBetween(1, MUTATIONS - 1);
    }

    private static int tryToRead(byte[] file, int mutation) {
        try {
            // A network that was read can be written and read again.
            Network network = Onnx.read(file);
            RoundTripTest.assertSame(Onnx.read(Networks.write(network)), network);
            return 1;
        } catch (OnnxFormatException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return 0;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + SEED + ", mutation " + mutation + ", file "
                    + HexFormat.of().formatHex(file), e);
        }
    }

    /**
     * Small files, so that a mutation seldom hits a weight; most of them without the digests that would find it anyway; and
     * those of other exporters.
     */
    private static List<byte[]> files() throws IOException {
        SplitMix64 random = new SplitMix64(9);
        List<byte[]> files = new ArrayList<>();
        List<Activation> activations = new ArrayList<>(Networks.activations());
        activations.addAll(Networks.unusualActivations());
        for (Activation activation : activations) {
            Layer layer = Networks.layer(random, 2, 1, activation);
            for (Output output : Output.values()) {
                files.add(Networks.write(Network.of(List.of(layer, Networks.maxout(random, 1, 2, 2)), output)));
            }
        }
        for (byte[] file : List.copyOf(files)) {
            files.add(ModelProto.parseFrom(file).toBuilder().clearMetadataProps().build().toByteArray());
        }
        for (String name : ExportedModelsTest.smallModels()) {
            files.add(ExportedModelsTest.bytes(name));
        }
        GraphModels.all().forEach(each -> files.add(each.model().model().build().toByteArray()));
        return files;
    }

    private static byte[] mutate(byte[] file, List<byte[]> files, SplitMix64 random) {
        if (file.length < 2) {
            return file;
        }
        int at = random.nextInt(file.length);
        switch (random.nextInt(9)) {
            case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> file[at] = (byte) random.nextInt(256);
            case 2 -> file[at] = new byte[] {0, 1, 127, -128, -1, '0', 2, 3}[random.nextInt(8)];
            case 3 -> {
                return Arrays.copyOf(file, at);
            }
            case 4 -> {
                return splice(file, at, Math.min(file.length, at + random.nextInt(16)), new byte[0]);
            }
            case 5 -> {
                // A part of the file once more, such as a whole field.
                int from = random.nextInt(file.length);
                int to = Math.min(file.length, from + random.nextInt(64));
                return splice(file, at, at, Arrays.copyOfRange(file, from, to));
            }
            case 6 -> {
                byte[] other = files.get(random.nextInt(files.size()));
                int from = random.nextInt(other.length);
                int length = random.nextInt(64);
                return splice(file, at, Math.min(file.length, at + length),
                        Arrays.copyOfRange(other, from, Math.min(other.length, from + length)));
            }
            case 7 -> {
                // A number of up to ten bytes: a huge or negative length, dimension or count.
                return splice(file, at, at + 1, varint(random.nextLong() >>> random.nextInt(64)));
            }
            default -> {
                // Two bytes change places.
                int to = random.nextInt(file.length);
                byte swapped = file[at];
                file[at] = file[to];
                file[to] = swapped;
            }
        }
        return file;
    }

    private static byte[] varint(long value) {
        byte[] bytes = new byte[10];
        int length = 0;
        long rest = value;
        while ((rest & ~127L) != 0) {
            bytes[length++] = (byte) (rest | 128);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] splice(byte[] file, int from, int to, byte[] between) {
        byte[] spliced = Arrays.copyOf(file, from + between.length + file.length - to);
        System.arraycopy(between, 0, spliced, from, between.length);
        System.arraycopy(file, to, spliced, from + between.length, file.length - to);
        return spliced;
    }
}
