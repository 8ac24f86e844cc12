/**
 * Networks on Apache Spark: {@link dev.samebits.spark.SamebitsModel} for pipelines, {@link dev.samebits.spark.Samebits} for
 * functions and fingerprints, {@link dev.samebits.spark.SamebitsExtensions} for SQL and speed.
 *
 * <pre>
 * SamebitsModel.transform: FeatureColumns → Scoring → a column of scores → outputs, prediction
 * the column is a function of Spark's public API (score), or, with the extensions, an expression that is planned as an
 * operator over batches of rows (plan)
 * </pre>
 */
@NullMarked
package dev.samebits.spark;

import org.jspecify.annotations.NullMarked;
