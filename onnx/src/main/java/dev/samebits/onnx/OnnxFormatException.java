package dev.samebits.onnx;

import dev.samebits.onnx.limits.Refusal;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is not an ONNX model Samebits can take, or a network an ONNX file cannot hold. The message is one line: where
 * (file, node, field or byte), what is wrong, and what to do about it. Nothing was read or written then.
 *
 * @since 0.1.0
 */
public final class OnnxFormatException extends IOException {
    private static final long serialVersionUID = 1;

    OnnxFormatException(Refusal refusal) {
        super(refusal.getMessage(), refusal);
    }

    /** With the name of the file in front. */
    OnnxFormatException(Path file, Refusal refusal) {
        super(Refusal.oneLine(file.toString(), Integer.MAX_VALUE) + ": " + refusal.getMessage(), refusal);
    }
}
