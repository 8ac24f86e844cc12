package dev.samebits.cli.picture;

import dev.samebits.Combination;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Section;
import dev.samebits.Step;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.picture.Box.Kind;
import dev.samebits.cli.picture.Box.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The boxes of a network and the lines between them: first the row that goes in, then the steps, then the row that comes
 * out.
 *
 * @param boxes what stands there
 * @param lines from box to box
 */
record Diagram(List<Box> boxes, List<Line> lines) {
    private static final Set<Combination> ORDERED =
            EnumSet.of(Combination.SUBTRACT, Combination.LESS, Combination.LESS_OR_EQUAL, Combination.KEEP);

    /**
     * A value on its way.
     *
     * @param from box that makes it
     * @param fromPart its part, of a row
     * @param to box that takes it
     * @param toPart which part of a row, or operand of a step, it is
     * @param width numbers of a row of it
     */
    record Line(int from, int fromPart, int to, int toPart, int width) {}

    static Diagram of(Network network) {
        List<Section> inputs = network.inputSections();
        List<Box> boxes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        boxes.add(new Box(Kind.ROW, inputs.stream().map(section -> text(section, ids(network, section))).toList(), 0,
                true));
        for (Step step : network.steps()) {
            int number = boxes.size();
            for (int operand = 0; operand < step.operands().size(); operand++) {
                lines.add(line(network, step.operands().get(operand), number, operand));
            }
            boxes.add(box(step.operation(), number));
        }
        for (int o = 0; o < network.outputSections().size(); o++) {
            lines.add(line(network, network.outputValues().get(o), boxes.size(), o));
        }
        boxes.add(new Box(Kind.ROW, network.outputSections().stream().map(section -> text(section, "")).toList(), 0,
                true));
        return new Diagram(boxes, lines);
    }

    private static Line line(Network network, int value, int to, int toPart) {
        List<Section> inputs = network.inputSections();
        return value < inputs.size() ? new Line(0, value, to, toPart, inputs.get(value).width())
                : new Line(value - inputs.size() + 1, 0, to, toPart, network.steps().get(value - inputs.size()).width());
    }

    private static Text text(Section section, String ids) {
        return new Text(Problem.oneLine(Problem.shortened(section.name())),
                List.of((section.width() == 1 ? "1 column" : grouped(section.width()) + " columns") + ids));
    }

    private static String ids(Network network, Section section) {
        long count = network.idColumns().stream().filter(ids -> ids.input().equals(section.name())).count();
        return count == 0 ? "" : count == section.width() ? " of ids" : ", " + count + " of ids";
    }

    private static Box box(Operation operation, int number) {
        List<String> lines = new ArrayList<>();
        Kind kind = Kind.FUNCTION;
        String title = operation.label().replace('-', ' ');
        if (operation instanceof Operation.Apply apply) {
            kind = Kind.LAYER;
            Layer layer = apply.layer();
            String shown = layer.toString();
            lines.add(layer.inputs() + " → " + layer.outputs());
            title += layer.pieces() > 1 ? " of " + layer.pieces()
                    : layer.spec().isLinear() ? "" : " " + shown.substring(shown.indexOf(' ', shown.indexOf('→') + 2) + 1);
        } else if (operation instanceof Operation.Embed embed) {
            kind = Kind.TABLE;
            lines.add(grouped(embed.table().entries()) + " × " + embed.table().width());
        } else if (operation instanceof Operation.Combine || operation instanceof Operation.Dot) {
            kind = Kind.COMBINATION;
        } else if (operation instanceof Operation.Concat || operation instanceof Operation.Columns) {
            kind = Kind.MOVE;
            title = operation.toString();
        } else if (operation instanceof Operation.Activate activate) {
            title = activate.activation().toString();
        } else if (operation instanceof Operation.LayerNorm || operation instanceof Operation.RmsNorm
                || operation instanceof Operation.L2Norm) {
            kind = Kind.NORM;
            lines.add("ε = " + operation.toString().substring(operation.toString().indexOf(':') + 1));
        } else if (operation instanceof Operation.Sum summed) {
            lines.add("of columns → " + summed.outputs());
        }
        String text = operation.toString();
        if (kind == Kind.FUNCTION && lines.isEmpty() && text.startsWith(operation.label() + " ")) {
            // What has no words of its own here is told as messages tell it.
            lines.add(text.substring(operation.label().length() + 1));
        }
        if (operation.parameters() > 0) {
            lines.add(grouped(operation.parameters()) + (operation.parameters() == 1 ? " weight" : " weights"));
        }
        boolean ordered = operation instanceof Operation.Concat
                || operation instanceof Operation.Combine combine && ORDERED.contains(combine.combination());
        return new Box(kind, List.of(new Text(title, lines)), number, ordered);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
