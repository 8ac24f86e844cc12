package dev.samebits.onnx.network;

import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The terms of a sum or the factors of a product, in whatever order and however nested a file has them: addition and
 * multiplication are commutative, and regrouping changes the rounding only. A power with exponent 2 or 3 is that many
 * factors.
 *
 * @param name Add or Mul
 * @param terms what the terms are; few, since every order is tried, and x last, which would match any of them
 */
record Terms(String name, List<Pattern> terms) implements Pattern.Rooted {
    @Override
    public boolean matches(String value, Match match) throws Refusal {
        Node node = match.graph().producer(value);
        List<String> parts = node == null ? List.of() : parts(node, match);
        if (parts.isEmpty()) {
            return false;
        }
        match.enter(node);
        if (!search(parts, match)) {
            return false;
        }
        match.leave();
        return true;
    }

    /** The operands of a node of this operator; none if it is another one, or cannot be read. */
    private List<String> parts(Node node, Match match) throws Refusal {
        if (match.graph().problem(node) != null) {
            return List.of();
        }
        if (node.operator().equals(name) && node.inputs().size() == 2) {
            return node.inputs();
        }
        if (name.equals("Mul") && node.operator().equals("Pow") && node.inputs().size() == 2) {
            Tensor exponent = match.graph().constant(node.input(1));
            if (exponent != null && exponent.elements() == 1) {
                double power = exponent.isReal() ? exponent.scalar()
                        : exponent.type().isInteger() ? exponent.longs()[0] : 0;
                return power == 2 ? List.of(node.input(0), node.input(0))
                        : power == 3 ? List.of(node.input(0), node.input(0), node.input(0)) : List.of();
            }
        }
        return List.of();
    }

    private boolean search(List<String> parts, Match match) throws Refusal {
        if (parts.size() == terms.size()) {
            return assign(0, new ArrayList<>(parts), match);
        }
        for (int i = 0; i < parts.size(); i++) {
            Node inner = match.graph().producer(parts.get(i));
            List<String> split = inner == null ? List.of() : parts(inner, match);
            if (split.isEmpty() || parts.size() - 1 + split.size() > terms.size()) {
                continue;
            }
            List<String> more = new ArrayList<>(parts);
            more.remove(i);
            more.addAll(i, split);
            if (search(more, match)) {
                return true;
            }
        }
        return false;
    }

    private boolean assign(int term, List<String> left, Match match) throws Refusal {
        if (term == terms.size()) {
            return true;
        }
        for (int i = 0; i < left.size(); i++) {
            Match.State state = match.state();
            String part = left.remove(i);
            if (terms.get(term).matches(part, match)) {
                match.found();
                if (assign(term + 1, left, match)) {
                    return true;
                }
            }
            left.add(i, part);
            match.reset(state);
        }
        return false;
    }
}
