/**
 * {@code samebits predict}: rows through a model, in constant memory.
 *
 * <pre>
 * PredictCommand: files, columns, form → Source, PredictionWriter → Pipeline
 * one thread: Source.take → many: Parser.parse, InferenceSession.predict, PredictionWriter.lay → one: Destination, in order
 * Blocks go round among them: free, read, done, free again
 * rows that cannot be used → BadRows → the end of the run, or a file of their own
 * digests of model, data and output → ReceiptFile; ReplayCommand: a receipt → Replay → Prediction anew → Verdict
 * </pre>
 */
package dev.samebits.cli.predict;
