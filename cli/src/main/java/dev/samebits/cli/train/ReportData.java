package dev.samebits.cli.train;

import dev.samebits.Matrix;
import dev.samebits.cli.page.Html;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.cli.text.FloatText;
import dev.samebits.train.Classification;
import dev.samebits.train.Samples;
import dev.samebits.train.Standardization;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the data are like: how many rows of each class, and how large the inputs are. */
final class ReportData {
    private static final int MOST_CLASSES = 100;
    private static final int MOST_INPUTS = 200;

    private final TrainingData data;
    private final Samples[] sets;

    ReportData(TrainingData data, Samples[] sets) {
        this.data = data;
        this.sets = sets;
    }

    String html() {
        return Html.section("data", "The data", String.format(Locale.ROOT, "%,d inputs; %,d rows to learn from",
                data.inputs(),
                sets[0].size()) + (sets[1] == null ? "." : String.format(Locale.ROOT, " and %,d to judge on.",
                sets[1].size())), (data.targets() == 0 ? classes() : "") + inputs());
    }

    private String classes() {
        int[] learned = count(sets[0]);
        int[] judged = sets[1] == null ? new int[learned.length] : count(sets[1]);
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < Math.min(MOST_CLASSES, learned.length); c++) {
            rows.add(List.of(Html.escape(data.labels().get(c)), String.format(Locale.ROOT, "%,d", learned[c]),
                    Report.percent((double) learned[c] / sets[0].size()), String.format(Locale.ROOT, "%,d", judged[c])));
        }
        return Html.table(List.of("class", "to learn from", "part", "to judge on"), rows);
    }

    private int[] count(Samples samples) {
        int[] rows = new int[data.labels().size()];
        Matrix x = Matrix.zeros(1, samples.inputs());
        Matrix y = Matrix.zeros(1, samples.outputs());
        for (int n = 0; n < samples.size(); n++) {
            samples.read(n, x, y, 0);
            rows[Classification.classOf(y, 0)]++;
        }
        return rows;
    }

    private String inputs() {
        int columns = Math.min(MOST_INPUTS, data.inputs());
        Standardization profile = Standardization.ofInputs(sets[0]);
        float[] least = new float[data.inputs()];
        float[] most = new float[data.inputs()];
        Matrix x = Matrix.zeros(1, data.inputs());
        Matrix y = Matrix.zeros(1, sets[0].outputs());
        for (int n = 0; n < sets[0].size(); n++) {
            sets[0].read(n, x, y, 0);
            for (int j = 0; j < columns; j++) {
                least[j] = n == 0 ? x.get(0, j) : Math.min(least[j], x.get(0, j));
                most[j] = n == 0 ? x.get(0, j) : Math.max(most[j], x.get(0, j));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (int j = 0; j < columns; j++) {
            rows.add(List.of(Html.escape(OutcomeTables.input(data, j)), general(profile.center()[j]),
                    general(profile.deviation()[j]), FloatText.of(least[j]), FloatText.of(most[j]),
                    least[j] == most[j] ? "<span class=\"caution\">always the same</span>" : ""));
        }
        return Html.table(List.of("input", "mean", "deviation", "least", "greatest", ""), rows)
                + (columns < data.inputs() ? "<p class=\"note\">And " + (data.inputs() - columns) + " more.</p>\n" : "");
    }

    private static String general(float value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
