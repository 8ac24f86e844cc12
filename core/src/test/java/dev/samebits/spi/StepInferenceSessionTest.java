package dev.samebits.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.GraphBuilder;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.Value;
import dev.samebits.spi.PlaceFinder.Places;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepInferenceSessionTest {
    private static final Backend SCALAR = Backends.named("scalar");

    /** Deep as it is, three values are alive at a time: the rows, the block's input, and what it is added to. */
    @Test
    void buffersAreReused() {
        GraphBuilder g = Network.graph();
        Value h = g.input("x", 16);
        for (int block = 0; block < 50; block++) {
            h = h.dense(16, Activation.RELU).dense(16, Activation.IDENTITY).add(h);
        }
        Places places = PlaceFinder.of(g.output("y", h).build(1));
        assertThat(places.widths()).containsExactly(16, 16, 16);
    }

    /** What is put side by side is made where it belongs, and what works number by number where its operand is. */
    @Test
    void nothingIsCopiedThatNeedNotBe() {
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 4);
        Value first = x.dense(3, Activation.TANH);
        Value second = x.dense(5, Activation.TANH);
        Value inner = first.concat(second);
        Value outer = inner.concat(x, first);
        Value scaled = outer.scaleShift(2, 1);
        g.output("y", scaled.columns(2, 9));
        List<Place> places = PlaceFinder.of(g.build(1)).values();
        int buffer = places.get(4).buffer();
        assertThat(places).containsExactly(new Place(0, 0, 4, 4), new Place(buffer, 0, 3, 15), new Place(buffer, 3, 5, 15),
                new Place(buffer, 0, 8, 15), new Place(buffer, 0, 15, 15), new Place(buffer, 0, 15, 15),
                new Place(buffer, 2, 9, 15));
    }

    /** A value that is written over is not read at another place of its row. */
    @Test
    void anOperandWhoseColumnsAreReadIsNotWrittenOver() {
        GraphBuilder g = Network.graph();
        Value h = g.input("x", 4).dense(4, Activation.IDENTITY);
        g.output("y", h.multiply(h.columns(2, 1)));
        Network network = g.build(1);
        List<Place> places = PlaceFinder.of(network).values();
        assertThat(places.get(3).buffer()).isNotEqualTo(places.get(1).buffer());
        try (InferenceSession session = SCALAR.open(network)) {
            float[] x = {1, 2, 3, 4};
            float[] want = new float[4];
            for (int i = 0; i < 4; i++) {
                want[i] = of(network, x, i) * of(network, x, 2);
            }
            assertThat(session.predict(x)).containsExactly(want);
        }
    }

    private static float of(Network network, float[] x, int output) {
        float sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum = Math.fma(network.layers().get(0).weight(output, j), x[j], sum);
        }
        return sum;
    }

    /** A thousand values that are all alive, as wide as that: rows are few, so that they fit. */
    @Test
    void manyValuesAliveTakeFewRowsAtATime() {
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 1000);
        List<Value> alive = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            alive.add(x.scaleShift(i, 1));
        }
        Value sum = alive.get(0);
        for (Value value : alive.subList(1, 1000)) {
            sum = value.add(sum);
        }
        Network network = g.output("y", sum).build();
        StepBlocks blocks = new StepBlocks(SCALAR.kernels(), network, 1);
        assertThat(blocks.blockRows()).isEqualTo(8);
        float[] ones = new float[1000];
        Arrays.fill(ones, 1);
        try (InferenceSession session = SCALAR.open(network)) {
            assertThat(session.predict(ones)).containsOnly(1000 * 999 / 2 + 1000);
        }
    }

    @Test
    void warmUpPredictsWithIdsThatTheTablesHave() {
        GraphBuilder g = Network.graph();
        Value ids = g.input("ids", 2);
        Network network = g.output("y", ids.embedding(3, 4).sum()).build(1);
        try (InferenceSession session = SCALAR.open(network)) {
            session.warmUp(2);
        }
    }

    @Test
    void aSessionThatKnowsChainsAloneIsNotHandedBranches() {
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 2);
        Network network = g.output("y", x.add(x)).build();
        assertThatIllegalArgumentException().isThrownBy(() -> new AbstractInferenceSession(SCALAR, network,
                SessionOptions.defaults()) {
            @Override
            protected void compute(float[] a, int aOffset, int aStride, int rows, float[] y, int yOffset, int yStride) {}
        }).withMessage("open: the network x 2 → 1 step → y 2 has branches, which this session of scalar does not know:"
                + " extend KernelBackend, and override openChain instead of open");
    }
}
