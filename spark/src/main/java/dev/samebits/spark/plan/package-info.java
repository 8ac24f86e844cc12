/**
 * The fast way, on what Spark keeps to itself: scores as an expression, which is planned as an operator over batches.
 *
 * <pre>
 * ScoreExpression in a projection → ScoreRule, when the physical plan is complete → ScoreExec
 * ScoreExec: RowBatches over Spark's rows, or ColumnBatches where Parquet's reader gives columns → rows with scores
 * </pre>
 *
 * <p>Wherever else the expression stands, it scores row by row. Public to the compiler alone.
 */
@NullMarked
package dev.samebits.spark.plan;

import org.jspecify.annotations.NullMarked;
