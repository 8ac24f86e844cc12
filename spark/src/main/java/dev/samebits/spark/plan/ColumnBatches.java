package dev.samebits.spark.plan;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** Batches that come as columns: nothing of them is copied but the features. */
final class ColumnBatches extends Batches {
    private final Iterator<ColumnarBatch> batches;
    private final FeatureReader reader;
    private @Nullable ColumnarBatch batch;
    private int from;
    private int to;

    ColumnBatches(Iterator<ColumnarBatch> batches, BatchWork work) {
        super(work);
        this.batches = batches;
        reader = new FeatureReader(work.features(), work.places());
    }

    @Override
    int read() {
        from = to;
        while (batch == null || from == batch.numRows()) {
            if (!batches.hasNext()) {
                return 0;
            }
            batch = batches.next();
            from = 0;
        }
        to = Math.min(batch.numRows(), from + scorer.rows());
        for (int n = 0; n < to - from; n++) {
            scorer.take(n, reader.read(batch.getRow(from + n), scorer, n));
        }
        return to - from;
    }

    @Override
    InternalRow row(int n) {
        return batch.getRow(from + n);
    }
}
