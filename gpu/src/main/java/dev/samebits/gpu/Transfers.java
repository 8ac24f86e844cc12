package dev.samebits.gpu;

/**
 * What a session has moved between host and device since it was opened, in bytes.
 *
 * @param up to the device: batches; parameters and work buffers when they were new; parameters that were made anew
 * @param down to the host: results, and parameters that were asked for
 * @param calls executions on the device
 * @param recreations times that the device's copy of the parameters was made anew because the garbage collector had moved
 * the array
 * @since 0.1.0
 */
public record Transfers(long up, long down, long calls, long recreations) {}
