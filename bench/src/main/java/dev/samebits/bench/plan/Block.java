package dev.samebits.bench.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows whose trials are measured together, strictly in turn: first fork of each, second fork of each, and so on. A machine's
 * speed drifts with its temperature and its neighbours; in turn, the drift meets all sides of a ratio alike.
 */
public record Block(String group, List<Row> rows) {
    /**
     * How many times longer than usual the iterations are. JMH allocates some kilobytes in every iteration, which must be
     * little for each call where the bytes of a call are the question.
     */
    public int stretch() {
        return group.equals("allocation") ? 5 : 1;
    }

    /** Every trial of the rows, once. */
    public List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        for (Row row : rows) {
            for (Trial trial : row.yardstick() == null ? List.of(row.own()) : List.of(row.own(), row.yardstick())) {
                if (!trials.contains(trial)) {
                    trials.add(trial);
                }
            }
        }
        return trials;
    }
}
