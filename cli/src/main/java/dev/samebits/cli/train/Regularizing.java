package dev.samebits.cli.train;

import dev.samebits.BatchNorm;
import dev.samebits.Dropout;
import dev.samebits.Network;
import dev.samebits.TrainingOptions;
import dev.samebits.cli.console.Problem;
import dev.samebits.train.Sgd;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * What keeps {@code train} from steps that are too long, and from learning by heart: clipped gradients, dropout,
 * batch normalisation.
 */
final class Regularizing {
    @Option(
            names = "--clip-norm",
            paramLabel = "X",
            description = "Shorten gradients, over all weights and biases together, to this length at most. Default: none.")
    private Float clipNorm;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            split = ",",
            description = "Part of the hidden layers' activations to drop in training, such as 0.2; or one for each layer. "
                    + "Default: none.")
    private List<Float> dropout;

    @Option(
            names = "--batch-norm",
            description = "Bring the net inputs of hidden layers to mean 0 and variance 1 over each mini-batch in training. "
                    + "The saved layers have it folded into their weights.")
    private boolean batchNorm;

    /** Refuses what makes no sense, before any data is read. */
    void check() {
        of(Sgd.of(1, 1), 0);
    }

    /** Descent with these options. */
    Sgd of(Sgd sgd, long seed) {
        Sgd result = sgd;
        try {
            result = clipNorm == null ? result : result.withClipNorm(finite(clipNorm));
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--clip-norm", "give a number such as 1");
        }
        result = batchNorm ? result.withBatchNorm(BatchNorm.STANDARD) : result;
        try {
            return dropout == null ? result : result.withDropout(new Dropout(dropout, seed));
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--dropout", "give a number such as 0.2");
        }
    }

    // What means none in the library is a mistake here.
    private static float finite(float norm) {
        return norm == TrainingOptions.UNCLIPPED ? Float.NaN : norm;
    }

    /** Refuses what is for other layers than the network's. */
    void check(Network network) {
        try {
            if (batchNorm) {
                BatchNorm.STANDARD.check(network);
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--batch-norm", "leave it out, or give --layers hidden layers");
        }
        try {
            if (dropout != null) {
                new Dropout(dropout, 0).check(network);
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--dropout", "give one rate, or as many as --layers has");
        }
    }
}
