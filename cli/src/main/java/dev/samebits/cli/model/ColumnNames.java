package dev.samebits.cli.model;

import dev.samebits.Network;
import dev.samebits.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What the columns of a model's rows are called: by its own names of columns, else by its inputs and outputs:
 * {@code user_1}, {@code user_2}, or {@code age} where an input has one column. A chain whose input and output have the
 * usual names has none.
 */
public final class ColumnNames {
    private ColumnNames() {}

    /** The names of the input columns, in the order of the row; none if there are none, or two would be the same. */
    public static List<String> inputs(Network network) {
        return !network.names().inputs().isEmpty() ? network.names().inputs() : ofSections(network.inputSections(), "input");
    }

    /** The names of the values that the model gives, in their order; none if there are none, or two would be the same. */
    public static List<String> outputs(Network network) {
        return !network.names().outputs().isEmpty() ? network.names().outputs()
                : ofSections(network.outputSections(), "output");
    }

    // A name that says nothing but what it is is none.
    private static List<String> ofSections(List<Section> sections, String usual) {
        List<String> names = new ArrayList<>();
        if (sections.size() == 1 && sections.get(0).name().equals(usual)) {
            return names;
        }
        for (Section section : sections) {
            for (int column = 0; column < section.width(); column++) {
                names.add(of(section, column));
            }
        }
        return new HashSet<>(names).size() < names.size() ? List.of() : names;
    }

    /** A column of an input, counted from 0, for messages: by the model's own name, else by the input's. */
    public static String input(Network network, int position) {
        if (!network.names().inputs().isEmpty()) {
            return network.names().inputs().get(position);
        }
        Section section = network.inputSections().stream().filter(s -> position < s.from() + s.width()).findFirst()
                .orElseThrow();
        return of(section, position - section.from());
    }

    private static String of(Section section, int column) {
        return section.width() == 1 ? section.name() : section.name() + "_" + (column + 1);
    }
}
