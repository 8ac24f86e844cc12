package dev.samebits;

import java.util.HashSet;
import java.util.List;

/**
 * What people call the numbers that go into a network and come out of it: {@link Network#names}. They change no result, and
 * are not in the fingerprint; ONNX files keep them, in metadata that other runtimes ignore. Each list is empty where there
 * are no such names. Immutable.
 *
 * @param inputs the names of the input columns, in the order of the network's inputs, all different
 * @param outputs the names of the values that the network gives, in their order: the target columns of a regression
 * @param labels the names of the classes, in the order of the network's outputs: any text, numbers as text. A network with
 *     one output has two classes, the second of which is the one that the output speaks for
 * @since 0.1.0
 */
public record Names(List<String> inputs, List<String> outputs, List<String> labels) {
    /** No names at all. */
    public static final Names NONE = new Names(List.of(), List.of(), List.of());

    /**
     * The lists are copied.
     *
     * @param inputs the names of the input columns
     * @param outputs the names of the values that the network gives
     * @param labels the names of the classes
     */
    public Names {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        labels = List.copyOf(labels);
    }

    /**
     * These names with the classes called otherwise.
     *
     * @param classes their names, in the order of the outputs
     * @return names with these labels
     */
    public Names withLabels(List<String> classes) {
        return new Names(inputs, outputs, classes);
    }

    /** @throws IllegalArgumentException naming the list that does not fit */
    void check(Network network) {
        check("inputs", inputs, network.inputs(), network.inputs());
        check("outputs", outputs, network.outputs(), network.outputs());
        check("classes", labels, network.outputs(), network.outputs() == 1 ? 2 : network.outputs());
        if (new HashSet<>(inputs).size() < inputs.size()) {
            throw new IllegalArgumentException("two of the " + inputs.size() + " inputs have the same name");
        }
    }

    private static void check(String what, List<String> names, int columns, int expected) {
        if (!names.isEmpty() && names.size() != expected) {
            throw new IllegalArgumentException(names.size() + " names of " + what + " for a network with " + columns
                    + (what.equals("inputs") ? " inputs" : " outputs"));
        }
    }
}
