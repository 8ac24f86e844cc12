package dev.samebits.onnx;

import java.util.List;

/**
 * An output of an ONNX file. Of a classifier that is often two: the class of each row, and the probabilities. Samebits
 * computes the values; the class is the place of the first largest one, or, where there is a single value, 1 if that is at
 * least one half. Immutable.
 *
 * @param name what the file calls it
 * @param type what its elements are in the file, as ONNX says it: {@code float}, {@code int64}, {@code string};
 *     {@code undefined} where it is no tensor, as with the maps that scikit-learn's exporter makes
 * @param isGiven whether the network gives it; not where it is constant, drawn at random, handed on from an input, or of
 *     other values
 * @param isClass whether it hands out the class of a row, and not the values that the network gives
 * @param classes what it calls the classes, in the order of the network's outputs: any text, numbers as text. Empty if it
 *     gives a class by its number, from 0
 * @since 0.1.0
 */
public record OnnxOutput(String name, String type, boolean isGiven, boolean isClass, List<String> classes) {
    /**
     * The list is copied.
     *
     * @param name what the file calls it
     * @param type what its elements are in the file
     * @param isGiven whether the network gives it
     * @param isClass whether it hands out the class of a row
     * @param classes what it calls the classes
     */
    public OnnxOutput {
        classes = List.copyOf(classes);
    }
}
