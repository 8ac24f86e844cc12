package dev.samebits.onnx.network;

import dev.samebits.onnx.limits.Refusal;
import java.util.List;

/**
 * What to make of a formula.
 *
 * @param pattern the formula
 * @param meaning what it stands for
 */
record Rule(Pattern.Rooted pattern, Meaning meaning) {
    /** Makes something of a match. */
    interface Meaning {
        /**
         * Reads attributes and constants.
         *
         * @return what is done to the rows, in that order; null if it is not this formula after all
         * @throws Refusal if they are of a kind or value that is not read
         * @throws IllegalArgumentException likewise; the caller adds the node
         */
        List<Step> of(Match match) throws Refusal;
    }

    static Rule rule(Pattern.Rooted pattern, Meaning meaning) {
        return new Rule(pattern, meaning);
    }
}
