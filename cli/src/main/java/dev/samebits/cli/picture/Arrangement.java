package dev.samebits.cli.picture;

import dev.samebits.cli.picture.Diagram.Line;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.WrappingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeLabelPlacement;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Where the boxes and lines of a diagram are: in layers from top to bottom, long chains in columns side by side. */
final class Arrangement {
    /** From here on a chain is folded. */
    private static final int LONG = 9;

    static {
        // It does not know the types of its own options before.
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    private final Diagram diagram;
    private final ElkNode graph = ElkGraphUtil.createGraph();
    private final List<ElkNode> nodes = new ArrayList<>();
    private final List<ElkEdge> edges = new ArrayList<>();

    Arrangement(Diagram diagram) {
        this.diagram = diagram;
        graph.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        graph.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, 34.0);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 40.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, 18.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 14.0);
        graph.setProperty(LayeredOptions.SPACING_PORT_PORT, 30.0);
        graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
        if (isLongChain()) {
            graph.setProperty(LayeredOptions.WRAPPING_STRATEGY, WrappingStrategy.SINGLE_EDGE);
            graph.setProperty(LayeredOptions.ASPECT_RATIO, 1.5);
            graph.setProperty(LayeredOptions.WRAPPING_ADDITIONAL_EDGE_SPACING, 20.0);
        }
        diagram.boxes().forEach(this::node);
        diagram.lines().forEach(this::edge);
        new LayeredLayoutProvider().layout(graph, new BasicProgressMonitor());
    }

    private boolean isLongChain() {
        List<Line> lines = diagram.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).from() != i || lines.get(i).to() != i + 1) {
                return false;
            }
        }
        return lines.size() >= LONG;
    }

    private void node(Box box) {
        ElkNode node = ElkGraphUtil.createNode(graph);
        node.setDimensions(box.width(), box.height());
        node.setProperty(CoreOptions.NODE_SIZE_CONSTRAINTS, EnumSet.noneOf(SizeConstraint.class));
        if (box.kind() == Box.Kind.ROW) {
            boolean first = nodes.isEmpty();
            node.setProperty(CoreOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS);
            if (!isLongChain()) {
                node.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT,
                        first ? LayerConstraint.FIRST : LayerConstraint.LAST);
            }
            for (int part = 0; part < box.texts().size(); part++) {
                port(node, first ? PortSide.SOUTH : PortSide.NORTH).setLocation(box.middle(part), first ? box.height() : 0);
            }
        } else {
            int number = nodes.size();
            node.setProperty(CoreOptions.PORT_CONSTRAINTS,
                    box.ordered() ? PortConstraints.FIXED_ORDER : PortConstraints.FIXED_SIDE);
            port(node, PortSide.SOUTH);
            long operands = diagram.lines().stream().filter(line -> line.to() == number).count();
            for (int operand = 0; operand < operands; operand++) {
                port(node, PortSide.NORTH).setProperty(CoreOptions.PORT_INDEX, operand);
            }
            // Many operands need room side by side.
            node.setWidth(Math.max(node.getWidth(), 34.0 * operands));
        }
        nodes.add(node);
    }

    private static ElkPort port(ElkNode node, PortSide side) {
        ElkPort port = ElkGraphUtil.createPort(node);
        port.setProperty(CoreOptions.PORT_SIDE, side);
        return port;
    }

    private void edge(Line line) {
        boolean toRow = diagram.boxes().get(line.to()).kind() == Box.Kind.ROW;
        ElkPort to = nodes.get(line.to()).getPorts().get(toRow ? line.toPart() : 1 + line.toPart());
        ElkEdge edge = ElkGraphUtil.createSimpleEdge(nodes.get(line.from()).getPorts().get(line.fromPart()), to);
        ElkLabel label = ElkGraphUtil.createLabel(String.valueOf(line.width()), edge);
        label.setDimensions(TextWidth.of(label.getText(), Box.SMALL, false), Box.SMALL + 2);
        label.setProperty(CoreOptions.EDGE_LABELS_PLACEMENT, EdgeLabelPlacement.HEAD);
        edges.add(edge);
    }

    double width() {
        return graph.getWidth();
    }

    double height() {
        return graph.getHeight();
    }

    /** Left, top, width and height of a box. */
    double[] place(int box) {
        ElkNode node = nodes.get(box);
        return new double[] {node.getX(), node.getY(), node.getWidth(), node.getHeight()};
    }

    /** The corners of a line, x and y in turn, from its beginning to its end. */
    double[] corners(int line) {
        ElkEdgeSection section = edges.get(line).getSections().get(0);
        List<Double> corners = new ArrayList<>(List.of(section.getStartX(), section.getStartY()));
        section.getBendPoints().forEach(bend -> corners.addAll(List.of(bend.getX(), bend.getY())));
        corners.addAll(List.of(section.getEndX(), section.getEndY()));
        return corners.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The text at a line, its left and its top. */
    double[] label(int line) {
        ElkLabel label = edges.get(line).getLabels().get(0);
        return new double[] {label.getX(), label.getY()};
    }
}
