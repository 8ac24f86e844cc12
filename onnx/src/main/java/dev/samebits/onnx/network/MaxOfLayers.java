package dev.samebits.onnx.network;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Maxout as the Max of several affine pieces of one x: finds that x behind each of them. */
record MaxOfLayers() implements Pattern.Rooted {
    /** The one rule. */
    static final Rule RULE = Rule.rule(new MaxOfLayers(), MaxOfLayers::meaning);

    @Override
    public String name() {
        return "Max";
    }

    @Override
    public boolean matches(String value, Match match) {
        Node max = match.root();
        if (match.graph().problem(max) != null || max.inputs().size() < 2) {
            return false;
        }
        for (String piece : max.inputs()) {
            String x = input(match.graph(), piece);
            if (x == null || !match.bindX(x)) {
                return false;
            }
        }
        return true;
    }

    /** What the Gemm or MatMul takes that gives this value, with or without a bias added behind it; or null. */
    private static String input(Graph graph, String value) {
        Node node = graph.producer(value);
        boolean bias = node != null && node.operator().equals("Add");
        Node product = bias ? graph.producer(data(graph, node)) : node;
        boolean known = product != null && (product.operator().equals("Gemm") || product.operator().equals("MatMul"));
        return known ? data(graph, product) : null;
    }

    private static String data(Graph graph, Node node) {
        return graph.constant(node.input(0)) == null ? node.input(0) : node.input(1);
    }

    private static List<Step> meaning(Match match) throws Refusal {
        List<Step.Affine> pieces = new ArrayList<>();
        for (String value : match.root().inputs()) {
            Taken last = Taken.first(match.graph(), value, List.of(AffineRules.RULES, ScalingRules.RULES),
                    new ArrayList<>());
            if (last == null) {
                return null;
            }
            List<Step> steps = new ArrayList<>(last.steps());
            if (!(steps.get(0) instanceof Step.Affine)) {
                Taken product = Taken.first(match.graph(), last.x(), List.of(AffineRules.RULES), new ArrayList<>());
                if (product == null) {
                    return null;
                }
                steps.addAll(0, product.steps());
            }
            pieces.add(Folding.fold(steps));
        }
        Step.Affine first = pieces.get(0);
        long elements = (long) first.weights().length * pieces.size();
        match.graph().layers().take(Float.BYTES * (elements + (long) first.rows() * pieces.size()));
        if (elements > Limits.ELEMENTS) {
            throw match.root().refused("its pieces together are larger than a Java array");
        }
        float[] weights = new float[(int) elements];
        float[] bias = new float[first.rows() * pieces.size()];
        for (int k = 0; k < pieces.size(); k++) {
            Step.Affine piece = pieces.get(k);
            if (piece.rows() != first.rows() || piece.inputs() != first.inputs()) {
                throw match.root().refused("its pieces differ in shape");
            }
            System.arraycopy(piece.weights(), 0, weights, k * first.weights().length, first.weights().length);
            System.arraycopy(piece.bias(), 0, bias, k * first.rows(), first.rows());
        }
        return List.of(new Step.Affine(bias.length, first.inputs(), weights, bias),
                new Step.Maxout(1, pieces.size(), first.rows(), match.root()));
    }
}
