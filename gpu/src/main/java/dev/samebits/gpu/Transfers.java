package dev.samebits.gpu;

/**
 * What a session has moved between host and device since it was opened, in bytes.
 *
 * @param up to the device: batches, and the parameters and buffers whenever their device memory was made
 * @param down to the host: results, and parameters that were asked for
 * @param calls executions on the device
 * @param recreations times that the device's copy of the parameters was made anew because the garbage collector had moved the array
 */
public record Transfers(long up, long down, long calls, long recreations) {}
