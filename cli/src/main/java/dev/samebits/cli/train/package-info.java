/**
 * {@code samebits train}: a network out of a file. Each topic has its options in a class of its own, which takes what was
 * not given from the data.
 *
 * <pre>
 * DataOptions → TrainingData → Holdout → rows to learn from, rows to judge on → Course, Descent → Sgd
 * TrainingData → DataCheck, InputCheck, LeakCheck → warnings;  rows → Scaling → Standardization
 * Architecture, HiddenLayers → Network, Loss;  all of it → Choices → what is told
 * Sgd, EpochLines → the trained network → Scaling → the model → Outcome → OutcomeTables, Report → an HTML page
 * the model → Models → an ONNX file
 * </pre>
 */
package dev.samebits.cli.train;
