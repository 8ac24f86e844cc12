package dev.samebits.simd;

/**
 * How a mini-batch lies in memory while it is trained on: panels of samples, each dense {@code [features × width]}, so that the
 * lanes run over samples, and one layer's output is the next one's packed operand. The last panel is as narrow as whole vectors
 * allow; its lanes without a sample hold numbers that nothing reads.
 */
final class SamplePanels {
    private int samples;

    /** Sets the number of samples in the batch. */
    void hold(int count) {
        samples = count;
    }

    int samples() {
        return samples;
    }

    /** Number of panels. */
    int count() {
        return (samples + Tiles.PANEL_WIDTH - 1) / Tiles.PANEL_WIDTH;
    }

    /** First sample of panel p. */
    int from(int p) {
        return p * Tiles.PANEL_WIDTH;
    }

    /** Samples in panel p. */
    int samples(int p) {
        return Math.min(Tiles.PANEL_WIDTH, samples - from(p));
    }

    /** Vectors across panel p. */
    int vectors(int p) {
        return Gemm.vectors(samples(p));
    }

    /** Floats across panel p. */
    int width(int p) {
        return vectors(p) * Lanes.N;
    }

    /** Where panel p starts in an array of this many features. */
    int at(int p, int features) {
        return from(p) * features;
    }

    /** Length of an array for this many samples and features. */
    static int length(int samples, int features) {
        return Math.multiplyExact(Gemm.vectors(samples) * Lanes.N, features);
    }
}
