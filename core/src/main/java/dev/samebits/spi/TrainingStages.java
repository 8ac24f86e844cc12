package dev.samebits.spi;

import dev.samebits.spi.StepRunner.Call;
import java.util.ArrayList;
import java.util.List;

/** What a step of training does with the rows of its batch, call after call; threads share the rows. */
final class TrainingStages {
    /** Does something with some rows of a batch. */
    interface RowCall {
        void run(TrainingBatch.Part rows);
    }

    private final List<RowCall> calls = new ArrayList<>();

    void add(Call call) {
        addRows(rows -> call.run(rows.matrices()));
    }

    void addRows(RowCall call) {
        calls.add(call);
    }

    void run(TrainingBatch.Part rows) {
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).run(rows);
        }
    }
}
