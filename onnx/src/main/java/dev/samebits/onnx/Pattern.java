package dev.samebits.onnx;

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
     */
    boolean matches(String value, Match match);

    /** The value that the formula is applied to; the same one wherever it stands. */
    static Pattern x() {
        return (value, match) -> match.bindX(value);
    }

    /** A float constant of one element, kept under a key. */
    static Pattern scalar(String key) {
        return (value, match) -> {
            Tensor constant = match.graph().constant(value);
            if (constant == null || !constant.isScalar()) {
                return match.miss(() -> describe(value) + " is not a constant of one float (" + key + ")");
            }
            return match.bind(key, constant);
        };
    }

    /** A float constant of one element and exactly this value. */
    static Pattern exactly(String key, float expected) {
        Pattern scalar = scalar(key);
        return (value, match) -> {
            if (!scalar.matches(value, match)) {
                return false;
            }
            float found = match.scalar(key);
            return Float.compare(found, expected) == 0
                    || match.miss(() -> describe(value) + " is " + found + ", and only " + expected + " makes it " + key);
        };
    }

    /** A float constant of one element, or an absent input. */
    static Pattern optionalScalar(String key) {
        Pattern scalar = scalar(key);
        return (value, match) -> value.isEmpty() || scalar.matches(value, match);
    }

    /** Any constant, kept under a key; the rule looks at its type and shape. */
    static Pattern constant(String key) {
        return (value, match) -> {
            Tensor constant = match.graph().constant(value);
            return constant == null
                    ? match.miss(() -> describe(value) + " is not a constant (" + key + ")")
                    : match.bind(key, constant);
        };
    }

    /** An operator with one output, these inputs in this order, and no attributes. */
    static Operator operator(String name, Pattern... inputs) {
        return new Operator(name, List.of(inputs), Set.of());
    }

    private static String describe(String value) {
        return value.isEmpty() ? "an input that is absent" : "its input " + OnnxFormatException.quote(value);
    }

    /**
     * An operator.
     *
     * @param attributes the attributes it may have; what they may be is up to the rule
     */
    record Operator(String name, List<Pattern> inputs, Set<String> attributes) implements Pattern {
        /** The same, with attributes. */
        Operator attributes(String... names) {
            return new Operator(name, inputs, Set.of(names));
        }

        @Override
        public boolean matches(String value, Match match) {
            Node node = match.graph().producer(value);
            if (node == null || !node.operator().equals(name)) {
                return match.miss(() -> describe(value) + " is not given by " + name);
            }
            match.enter(node);
            if (node.outputs().size() != 1 || node.inputs().size() > inputs.size()) {
                return match.miss(() -> "it has " + node.inputs().size() + " inputs and " + node.outputs().size()
                        + " outputs instead of at most " + inputs.size() + " and 1");
            }
            String unknown = node.attributeBeyond(attributes);
            if (unknown != null) {
                return match.miss(() -> "its attribute " + OnnxFormatException.quote(unknown) + " is not known here");
            }
            for (int i = 0; i < inputs.size(); i++) {
                // Inputs that are absent at the end are left out.
                if (!inputs.get(i).matches(i < node.inputs().size() ? node.inputs().get(i) : "", match)) {
                    return false;
                }
            }
            match.leave();
            return true;
        }
    }
}
