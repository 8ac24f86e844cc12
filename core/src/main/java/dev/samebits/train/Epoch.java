package dev.samebits.train;

/**
 * What one epoch gave.
 *
 * @param number from 1
 * @param loss mean loss of its samples, each taken before the update it took part in
 * @param validationErrors samples of the validation set put into the wrong class after the epoch; −1 without such a set
 * @param validationSamples size of the validation set, 0 without
 */
public record Epoch(int number, double loss, int validationErrors, int validationSamples) {
    /** {@code validationErrors / validationSamples}, or NaN without a validation set. */
    public double errorRate() {
        return validationSamples == 0 ? Double.NaN : (double) validationErrors / validationSamples;
    }
}
