package dev.samebits.spark.plan;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;
import org.jspecify.annotations.Nullable;

/** Batches of rows that come one by one, each in the memory of the one before: they are kept until their batch is full. */
final class RowBatches extends Batches {
    // Of large rows fewer are kept.
    private static final int MOST_BYTES = 1 << 24;

    private final Iterator<InternalRow> rows;
    private final FeatureReader reader;
    private final @Nullable UnsafeProjection features;
    private final UnsafeProjection unsafe;
    private final UnsafeRow kept;
    private byte[] memory = {};
    private final int[] ends;

    RowBatches(Iterator<InternalRow> rows, BatchWork work) {
        super(work);
        this.rows = rows;
        boolean direct = work.isDirect();
        reader = direct ? new FeatureReader(work.features(), work.places()) : new FeatureReader(work.features());
        features = direct ? null : projection(work.features());
        kept = new UnsafeRow(work.schema().length());
        unsafe = UnsafeProjection.create(work.schema());
        ends = new int[scorer.rows()];
    }

    @Override
    int read() {
        int count = 0;
        int end = 0;
        while (count < ends.length && end < MOST_BYTES && rows.hasNext()) {
            InternalRow next = rows.next();
            // Sources of others give rows of their own.
            UnsafeRow row = next instanceof UnsafeRow flat ? flat : unsafe.apply(next);
            scorer.take(count, reader.read(features == null ? row : features.apply(row), scorer, count));
            int size = row.getSizeInBytes();
            if (memory.length - end < size) {
                int twice = (int) Math.min(2L * memory.length, 1 << 30);
                memory = Arrays.copyOf(memory, Math.max(Math.addExact(end, size), twice));
            }
            row.writeToMemory(memory, Platform.BYTE_ARRAY_OFFSET + (long) end);
            end += size;
            ends[count++] = end;
        }
        return count;
    }

    @Override
    InternalRow row(int n) {
        int from = n == 0 ? 0 : ends[n - 1];
        kept.pointTo(memory, Platform.BYTE_ARRAY_OFFSET + (long) from, ends[n] - from);
        return kept;
    }
}
