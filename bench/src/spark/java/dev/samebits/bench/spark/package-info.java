/**
 * Ways to score rows on Spark, in one process, by the processor time of all of it: {@code SparkSpeeds} prints them beside
 * reading the rows alone, MLlib's own network and ONNX Runtime. Built by the profile spark.
 */
package dev.samebits.bench.spark;
