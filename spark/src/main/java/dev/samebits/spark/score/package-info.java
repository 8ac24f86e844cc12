/**
 * What a task does with a row, whichever way the rows come.
 *
 * <pre>
 * driver: ModelFile (bytes, SHA-256, network) → Scoring (model, columns, what becomes of bad rows), which goes to the tasks
 * task:   RowScorer: features of a row → Features, which refuses what is no row of finite floats → Sessions.lease → outputs
 * </pre>
 *
 * <p>Public to the compiler alone.
 */
@NullMarked
package dev.samebits.spark.score;

import org.jspecify.annotations.NullMarked;
