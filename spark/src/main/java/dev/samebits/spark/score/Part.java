package dev.samebits.spark.score;

import java.io.Serializable;

/**
 * Features that stand in one column: a number, or a row of them.
 *
 * @param column what messages call it
 * @param width how many features it has
 */
public record Part(String column, int width) implements Serializable {}
