package dev.samebits.onnx.table;

import java.util.List;

/**
 * What operators have made of an input so far: one number of a row, or, of categories, one for each. Immutable.
 *
 * @param input number of the input in the file
 * @param fill of a number, what stands for a missing one, or NaN; of true and false likewise
 * @param factor of a number, 1 until it is scaled
 * @param categories of codes and of one-hot numbers
 * @param other whether a code or number for all others stands behind them
 */
record Piece(int input, Kind kind, float fill, float offset, float factor, List<String> categories, boolean other) {
    /** What it is; the last five may stand in a row. */
    enum Kind {
        /** Text, as it was fed. */
        TEXT,
        /** The number of a category, from 0. */
        CODE,
        /** True where a number is missing. */
        MISSING,
        NUMBER,
        /** 1 where a number is missing. */
        FLAG,
        HOT,
        TRUTH,
        /** 1 where true or false is missing. */
        TRUTH_FLAG
    }

    static Piece of(int input, Kind kind) {
        return new Piece(input, kind, Float.NaN, 0, 1, List.of(), false);
    }

    Piece as(Kind other) {
        return new Piece(input, other, fill, offset, factor, categories, this.other);
    }

    Piece filledWith(float value) {
        return new Piece(input, kind, value, offset, factor, categories, other);
    }

    Piece scaled(float by, float times) {
        return new Piece(input, kind, fill, by, times, categories, other);
    }

    Piece with(Kind coded, List<String> texts, boolean more) {
        return new Piece(input, coded, fill, offset, factor, texts, more);
    }

    /** Whether no operator has touched a number. */
    boolean isRaw() {
        return kind == Kind.NUMBER && Float.isNaN(fill) && isUnscaled();
    }

    boolean isUnscaled() {
        return offset == 0 && factor == 1;
    }

    /** How many numbers it is. */
    int width() {
        return kind == Kind.HOT ? categories.size() + (other ? 1 : 0) : 1;
    }
}
