/**
 * Rows to train on, which may be more than memory holds.
 *
 * <pre>
 * --data and its options → DataOptions → CsvData, IdxData: each a TrainingData
 * rows → RecordFile, a temporary file → MappedRecords; names of classes → ClassLabels; target values → TargetRule
 * TrainingData → DataSamples → Samples of the library
 * </pre>
 */
package dev.samebits.cli.samples;
