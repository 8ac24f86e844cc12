package dev.samebits.bench.plan;

import dev.samebits.bench.plan.Row.Goal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A row of the table as it came out.
 *
 * @param measured for people, as are yardstick and against
 * @param figure what is compared with the goal: the median over the forks
 * @param low the least of the forks, and high the greatest
 * @param steady whether every fork's iterations agree, see {@link Sample#isSteady}
 * @param goal null where the row only informs
 * @param problem why there is no figure, or null
 */
public record Result(String group, String name, String against, String measured, String yardstick, double figure, double low,
        double high, boolean steady, Goal goal, String problem) {
    /** The problem of a row whose peer was not built in. */
    public static final String ABSENT = "not measured: no peers in this build";

    /** Figures from the samples of a block. */
    public static Result of(String group, Row row, Map<Trial, List<Sample>> samples) {
        List<Sample> mine = samples.get(row.own());
        List<Sample> others = row.yardstick() == null ? mine : samples.get(row.yardstick());
        double[] figures = new double[mine.size()];
        double[] own = new double[mine.size()];
        double[] other = new double[mine.size()];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = row.figure(mine.get(i), others.get(i));
            own[i] = row.unit().of(mine.get(i), row.own().work());
            other[i] = row.yardstick() == null ? 0 : row.unit().of(others.get(i), row.yardstick().work());
        }
        Arrays.sort(figures);
        boolean steady = Stream.concat(mine.stream(), others.stream()).allMatch(Sample::isSteady);
        return new Result(group, row.name(), row.against(), row.unit().text(median(own)),
                row.yardstick() == null ? "" : row.unit().text(median(other)), median(figures), figures[0],
                figures[figures.length - 1], steady, row.goal(), null);
    }

    /** A row that could not be measured. */
    public static Result failed(String group, Row row, String problem) {
        return new Result(group, row.name(), row.against(), "", "", Double.NaN, Double.NaN, Double.NaN, true, row.goal(),
                problem);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    boolean isMissed() {
        return goal != null && problem == null && !goal.isMet(figure);
    }

    /** Whether a trial of this build broke; one that is not in it has not. */
    public boolean hasFailed() {
        return problem != null && !problem.equals(ABSENT);
    }

    public String goalText() {
        return goal == null ? "" : String.format(Locale.ROOT, "%s %.4g", goal.atLeast() ? "≥" : "≤", goal.bound());
    }

    public String verdict() {
        if (problem != null) {
            return problem;
        }
        String judgement = goal == null ? "" : isMissed() ? "missed" : "met";
        return steady ? judgement : (judgement + " (unsteady)").trim();
    }
}
