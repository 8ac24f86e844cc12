package dev.samebits.onnx;

/**
 * What to make of a formula.
 *
 * @param pattern the formula
 * @param meaning what it stands for
 */
record Rule<T>(Pattern.Operator pattern, Meaning<T> meaning) {
    /** Makes something of a match. */
    interface Meaning<T> {
        /**
         * Reads attributes and constants.
         *
         * @throws OnnxFormatException if they are of a kind or value that is not read
         * @throws IllegalArgumentException likewise; the caller adds the node
         */
        T of(Match match) throws OnnxFormatException;
    }

    static <T> Rule<T> rule(Pattern.Operator pattern, Meaning<T> meaning) {
        return new Rule<>(pattern, meaning);
    }
}
