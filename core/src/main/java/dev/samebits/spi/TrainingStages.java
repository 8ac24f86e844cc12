package dev.samebits.spi;

import dev.samebits.Matrix;
import dev.samebits.spi.StepRunner.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step of training does before parameters move, in stages that each must be complete before the next one begins:
 * calls for the rows of the batch, which threads share, and between two such stages work on columns of the whole batch.
 */
final class TrainingStages {
    /** Does something with some rows of a batch. */
    interface RowCall {
        void run(TrainingBatch.Part rows);
    }

    /** Work on a whole batch, in parts that threads share. */
    interface BatchWork {
        List<Runnable> parts(Matrix[] batch);
    }

    private final List<List<RowCall>> stages = new ArrayList<>();
    private final List<BatchWork> between = new ArrayList<>();

    TrainingStages() {
        stages.add(new ArrayList<>());
    }

    void add(Call call) {
        addRows(rows -> call.run(rows.matrices()));
    }

    void addRows(RowCall call) {
        stages.get(stages.size() - 1).add(call);
    }

    /** Ends the stage: what is added later needs what this makes. */
    void addWork(BatchWork work) {
        between.add(work);
        stages.add(new ArrayList<>());
    }

    /** How many stages of rows there are. */
    int count() {
        return stages.size();
    }

    void run(int stage, TrainingBatch.Part rows) {
        List<RowCall> calls = stages.get(stage);
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).run(rows);
        }
    }

    /** Of each stage but the last, the work that follows it. */
    Runnable[][] works(Matrix[] batch) {
        return between.stream().map(work -> work.parts(batch).toArray(Runnable[]::new)).toArray(Runnable[][]::new);
    }
}
