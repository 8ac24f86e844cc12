package dev.samebits.cli.model;

import dev.samebits.onnx.OnnxOptions;
import java.util.Optional;
import picocli.CommandLine.Option;

/** On what a model gives: the option {@code --output-name}. */
public final class OutputOption {
    @Option(
            names = "--output-name",
            paramLabel = "NAME",
            description = "Which of the model's outputs is wanted, where its file has several. Default: all that are "
                    + "computed, not constant and not drawn at random; probabilities before classes.")
    private String name;

    /** The option as it is when it is not given. */
    public OutputOption() {}

    /** The option with this value, or null. */
    public OutputOption(String name) {
        this.name = name;
    }

    /** Its value, or null. */
    public String name() {
        return name;
    }

    OnnxOptions reading() {
        return new OnnxOptions(Optional.ofNullable(name));
    }
}
