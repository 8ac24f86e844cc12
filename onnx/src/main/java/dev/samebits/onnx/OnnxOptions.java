package dev.samebits.onnx;

import java.util.Optional;

/**
 * How a file is read. Immutable.
 *
 * @param output the name of the output that the network gives, as the file has it: {@link OnnxModel#outputs} lists them.
 *     Without one they are the outputs that inference means: computed from an input, not constant and not drawn at random;
 *     values before the class picked from them, and probabilities before the logits that they are made of
 * @since 0.1.0
 */
public record OnnxOptions(Optional<String> output) {
    /** {@return options that leave the choice of an output to the file} */
    public static OnnxOptions defaults() {
        return new OnnxOptions(Optional.empty());
    }

    /**
     * Options for an output.
     *
     * @param name of the output that is wanted
     * @return options for it
     */
    public static OnnxOptions ofOutput(String name) {
        return new OnnxOptions(Optional.of(name));
    }
}
