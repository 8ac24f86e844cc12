package dev.samebits.onnx.network;

import dev.samebits.onnx.graph.LinearOperators;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.List;
import java.util.Set;

/**
 * A formula to look for in a graph, from its last operator backwards: a tree of operators whose leaves are constants and the
 * one value x that the formula is applied to. Whatever matches is that formula of x by construction, so the matcher needs no
 * other check to be right. Immutable.
 */
interface Pattern {
    /**
     * Matches this formula against what gives a value.
     *
     * @param value the value's name; empty for an input that is absent
     * @param match takes what was found, and where it failed
     * @throws Refusal if a constant cannot be decoded
     */
    boolean matches(String value, Match match) throws Refusal;

    /** The value that the formula is applied to; the same one wherever it stands. */
    static Pattern x() {
        return (value, match) -> match.bindX(value);
    }

    /** A constant of one number, kept under a key. */
    static Pattern scalar(String key) {
        return (value, match) -> {
            Tensor constant = match.graph().constant(value);
            return constant != null && constant.isScalar() && match.bind(key, constant);
        };
    }

    /** A constant of one number that is the nearest of its type to this one. */
    static Pattern exactly(String key, float expected) {
        Pattern scalar = scalar(key);
        return (value, match) -> {
            if (!scalar.matches(value, match)) {
                return false;
            }
            if (match.constant(key).isNearest(expected)) {
                return true;
            }
            float found = match.scalar(key);
            return match.miss(() -> describe(value) + " is " + found + ", and only " + expected + " makes it " + key
                    + ": export the model with that");
        };
    }

    /** A constant of one number, or an absent input. */
    static Pattern optionalScalar(String key) {
        Pattern scalar = scalar(key);
        return (value, match) -> value.isEmpty() || scalar.matches(value, match);
    }

    /** Any constant, kept under a key; the rule looks at its type and shape. */
    static Pattern constant(String key) {
        return (value, match) -> {
            Tensor constant = match.graph().constant(value);
            return constant != null && match.bind(key, constant);
        };
    }

    /** Any constant, or an absent input. */
    static Pattern optionalConstant(String key) {
        Pattern constant = constant(key);
        return (value, match) -> value.isEmpty() || constant.matches(value, match);
    }

    /** The first of these that matches. */
    static Pattern either(Pattern... choices) {
        List<Pattern> all = List.of(choices);
        return (value, match) -> {
            for (Pattern each : all) {
                Match.State state = match.state();
                if (each.matches(value, match)) {
                    return true;
                }
                match.reset(state);
            }
            return false;
        };
    }

    /** An operator with these inputs in this order, and no attributes. */
    static Operator operator(String name, Pattern... inputs) {
        return new Operator(name, List.of(inputs), Set.of(), 0, Long.MAX_VALUE);
    }

    /** The product of these, in any order and however nested. */
    static Terms product(Pattern... factors) {
        return new Terms("Mul", List.of(factors));
    }

    /** The sum of these, in any order and however nested. */
    static Terms sum(Pattern... terms) {
        return new Terms("Add", List.of(terms));
    }

    /** How messages call an input. */
    static String describe(String value) {
        return value.isEmpty() ? "an input that is absent" : "its input " + Refusal.quote(value);
    }

    /** A pattern that begins with an operator. */
    interface Rooted extends Pattern {
        /** The type of the last operator. */
        String name();
    }

    /**
     * An operator.
     *
     * @param attributes the attributes it may have; what they may be is up to the rule
     * @param since the first opset in which it has this form
     * @param until the last
     */
    record Operator(String name, List<Pattern> inputs, Set<String> attributes, long since, long until) implements Rooted {
        private static final Set<String> MORE_OUTPUTS = Set.of("BatchNormalization", LinearOperators.CLASSIFIER);

        /** The same, with attributes. */
        Operator attributes(String... names) {
            return new Operator(name, inputs, Set.of(names), since, until);
        }

        /** The same, from this opset on. */
        Operator since(long opset) {
            return new Operator(name, inputs, attributes, opset, until);
        }

        /** The same, up to this opset. */
        Operator until(long opset) {
            return new Operator(name, inputs, attributes, since, opset);
        }

        @Override
        public boolean matches(String value, Match match) throws Refusal {
            Node node = match.graph().producer(value);
            if (node == null || !node.operator().equals(name)) {
                return false;
            }
            match.enter(node);
            if (!fits(node, value, match)) {
                return false;
            }
            for (int i = 0; i < inputs.size(); i++) {
                // Inputs that are absent at the end are left out.
                if (!inputs.get(i).matches(node.input(i), match)) {
                    return false;
                }
            }
            match.leave();
            return true;
        }

        private boolean fits(Node node, String value, Match match) {
            String problem = match.graph().problem(node);
            if (problem != null) {
                return match.miss(() -> problem);
            }
            if (node.opset() < since || node.opset() > until) {
                return match.miss(() -> "its form is that of " + (node.opset() < since ? "opset " + since + " or later"
                        : "opset " + until + " or earlier") + ": export the model with that one");
            }
            boolean only = node.outputs().size() == 1 || MORE_OUTPUTS.contains(name);
            if (node.inputs().size() > inputs.size() || !only) {
                return match.miss(() -> "it has " + node.inputs().size() + " inputs and " + node.outputs().size()
                        + " outputs, and it is read with at most " + inputs.size()
                        + " and 1: export the model without the others");
            }
            if (!node.outputs().get(LinearOperators.scores(node)).equals(match.graph().resolve(value))) {
                return match.miss(() -> "another of its outputs is needed than the one that is read: export the"
                        + " model without that");
            }
            String unknown = node.attributeBeyond(attributes);
            return unknown == null
                    || match.miss(() -> "its attribute " + Refusal.quote(unknown)
                            + " is not known here: export the model without it");
        }
    }
}
