package dev.samebits.cli.inspect;

import dev.samebits.IdColumn;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Section;
import dev.samebits.Step;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The steps of a network with branches, a line each, and what goes into it and comes out. */
final class StepTable {
    private final Network network;

    StepTable(Network network) {
        this.network = network;
    }

    Table table() {
        Table table = new Table("step", "operation", "of", "width", "type", "parameters", "FLOP/row");
        List<Step> steps = network.steps();
        for (int s = 0; s < steps.size(); s++) {
            Step step = steps.get(s);
            Layer layer = step.operation() instanceof Operation.Apply apply ? apply.layer() : null;
            table.row(String.valueOf(s + 1), step.operation().toString(),
                    step.operands().stream().map(this::name).collect(Collectors.joining(", ")), grouped(step.width()),
                    layer == null ? "" : layer.hasBfloat16Weights() ? "bf16" : "float",
                    step.operation().parameters() == 0 ? "" : grouped(step.operation().parameters()),
                    layer == null ? "" : grouped(layer.spec().flops()));
        }
        return table;
    }

    // An input by its name, a step by its number.
    private String name(int value) {
        List<Section> inputs = network.inputSections();
        return value < inputs.size() ? shown(inputs.get(value).name()) : String.valueOf(value - inputs.size() + 1);
    }

    private static String shown(String name) {
        return Problem.oneLine(Problem.shortened(name));
    }

    /** The inputs with their widths, and the ids that they take, as in {@code user 2 (ids below 1000, 50), item 4}. */
    String inputs() {
        return network.inputSections().stream().map(section -> shown(section.name()) + " " + section.width() + ids(section))
                .collect(Collectors.joining(", "));
    }

    private String ids(Section section) {
        List<String> ends = network.idColumns().stream().filter(ids -> ids.input().equals(section.name()))
                .map(IdColumn::entries).map(StepTable::grouped).distinct().toList();
        return ends.isEmpty() ? "" : " (ids below " + String.join(" and ", ends) + ")";
    }

    /** The outputs with their widths and the steps that make them, as in {@code score 1 by step 12}. */
    String outputs() {
        List<Section> outputs = network.outputSections();
        StringBuilder text = new StringBuilder();
        for (int o = 0; o < outputs.size(); o++) {
            int value = network.outputValues().get(o);
            text.append(o == 0 ? "" : ", ").append(shown(outputs.get(o).name())).append(' ').append(outputs.get(o).width())
                    .append(value < network.inputSections().size() ? ", the input " : " by step ").append(name(value));
        }
        return text.toString();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
