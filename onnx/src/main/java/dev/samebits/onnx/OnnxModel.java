package dev.samebits.onnx;

import dev.samebits.Network;
import java.util.List;

/**
 * A network and what its file says beside it. Immutable.
 *
 * @param network what the file computes, row by row: probabilities, for a classifier that ends in them
 * @param input the name of its input in the file
 * @param output the name of the output that the network gives
 * @param labels the names of the classes, in the order of the network's outputs, as they stand in the tail of a scikit-learn
 *     classifier; numbers as text; empty if the file has none
 * @param producer the exporter and its version, on one line; may be empty
 * @param opset the version of ONNX's operators that the file asks for
 * @param notes what a user should know about how the file was read, one line each: weights that were rounded, operators that
 *     were folded into a layer or left out. Empty if the network is the file's operators and nothing else
 */
public record OnnxModel(Network network, String input, String output, List<String> labels, String producer, long opset,
        List<String> notes) {
    public OnnxModel {
        labels = List.copyOf(labels);
        notes = List.copyOf(notes);
    }
}
