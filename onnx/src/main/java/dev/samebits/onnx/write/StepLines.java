package dev.samebits.onnx.write;

import dev.samebits.Activation;
import dev.samebits.Combination;
import dev.samebits.GraphBuilder;
import dev.samebits.Layer;
import dev.samebits.LayerSpec;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.Section;
import dev.samebits.Step;
import dev.samebits.Table;
import dev.samebits.Value;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The structure of a network in lines, one for each input, step and output: {@code input 13 numbers}, {@code dense relu 0},
 * {@code output 4 value}. Values have numbers, as {@link Step} counts. Floats are hexadecimal, which is the same text in
 * every version of Java. What is long, weights and tables, stands in the file's constants.
 */
final class StepLines {
    /** The constants that hold the parameters of a step. */
    interface Parameters {
        /** @throws Refusal if a step of this number has no such constant */
        Tensor of(int step, String name) throws Refusal;
    }

    private StepLines() {}

    static List<String> of(Network network) {
        List<String> lines = new ArrayList<>();
        for (Section input : network.inputSections()) {
            lines.add("input " + input.width() + " " + input.name());
        }
        for (Step step : network.steps()) {
            lines.add(text(step.operation()) + step.operands().stream().map(o -> " " + o).collect(Collectors.joining()));
        }
        for (int o = 0; o < network.outputSections().size(); o++) {
            lines.add("output " + network.outputValues().get(o) + " " + network.outputSections().get(o).name());
        }
        return lines;
    }

    // Its label, and what it has besides long parameters.
    private static String text(Operation operation) {
        String label = operation.label();
        if (operation instanceof Operation.Apply apply) {
            return label + " " + (apply.layer().pieces() > 1 ? apply.layer().pieces() : text(apply.layer().activation()));
        } else if (operation instanceof Operation.Activate activate) {
            return label + " " + text(activate.activation());
        } else if (operation instanceof Operation.Columns columns) {
            return label + " " + columns.from() + " " + columns.count();
        } else if (operation instanceof Operation.LayerNorm norm) {
            return label + " " + Float.toHexString(norm.epsilon());
        } else if (operation instanceof Operation.RmsNorm norm) {
            return label + " " + Float.toHexString(norm.epsilon());
        } else if (operation instanceof Operation.L2Norm norm) {
            return label + " " + Float.toHexString(norm.epsilon());
        } else if (operation instanceof Operation.Sum summed) {
            return label + " " + summed.outputs();
        }
        return label;
    }

    private static String text(Activation activation) {
        String[] parts = activation.toString().split(":");
        for (int i = 1; i < parts.length; i++) {
            parts[i] = Float.toHexString(Float.parseFloat(parts[i]));
        }
        return String.join(":", parts);
    }

    /**
     * The network of these lines.
     *
     * @throws Refusal if a constant is not there or no float
     * @throws IllegalArgumentException if the lines are of no network
     */
    static Network read(List<String> lines, Parameters parameters) throws Refusal {
        GraphBuilder builder = Network.graph();
        List<Value> values = new ArrayList<>();
        int steps = 0;
        for (String line : lines) {
            String[] section = line.split(" ", 3);
            if (line.startsWith("input ") && section.length == 3) {
                values.add(builder.input(section[2], Integer.parseInt(section[1])));
            } else if (line.startsWith("output ") && section.length == 3) {
                builder.output(section[2], value(values, section[1]));
            } else {
                values.add(step(builder, ++steps, line.split(" "), values, parameters));
            }
        }
        return builder.build();
    }

    private static Value value(List<Value> values, String number) {
        int n = Integer.parseInt(number);
        if (n < 0 || n >= values.size()) {
            throw new IllegalArgumentException("there is no value " + number);
        }
        return values.get(n);
    }

    private static Value step(GraphBuilder builder, int number, String[] words, List<Value> values, Parameters parameters)
            throws Refusal {
        int own = switch (words[0]) {
            case "columns" -> 2;
            case "dense", "maxout", "activation", "layer-norm", "rms-norm", "l2-norm", "sum" -> 1;
            default -> 0;
        };
        if (words.length < 1 + own) {
            throw new IllegalArgumentException("a line is too short");
        }
        List<Value> operands = new ArrayList<>();
        for (String operand : Arrays.asList(words).subList(1 + own, words.length)) {
            operands.add(value(values, operand));
        }
        return builder.step(operation(words, name -> parameters.of(number, name)), operands);
    }

    private interface OfStep {
        Tensor of(String name) throws Refusal;

        default float[] floats(String name) throws Refusal {
            return of(name).floats();
        }

        default Matrix matrix(String name) throws Refusal {
            Tensor tensor = of(name);
            if (tensor.dims().size() != 2) {
                throw new IllegalArgumentException(name + " are no matrix");
            }
            return Matrix.of(Math.toIntExact(tensor.dims().get(0)), Math.toIntExact(tensor.dims().get(1)),
                    tensor.widened(name).floats());
        }
    }

    private static Operation operation(String[] words, OfStep p) throws Refusal {
        return switch (words[0]) {
            case "dense" -> layer(Activation.parse(words[1]), 1, p);
            case "maxout" -> layer(Activation.IDENTITY, Integer.parseInt(words[1]), p);
            case "activation" -> activation(Activation.parse(words[1]), p);
            case "scale-shift" -> new Operation.ScaleShift(p.floats("scale"), p.floats("shift"));
            case "center-scale" -> new Operation.CenterScale(p.floats("center"), p.floats("scale"));
            case "concat" -> new Operation.Concat();
            case "columns" -> new Operation.Columns(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "layer-norm" -> new Operation.LayerNorm(Float.parseFloat(words[1]), p.floats("gain"), p.floats("shift"));
            case "rms-norm" -> new Operation.RmsNorm(Float.parseFloat(words[1]), p.floats("gain"));
            case "l2-norm" -> new Operation.L2Norm(Float.parseFloat(words[1]));
            case "embedding" -> new Operation.Embed(Table.of(p.matrix("table")));
            case "dot" -> new Operation.Dot();
            case "sum" -> new Operation.Sum(Integer.parseInt(words[1]));
            case "softmax", "log-softmax" -> new Operation.Softmax(
                    words[0].equals("softmax") ? Output.SOFTMAX : Output.LOG_SOFTMAX);
            default -> new Operation.Combine(combination(words[0]));
        };
    }

    private static Combination combination(String label) {
        return Arrays.stream(Combination.values()).filter(c -> c.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no operation " + label));
    }

    private static Operation layer(Activation activation, int pieces, OfStep p) throws Refusal {
        Matrix weights = p.matrix("weights");
        if (pieces < 1 || weights.rows() % pieces != 0) {
            throw new IllegalArgumentException("weights of " + weights.rows() + " rows are not of " + pieces + " pieces");
        }
        LayerSpec spec = new LayerSpec(weights.columns(), weights.rows() / pieces, pieces, activation);
        return new Operation.Apply(Layer.of(spec, weights, p.floats("bias"),
                spec.isPrelu() ? p.floats("slopes") : new float[0]));
    }

    private static Operation activation(Activation activation, OfStep p) throws Refusal {
        boolean prelu = activation.kind() == Activation.Kind.PRELU;
        return new Operation.Activate(activation, prelu ? p.floats("slopes") : new float[0]);
    }
}
