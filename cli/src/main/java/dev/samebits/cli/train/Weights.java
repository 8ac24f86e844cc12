package dev.samebits.cli.train;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.DataSamples;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.cli.text.Decimal;
import dev.samebits.train.ClassWeights;
import dev.samebits.train.Samples;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** How much rows count for {@code train}: the option {@code --class-weights}, beside a column of weights. */
final class Weights {
    private static final String BALANCED = "balanced";

    @Option(
            names = "--class-weights",
            paramLabel = "balanced|CLASS=X,...",
            description = "How much a row counts by its class: balanced, all classes alike, however few rows they have; or "
                    + "a weight for each, 1 for those left out. Default: every row alike.")
    private String given;

    private String why = "";

    /** Refuses what needs no data to be refused. */
    void check(boolean regression) {
        if (given != null && regression) {
            throw new Problem("target values are no classes", "--class-weights", "leave it out, or use --weight-column");
        }
    }

    /**
     * The rows with their weights.
     *
     * @param sets the training set, and the validation set or null
     */
    Samples[] of(Samples[] sets, TrainingData data) {
        check(data.targets() > 0);
        Samples[] weighted = sets;
        if (given != null) {
            DataSamples training = (DataSamples) sets[0];
            float[] weights = given.equals(BALANCED)
                    ? ClassWeights.balanced(training.classes(), data.labels().size()) : listed(data.labels());
            weighted = new Samples[] {with(training, weights), sets[1] == null ? null
                    : with((DataSamples) sets[1], weights)};
            why = ", classes weigh " + Problem.shown(shown(data.labels(), weights));
        } else if (data.isWeighted()) {
            checkSum(sets[0]);
            why = ", each with its weight";
        }
        return weighted;
    }

    private static Samples with(DataSamples samples, float[] weights) {
        try {
            return samples.withWeightsOf(weights);
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--class-weights", "give weights of classes that some rows have, and that are"
                    + " of a similar size as those of the rows");
        }
    }

    private static void checkSum(Samples samples) {
        for (int n = 0; n < samples.size(); n++) {
            if (samples.weight(n) > 0) {
                return;
            }
        }
        throw new Problem("the weights of all " + samples.size() + " rows are 0", "--class-weights, --weight-column",
                "give weights of which some are not");
    }

    private static List<String> shown(List<String> labels, float[] weights) {
        String[] shown = new String[weights.length];
        Arrays.setAll(shown, c -> labels.get(c) + " " + weights[c]);
        return List.of(shown);
    }

    private float[] listed(List<String> labels) {
        float[] weights = new float[labels.size()];
        Arrays.fill(weights, 1);
        boolean[] seen = new boolean[weights.length];
        for (String word : given.split(",", -1)) {
            int equals = word.lastIndexOf('=');
            int c = labels.indexOf(word.substring(0, Math.max(0, equals)));
            if (c < 0 || seen[c]) {
                throw new Problem("'" + word + "' is no weight of a class" + (equals > 0 && c >= 0 ? ", which has one" : ""),
                        "--class-weights", "use balanced, or one weight for each of some classes, such as "
                        + labels.get(0) + "=2; they are " + Problem.shown(labels));
            }
            seen[c] = true;
            weights[c] = weight(word, equals + 1);
        }
        return weights;
    }

    private static float weight(String word, int from) {
        float weight = Decimal.parse(word.toCharArray(), from, word.length() - from);
        if (!(weight == 0 || weight >= 1e-10f && weight <= 1e10f)) {
            throw new Problem("the weight in '" + word + "' is neither 0 nor a number from 1e-10 to 1e10", "--class-weights",
                    "give such a number");
        }
        return weight;
    }

    /** What was done, for the user; empty for nothing. */
    String why() {
        return why;
    }
}
