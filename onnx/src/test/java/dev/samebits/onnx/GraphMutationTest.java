package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.SplitMix64;
import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that protobuf takes, of graphs that make no sense: what changes here gets past the bytes, into the rules. */
@Tag("hostile")
class GraphMutationTest {
    private static final int MUTATIONS = 40_000;
    /** {@code -Dsamebits.seed=} repeats a run. */
    private static final long SEED = Long.getLong("samebits.seed", 20261123L);
    private static final long[] NUMBERS = {0, 1, 2, 3, -1, 4, 7, 1L << 31, 1L << 32 | 1, Long.MAX_VALUE, Long.MIN_VALUE};

    private static final List<String> OPERATORS = List.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Pow", "Neg",
            "Relu",
            "Gemm", "MatMul", "Clip", "PRelu", "Where", "Softmax", "Transpose", "Reshape", "Squeeze", "Unsqueeze",
                    "Flatten", "Shape",
            "Expand", "ConstantOfShape", "RandomNormalLike", "Split", "Tile", "Exp",
            "Gather", "Slice", "Concat", "Constant", "ReduceMax", "BatchNormalization", "Cast", "ArgMax", "Identity",
                    "Dropout", "Exp", "Log", "Sqrt", "Abs", "Softplus", "HardSigmoid", "Shrink", "Reciprocal", "Mish",
                    "com.microsoft.FusedGemm", "com.microsoft.BiasGelu", "com.microsoft.QuickGelu");

    private final SplitMix64 random = new SplitMix64(SEED);

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void anyGraphGivesANetworkOrTheException() throws IOException {
        List<ModelProto> models = models();
        int networks = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            ModelProto.Builder model = models.get(random.nextInt(models.size())).toBuilder();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                mutate(model.getGraphBuilder());
            }
            try {
                Network network = Onnx.read(model.build().toByteArray());
                RoundTripTest.assertSame(Onnx.read(Networks.write(network)), network);
                networks++;
            } catch (OnnxFormatException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", mutation " + i + ", model " + model.build(), e);
            }
        }
        System.out.println("GraphMutationTest: seed " + SEED + ", " + MUTATIONS + " mutations, " + networks
                + " of them still networks");
        assertThat(networks).as("mutations that leave a network").isBetween(1, MUTATIONS - 1);
    }

    private static List<ModelProto> models() throws IOException {
        List<Network> networks = new ArrayList<>(Networks.all().values());
        for (Activation activation : Networks.unusualActivations()) {
            networks.add(Networks.with(activation, 1));
        }
        List<ModelProto> models = new ArrayList<>();
        for (Network network : networks) {
            models.add(ModelProto.parseFrom(Networks.write(network)).toBuilder().clearMetadataProps().build());
        }
        for (String name : ExportedModelsTest.smallModels()) {
            models.add(ModelProto.parseFrom(ExportedModelsTest.bytes(name)));
        }
        GraphModels.all().forEach(each -> models.add(each.model().model().build()));
        return models;
    }

    private void mutate(GraphProto.Builder graph) {
        if (graph.getNodeCount() == 0 || graph.getInitializerCount() == 0) {
            return;
        }
        NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
        NodeProto.Builder other = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
        switch (random.nextInt(13)) {
            case 0 -> node.setOpType(other.getOpType());
            case 9 -> {
                String type = OPERATORS.get(random.nextInt(OPERATORS.size()));
                int dot = type.lastIndexOf('.');
                node.setOpType(type.substring(dot + 1)).setDomain(dot < 0 ? "" : type.substring(0, dot));
            }
            case 10 -> graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().addDimBuilder()
                    .setDimValue(number());
            case 1 -> {
                if (node.getInputCount() > 0) {
                    node.setInput(random.nextInt(node.getInputCount()), anyName(graph));
                }
            }
            case 2 -> node.addInput(anyName(graph));
            case 3 -> node.addAllAttribute(List.copyOf(other.getAttributeList()));
            case 4 -> {
                if (node.getAttributeCount() > 0) {
                    mutate(node.getAttributeBuilder(random.nextInt(node.getAttributeCount())));
                }
            }
            case 5 -> graph.removeNode(random.nextInt(graph.getNodeCount()));
            case 6 -> graph.addNode(random.nextInt(graph.getNodeCount()), other.build());
            case 7 -> graph.getOutputBuilder(0).setName(anyName(graph));
            case 11 -> graph.addOutput(graph.getOutput(0).toBuilder().setName(anyName(graph)));
            case 8 -> node.clearAttribute();
            default -> mutate(graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount())));
        }
    }

    private void mutate(AttributeProto.Builder attribute) {
        switch (random.nextInt(4)) {
            case 0 -> attribute.setF(Float.intBitsToFloat((int) random.nextLong()));
            case 1 -> attribute.setI(number());
            case 2 -> attribute.addInts(number());
            default -> attribute.setType(random.nextInt(9));
        }
    }

    private void mutate(TensorProto.Builder tensor) {
        switch (random.nextInt(6)) {
            case 0 -> tensor.addDims(number());
            case 1 -> {
                if (tensor.getDimsCount() > 0) {
                    tensor.setDims(random.nextInt(tensor.getDimsCount()), number());
                }
            }
            case 2 -> tensor.clearDims();
            case 3 -> tensor.setDataType(random.nextInt(17));
            case 4 -> {
                // The shape int64 [3] of a maxout, or what takes its place.
                tensor.clearRawData().clearDims().addDims(3).setDataType(Tensor.INT64);
                tensor.addInt64Data(0).addInt64Data(number()).addInt64Data(number());
            }
            default -> {
                // A vector of zeros of any small length.
                int length = random.nextInt(8);
                tensor.clearDims().addDims(length).setDataType(Tensor.FLOAT);
                tensor.setRawData(ByteString.copyFrom(new byte[4 * length]));
            }
        }
    }

    private long number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private String anyName(GraphProto.Builder graph) {
        return switch (random.nextInt(4)) {
            case 0 -> graph.getInput(0).getName();
            case 1 -> graph.getInitializer(random.nextInt(graph.getInitializerCount())).getName();
            case 2 -> graph.getNode(random.nextInt(graph.getNodeCount())).getOutput(0);
            default -> "";
        };
    }
}
