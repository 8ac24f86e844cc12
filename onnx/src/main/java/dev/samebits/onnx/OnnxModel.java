package dev.samebits.onnx;

import dev.samebits.Network;
import dev.samebits.table.Preparation;
import java.util.List;
import java.util.Optional;

/**
 * A network and what its file says beside it. Immutable.
 *
 * @param network what the file computes, row by row: probabilities, for a classifier that ends in them. Its names are what
 *     the file says of columns and classes: as they were when it was written here, or the classes as they stand in the tail
 *     of a scikit-learn classifier
 * @param input the name of the input in the file that the network reads; of several the names with a comma and a blank
 *     between them
 * @param output the name of the output that the network gives; of several as those of inputs
 * @param outputs every output of the file, in its order: other runtimes give these
 * @param producer the exporter and its version, on one line; may be empty
 * @param opset the version of ONNX's operators that the file asks for; 0 if it asks for none
 * @param notes what a user should know about how the file was read, one line each: weights that were rounded, operators that
 *     were folded into a layer or left out. Empty if the network is the file's operators and nothing else
 * @param preparation what makes the network's rows of the raw columns that the file takes, each with an input of its own;
 *     empty if the file takes rows
 * @param golden rows that the file keeps with their outputs, of the network's rows; empty if it keeps none, or if an output
 *     was chosen. Nobody has computed them anew: {@link GoldenRows#difference} does
 * @since 0.1.0
 */
public record OnnxModel(Network network, String input, String output, List<OnnxOutput> outputs, String producer, long opset,
        List<String> notes, Optional<Preparation> preparation, Optional<GoldenRows> golden) {
    /**
     * The lists are copied.
     *
     * @param network what the file computes
     * @param input the name of its input
     * @param output the name of its output
     * @param outputs every output of the file
     * @param producer the exporter
     * @param opset the version of ONNX's operators
     * @param notes on how the file was read
     * @param preparation what makes rows of the file's raw columns
     * @param golden rows that the file keeps with their outputs
     */
    public OnnxModel {
        outputs = List.copyOf(outputs);
        notes = List.copyOf(notes);
    }

    /**
     * The model of a file that takes rows.
     *
     * @param network what the file computes
     * @param input the name of its input
     * @param output the name of its output
     * @param outputs every output of the file
     * @param producer the exporter
     * @param opset the version of ONNX's operators
     * @param notes on how the file was read
     */
    public OnnxModel(Network network, String input, String output, List<OnnxOutput> outputs, String producer, long opset,
            List<String> notes) {
        this(network, input, output, outputs, producer, opset, notes, Optional.empty(), Optional.empty());
    }
}
