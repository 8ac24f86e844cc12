package dev.samebits.onnx.write;

import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Section;
import dev.samebits.Step;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a network's inputs and outputs are called in a file, and which inputs are ids. A section keeps its name, unless a
 * section before it has it (an input and an output may have the same), or it looks as those of values in between do: then
 * an underscore follows it.
 */
final class ValueNames {
    private static final Pattern OF_STEPS = Pattern.compile("(layer|step)\\d+\\..*|output\\d*\\..*", Pattern.DOTALL);

    private final Network network;
    private final List<String> inputs;
    private final List<String> outputs;

    /** @throws Refusal if a name is longer than is read back */
    ValueNames(Network network) throws Refusal {
        this.network = network;
        Set<String> taken = new HashSet<>();
        this.inputs = names("input", network.inputSections(), taken);
        this.outputs = names("output", network.outputSections(), taken);
    }

    private static List<String> names(String what, List<Section> sections, Set<String> taken) throws Refusal {
        List<String> names = new ArrayList<>();
        for (Section section : sections) {
            String name = OF_STEPS.matcher(section.name()).matches() ? section.name() + "_" : section.name();
            while (!taken.add(name)) {
                name += "_";
            }
            int bytes = name.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > Limits.NAME_BYTES) {
                throw new Refusal("network", "the name of an " + what + " takes " + bytes + " bytes, and "
                        + Limits.NAME_BYTES + " are read back: give it a shorter one with Network.withSections");
            }
            names.add(name);
        }
        return names;
    }

    /** The names of the inputs, in their order. */
    List<String> inputs() {
        return inputs;
    }

    /** The names of the outputs, in their order. */
    List<String> outputs() {
        return outputs;
    }

    /**
     * Which values hold ids and nothing else, numbered as {@link Step} counts: inputs, and columns of them, that go into
     * embeddings alone.
     */
    boolean[] ids() {
        int count = network.inputSections().size();
        List<Step> steps = network.steps();
        boolean[] used = new boolean[count + steps.size()];
        boolean[] ids = new boolean[used.length];
        Arrays.fill(ids, true);
        network.outputValues().forEach(value -> ids[value] = false);
        // From the end: what a value is used for is known before the value is asked.
        for (int s = steps.size() - 1; s >= 0; s--) {
            Operation operation = steps.get(s).operation();
            boolean isColumns = operation instanceof Operation.Columns;
            for (int operand : steps.get(s).operands()) {
                used[operand] = true;
                ids[operand] &= operation instanceof Operation.Embed || isColumns && ids[count + s] && used[count + s];
            }
        }
        for (int value = 0; value < ids.length; value++) {
            // Columns are of the type that their input has, whatever else is done with that.
            ids[value] &= used[value] && (value < count || ids[steps.get(value - count).operands().get(0)]
                    && steps.get(value - count).operation() instanceof Operation.Columns);
        }
        return ids;
    }
}
