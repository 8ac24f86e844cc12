package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
    private static final Activation RELU = Activation.RELU;
    private static final Activation IDENTITY = Activation.IDENTITY;

    private static Network actorCritic() {
        GraphBuilder g = Network.graph();
        Value x = g.input("numbers", 13);
        Value mask = g.input("mask", 5);
        Value h = x.dense(64, RELU);
        Value r = h.dense(64, RELU).dense(64, IDENTITY).add(h).activate(RELU);
        g.output("policy", r.dense(5, IDENTITY).add(mask.scaleShift(1e9f, -1e9f)).softmax());
        g.output("value", r.dense(1, IDENTITY));
        return g.build(42);
    }

    @Test
    void tellsItsShape() {
        Network network = actorCritic();
        assertThat(network.isChain()).isFalse();
        assertThat(network.inputs()).isEqualTo(18);
        assertThat(network.outputs()).isEqualTo(6);
        assertThat(network.inputSections()).containsExactly(new Section("numbers", 0, 13), new Section("mask", 13, 5));
        assertThat(network.outputSections()).containsExactly(new Section("policy", 0, 5), new Section("value", 5, 1));
        assertThat(network.outputSection("value")).isEqualTo(new Section("value", 5, 1));
        assertThat(network.outputSection("value").of(Matrix.row(0, 1, 2, 3, 4, 5)).get(0, 0)).isEqualTo(5);
        assertThat(network.layers()).extracting(Layer::outputs).containsExactly(64, 64, 64, 5, 1);
        assertThat(network.output()).isEqualTo(Output.IDENTITY);
        assertThat(network.parameters()).isEqualTo(14 * 64 + 2 * 65 * 64 + 65 * 5 + 65 + 10);
        assertThat(network).hasToString("numbers 13 + mask 5 → 10 steps, 5 of them layers → policy 5 + value 1");
        assertThat(network.describe()).isEqualTo("""
                inputs numbers 13, mask 5
                1: dense 13 → 64 relu of numbers → 64
                2: dense 64 → 64 relu of 1 → 64
                3: dense 64 → 64 identity of 2 → 64
                4: add of 3, 1 → 64
                5: relu of 4 → 64
                6: dense 64 → 5 identity of 5 → 5
                7: scale-shift of mask → 5
                8: add of 6, 7 → 5
                9: softmax of 8 → 5
                10: dense 64 → 1 identity of 5 → 1
                output policy 5 is 9
                output value 1 is 10
                """);
        assertThatIllegalArgumentException().isThrownBy(() -> network.outputSection("values"))
                .withMessage("there is no output values: take one of policy, value");
    }

    @Test
    void selectLeavesOutWhatIsNotNeeded() {
        Network network = actorCritic();
        Network value = network.select("value");
        assertThat(value).hasToString("numbers 13 → 6 steps, 4 of them layers → value 1");
        assertThat(value.inputs()).isEqualTo(13);
        Network turned = network.select("value", "policy");
        assertThat(turned.outputSections()).containsExactly(new Section("value", 0, 1), new Section("policy", 1, 5));
        assertThat(turned.steps()).hasSize(10);
        assertThat(network.select("policy").output()).isEqualTo(Output.SOFTMAX);
        assertThat(Loss.of(network.select("policy"))).isEqualTo(Loss.CROSS_ENTROPY);
        assertThatIllegalArgumentException().isThrownBy(() -> network.select())
                .withMessage("select: the outputs are []: name at least one, and none twice");
        assertThatIllegalArgumentException().isThrownBy(() -> network.select("value", "value"))
                .withMessageContaining("none twice");
    }

    @Test
    void selectKeepsTheNamesOfTheColumnsThatAreLeft() {
        GraphBuilder g = Network.graph();
        Value a = g.input("a", 2);
        Value b = g.input("b", 1);
        Network network = g.output("sum", a.sum()).output("both", a.add(b)).output("b", b).build()
                .withNames(new Names(List.of("a1", "a2", "b1"), List.of("s", "x", "y", "z"), List.of("0", "1", "2", "3")));
        assertThat(network.select("b", "sum").names())
                .isEqualTo(new Names(List.of("a1", "a2", "b1"), List.of("z", "s"), List.of("3", "0")));
        assertThat(network.select("b").names()).isEqualTo(new Names(List.of("b1"), List.of("z"), List.of()));
    }

    /** The same draws in the same order: a chain is the network that the other builder makes. */
    @Test
    void layersOneBehindTheOtherAreAChain() {
        Network plain = Network.builder(3).dense(4, Activation.PRELU).maxout(2, 5).dense(6, RELU).logSoftmax().biases(0.5f)
                .build(7);
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 3);
        g.output("classes", x.dense(4, Activation.PRELU).maxout(2, 5).dense(6, RELU).logSoftmax()).biases(0.5f);
        Network chain = g.build(7);
        assertThat(chain.isChain()).isTrue();
        assertThat(chain).hasToString(plain.toString());
        assertThat(chain.fingerprint()).isEqualTo(plain.fingerprint());
        assertThat(chain.output()).isEqualTo(Output.LOG_SOFTMAX);
        assertThat(chain.outputSections()).containsExactly(new Section("classes", 0, 6));
        assertThat(plain.inputSections()).containsExactly(new Section("input", 0, 3));
        assertThat(plain.steps()).hasSize(4);
        assertThat(plain.withSections(List.of("x"), List.of("classes")).outputSections()).isEqualTo(chain.outputSections());
        assertThat(chain.withProbabilities().output()).isEqualTo(Output.SOFTMAX);
        assertThat(chain.withProbabilities().layers()).isEqualTo(chain.layers());
    }

    @Test
    void theFingerprintSeesStructureAndEveryParameter() {
        String first = towers(1e-12f, 1, 0).fingerprint();
        assertThat(first).hasSize(64).isEqualTo(towers(1e-12f, 1, 0).fingerprint())
                .isNotEqualTo(towers(1e-11f, 1, 0).fingerprint())
                .isNotEqualTo(towers(1e-12f, 2, 0).fingerprint())
                .isNotEqualTo(towers(1e-12f, 1, 1).fingerprint());
        Network renamed = towers(1e-12f, 1, 0).withSections(List.of("u", "i"), List.of("s"));
        assertThat(renamed.fingerprint()).as("names change nothing").isEqualTo(first);
        Value[] x = new Value[1];
        GraphBuilder g = Network.graph();
        x[0] = g.input("x", 2);
        String sum = g.output("y", x[0].columns(0, 1).subtract(x[0].columns(1, 1))).build().fingerprint();
        GraphBuilder h = Network.graph();
        x[0] = h.input("x", 2);
        assertThat(h.output("y", x[0].columns(1, 1).subtract(x[0].columns(0, 1))).build().fingerprint()).isNotEqualTo(sum);
    }

    /** As docs/arithmetic.md writes it down. */
    @Test
    void theFingerprintIsSha256OfLinesAndParameters() throws Exception {
        GraphBuilder g = Network.graph();
        Value x = g.input("numbers", 2);
        Value ids = g.input("ids", 1);
        Value hidden = x.layer(Layer.prelu(Matrix.row(1, 2), new float[] {3}, new float[] {4})).activate(Activation.elu(5));
        Value all = hidden.concat(ids.embedding(Table.of(Matrix.of(2, 1, 6, 7))), x.columns(1, 1));
        Network network = g.output("y", all.layerNorm(8, new float[] {9, 10, 11}, new float[] {12, 13, 14}))
                .output("x", x).build();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Object part : List.of("input 2", "input 1", "dense 0 -> 1", "pieces 1", "prelu", List.of(0, 0, 1, 2, 3, 4),
                "activation 2 -> 1", "elu", List.of(5, 0), "embedding 1 -> 1", "entries 2", List.of(6, 7),
                "columns 0 -> 1", "from 1", "concat 3 4 5 -> 3", "layer-norm 6 -> 3",
                List.of(8, 9, 10, 11, 12, 13, 14), "output 7", "output 0")) {
            if (part instanceof String line) {
                digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
            } else {
                for (Object number : (List<?>) part) {
                    digest.update(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat((Integer) number).flip());
                }
            }
        }
        assertThat(network.fingerprint()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    private static Network towers(float epsilon, float entry, int from) {
        GraphBuilder g = Network.graph();
        Value user = g.input("user", 3).columns(from, 1).embedding(Table.of(Matrix.of(2, 2, entry, 2, 3, 4)));
        Value item = g.input("item", 2).centerScale(new float[] {1, 2}, new float[] {3, 4}).l2Norm(epsilon);
        return g.output("score", user.dot(item)).build();
    }

    @Test
    void idsAreKnownByInputAndColumn() {
        GraphBuilder g = Network.graph();
        Value numbers = g.input("numbers", 3);
        Value ids = g.input("ids", 4);
        g.output("y", g.concat(List.of(ids.columns(1, 3).columns(1, 2).embedding(9, 2), ids.columns(3, 1).embedding(5, 1),
                numbers)));
        assertThat(g.build(1).idColumns()).containsExactly(new IdColumn("ids", 2, 5, 9), new IdColumn("ids", 3, 6, 5));
        IdColumn column = new IdColumn("ids", 2, 5, 9);
        for (float id : new float[] {0, -0f, 8}) {
            assertThat(column.has(id)).as("%s", id).isTrue();
        }
        for (float id : new float[] {-1, 9, 0.5f, -0.5f, Float.NaN, 1e30f, Float.NEGATIVE_INFINITY, 0x1p31f}) {
            assertThat(column.has(id)).as("%s", id).isFalse();
        }
        assertThat(column.refusal(0.5f, 3)).isEqualTo(
                "row 3: column 2 of the input ids is 0.5: give it an id, a whole number from 0 to 8");
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.dense(1, RELU).embedding(3, 2))
                .withMessageContainingAll("embedding 3 × 2", "its ids are computed: give it an input, or columns of one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbers.sum().embedding(Table.of(Matrix.row(1))))
                .withMessageContaining("its ids are computed");
    }

    @Test
    void whatDoesNotFitIsNamedWithItsStepAndWidths() {
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 4);
        Value y = x.sum(2);
        refuses("step 2, add: the values are 4 and 2 wide: they must be equally wide, or one of them 1", () -> x.add(y));
        refuses("step 2, dot: its values must be equally wide, not 4 and 2", () -> x.dot(y));
        refuses("step 2, columns 3 to 4: columns 3 to 4 are not all columns of a value that is 4 wide",
                () -> x.columns(3, 2));
        refuses("step 2, sum: it has 3 outputs, and its value is 4 wide: that must be a multiple", () -> x.sum(3));
        refuses("step 2, dense 3 → 1 relu: it takes a value of 3 columns, not of 4",
                () -> x.layer(Layer.dense(Matrix.row(1, 2, 3), new float[1], RELU)));
        refuses("it takes a value of 2 columns, not of 4", () -> x.prelu(1, 2));
        refuses("2 scales need as many shifts, not 1", () -> x.scaleShift(new float[2], new float[1]));
        refuses("ε must be finite and not negative, not -1.0", () -> x.l2Norm(-1));
        refuses("step 2, layer: a layer needs at least one input, one output and one piece", () -> x.dense(0, RELU));
        refuses("a table has 1 to 16777216 entries of at least one number, not 0 of 3", () -> x.embedding(0, 3));
        refuses("the value is another builder's", () -> x.add(Network.graph().input("x", 4)));
        refuses("input x: there is one of this name", () -> g.input("x", 1));
        refuses("not blank", () -> g.input(" ", 1));
        g.output("y", y);
        refuses("output y: there is one of this name", () -> g.output("y", x));
        assertThat(g.build().steps()).hasSize(1);
    }

    @Test
    void refusesWhatIsNoNetwork() {
        GraphBuilder g = Network.graph();
        refuses("build: there is no input", g::build);
        Value x = g.input("x", 4);
        refuses("build: there is no output", g::build);
        g.output("y", x.dense(3, RELU));
        refuses("build: step 1 has parameters that are yet to be drawn: give a seed, as in build(42)", g::build);
        x.sum();
        refuses("build: step 2, whose value is 1 wide, is needed by no output", () -> g.build(1));
    }

    /** Before memory is taken: each of these would need more than there is. */
    @Test
    void absurdNetworksAreRefusedInTime() {
        GraphBuilder g = Network.graph();
        Value[] x = {g.input("x", 1)};
        refuses("it makes a row of 33554432 columns, and 16777216 are allowed", () -> {
            for (int i = 0; i < 40; i++) {
                x[0] = x[0].concat(x[0]);
            }
        });
        Value ids = Network.graph().input("ids", 1 << 20);
        refuses("columns, and 16777216 are allowed", () -> ids.embedding(2, 1 << 12));
        Value wide = Network.graph().input("x", 1 << 23);
        refuses("more than 268435456 columns together", () -> {
            Value y = wide;
            for (int i = 0; i < 100; i++) {
                y = y.add(wide);
            }
        });
        Value narrow = Network.graph().input("x", 1);
        refuses("a network has at most 8192 steps", () -> {
            Value y = narrow;
            for (int i = 0; i < 10_000; i++) {
                y = y.add(narrow);
            }
        });
        refuses("more than a Java array holds", () -> Network.graph().input("x", 1).embedding(1 << 24, 1 << 10));
    }

    @Test
    void aLossThatFitsNotAllOutputsIsRefusedInOneLine() {
        Network network = actorCritic();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backends.named("scalar").train(network, Loss.SQUARED_ERROR))
                .withMessage("the loss squared-error does not fit the output policy of the network " + network
                        + ": it asks for an output without softmax; give each output its own, as Objective.of does");
    }

    @Test
    void whatLossesReadIsANetworkOfItsOwn() {
        Network network = actorCritic();
        Objective objective = Objective.of(network);
        assertThat(objective).hasToString("cross-entropy of policy + squared-error of value");
        Network read = objective.read(network);
        assertThat(read.inputSections()).isEqualTo(network.inputSections());
        assertThat(read.outputSections()).isEqualTo(network.outputSections());
        assertThat(read.describe()).doesNotContain("softmax");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.and("value", Loss.SQUARED_ERROR, 1))
                .withMessage("the output value has two losses: give it one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Objective.of("value", Loss.SQUARED_ERROR, 0))
                .withMessageContaining("must be positive and finite, not 0.0");
        GraphBuilder g = Network.graph();
        Network click = g.output("click", g.input("x", 3).dense(1, Activation.LOGISTIC))
                .output("more", g.input("y", 1)).build(1);
        assertThat(Objective.of(click).read(click).describe()).contains("dense 3 → 1 identity of x");
    }

    @Test
    void operationsOfAnotherShapeAreRefused() {
        Network network = actorCritic();
        List<Operation> operations = new ArrayList<>();
        network.steps().forEach(step -> operations.add(step.operation()));
        assertThat(network.withOperations(operations).fingerprint()).isEqualTo(network.fingerprint());
        operations.set(0, new Operation.Concat());
        assertThatIllegalArgumentException().isThrownBy(() -> network.withOperations(operations))
                .withMessageStartingWith("step 1 is ").withMessageEndingWith("concat cannot take its place");
        assertThatIllegalArgumentException().isThrownBy(() -> network.withOperations(operations.subList(0, 1)))
                .withMessageContaining("give one for each");
    }

    @Test
    void weightsOfBranchesAreRoundedToBfloat16() {
        Network network = actorCritic();
        Network rounded = network.withBfloat16Weights();
        assertThat(rounded.layers()).allMatch(Layer::hasBfloat16Weights);
        assertThat(rounded.describe()).isEqualTo(network.describe());
        assertThat(rounded.fingerprint()).isNotEqualTo(network.fingerprint());
    }

    private static void refuses(String says, Runnable call) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(says);
    }
}
