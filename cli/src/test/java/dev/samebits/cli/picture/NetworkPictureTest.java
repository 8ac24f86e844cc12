package dev.samebits.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.GraphBuilder;
import dev.samebits.Network;
import dev.samebits.NetworkBuilder;
import dev.samebits.Value;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is drawn: every step and part once, apart from each other, with lines that begin and end at their boxes. */
class NetworkPictureTest {
    private static Network branches() {
        GraphBuilder g = Network.graph();
        Value ids = g.input("ids <&>", 3);
        Value x = g.input("numbers", 12);
        Value entries = ids.columns(0, 1).embedding(1000, 8).concat(ids.columns(1, 2).embedding(50, 4), x);
        Value h = entries.dense(16, Activation.leakyRelu(0.125f)).layerNorm().dense(16, Activation.GELU);
        Value r = h.dense(16, Activation.IDENTITY).add(h).subtract(h.rmsNorm()).activate(Activation.RELU).maxout(4, 3);
        g.output("policy", r.softmax()).output("length", r.l2Norm().dot(r)).output("x", x).output("sum", r.sum(2));
        return g.build(1);
    }

    @Test
    void everythingIsThereAndApart() throws Exception {
        Network network = branches();
        Document svg = parsed(NetworkPicture.svg(network, "<a & \"b\">.onnx"));
        assertThat(texts(svg)).contains("<a & \"b\">.onnx", "ids <&>", "3 columns of ids", "numbers", "12 columns",
                "policy", "1,000 × 8", "8,000 weights", "dense leaky-relu:0.125", "28 → 16", "464 weights", "layer norm",
                "ε = 1.0E-5", "maxout of 3", "dot", "softmax", "relu", "subtract", "of columns → 2",
                "15 → 19, 18 steps, 9,460 weights");
        for (int step = 1; step <= network.steps().size(); step++) {
            assertThat(texts(svg)).as("the number of a step").contains(String.valueOf(step));
        }
        apart(network);
    }

    /** A chain of 40 layers, which is folded. */
    @Test
    void aLongChainIsFolded() {
        NetworkBuilder builder = Network.builder(16);
        IntStream.range(0, 40).forEach(i -> builder.dense(10 + i % 7, Activation.TANH));
        Network network = builder.build(1);
        apart(network);
        Arrangement arrangement = new Arrangement(Diagram.of(network));
        assertThat(arrangement.height()).isLessThan(1.5 * arrangement.width());
    }

    private static void apart(Network network) {
        Diagram diagram = Diagram.of(network);
        Arrangement arrangement = new Arrangement(diagram);
        List<Rectangle2D> boxes = new ArrayList<>();
        for (int b = 0; b < diagram.boxes().size(); b++) {
            double[] p = arrangement.place(b);
            Rectangle2D box = new Rectangle2D.Double(p[0], p[1], p[2], p[3]);
            assertThat(boxes).as("box %d", b).noneMatch(box::intersects);
            assertThat(box.getWidth()).as("text fits in").isGreaterThanOrEqualTo(diagram.boxes().get(b).width());
            boxes.add(box);
        }
        for (int l = 0; l < diagram.lines().size(); l++) {
            double[] c = arrangement.corners(l);
            Diagram.Line line = diagram.lines().get(l);
            Rectangle2D from = boxes.get(line.from());
            Rectangle2D to = boxes.get(line.to());
            assertThat(c[1]).as("line %d leaves its box below", l).isEqualTo(from.getMaxY());
            assertThat(c[c.length - 1]).as("line %d comes from above", l).isEqualTo(to.getY());
            assertThat(c[0]).isBetween(from.getX(), from.getMaxX());
            assertThat(c[c.length - 2]).isBetween(to.getX(), to.getMaxX());
        }
    }

    /** The operands of what is not the same the other way round stand in their order. */
    @Test
    void operandsStandInTheirOrder() {
        Diagram diagram = Diagram.of(branches());
        Arrangement arrangement = new Arrangement(diagram);
        for (int b = 0; b < diagram.boxes().size(); b++) {
            double before = -1;
            for (int l = 0; l < diagram.lines().size() && diagram.boxes().get(b).ordered(); l++) {
                if (diagram.lines().get(l).to() == b) {
                    double[] c = arrangement.corners(l);
                    assertThat(c[c.length - 2]).as("box %d", b).isGreaterThan(before);
                    before = c[c.length - 2];
                }
            }
        }
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document svg) {
        NodeList nodes = svg.getElementsByTagName("text");
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> ((Element) nodes.item(i)).getTextContent()).toList();
    }
}
