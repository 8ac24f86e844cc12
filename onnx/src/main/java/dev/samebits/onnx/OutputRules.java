package dev.samebits.onnx;

import static dev.samebits.onnx.Pattern.operator;
import static dev.samebits.onnx.Pattern.x;
import static dev.samebits.onnx.Rule.rule;

import dev.samebits.Output;
import java.util.List;

/** What may stand behind the last layer. */
final class OutputRules {
    static final List<Rule<Output>> RULES = List.of(
            rule(operator("Softmax", x()).attributes("axis"), match -> alongRows(match, Output.SOFTMAX)),
            rule(operator("LogSoftmax", x()).attributes("axis"), match -> alongRows(match, Output.LOG_SOFTMAX)));

    private OutputRules() {}

    private static Output alongRows(Match match, Output output) throws OnnxFormatException {
        long axis = match.root().intAttribute("axis", -1);
        if (axis != -1 && axis != 1) {
            throw match.root().refused("axis=" + axis + " is not along the row: only -1 and 1 are read");
        }
        return output;
    }
}
