package dev.samebits.bench.plan;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Rows whose trials are measured together, strictly in turn: a round is one fork of each, then comes the second round, and
 * so on. A machine's speed drifts with its temperature and its neighbours; in turn, the drift meets all sides of a ratio
 * alike.
 *
 * @param name of this block alone, by which a file of results knows which forks were measured in turn
 */
public record Block(String group, String name, List<Row> rows) {
    /** Of one row, whose name is the block's. */
    static Block of(String group, Row row) {
        return new Block(group, row.name(), List.of(row));
    }

    /** Every trial of the rows, once. */
    public List<Trial> trials() {
        return rows.stream().flatMap(row -> Stream.of(row.own(), row.yardstick()).filter(Objects::nonNull)).distinct()
                .toList();
    }

    /**
     * How long a trial of this block is measured. JMH allocates some kilobytes in every iteration, which must be little for
     * each call where the bytes of a call are the question.
     */
    public Settings settings(Trial trial, Settings whole) {
        Settings usual = trial.settings(whole);
        return group.equals(Goals.ALLOCATION) ? usual.atLeastMillis(whole.judged().millis()).ofBytes() : usual;
    }
}
