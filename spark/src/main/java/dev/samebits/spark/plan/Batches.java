package dev.samebits.spark.plan;

import dev.samebits.spark.score.Scorer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Rows with their scores, predicted some at a time; each is given in the same memory as the one before. */
abstract class Batches implements Iterator<InternalRow> {
    final BatchWork work;
    final Scorer scorer;
    private final ScoreRow score;
    private final GenericInternalRow behind = new GenericInternalRow(1);
    private final JoinedRow joined = new JoinedRow();
    private final UnsafeProjection out;
    private int count;
    private int next;

    Batches(BatchWork work) {
        this.work = work;
        this.scorer = new Scorer(work.scoring(), work.scoring().batch());
        this.score = new ScoreRow(work.scoring());
        this.out = projection(work.out());
    }

    static UnsafeProjection projection(java.util.List<Expression> expressions) {
        Seq<Expression> all = CollectionConverters.asScala(expressions).toList();
        UnsafeProjection projection = UnsafeProjection.create(all);
        projection.initialize(TaskContext.getPartitionId());
        return projection;
    }

    /** Reads the features of the next rows into the scorer, and gives how many there are: none at the end. */
    abstract int read();

    /** The row n of those read last, as it came. */
    abstract InternalRow row(int n);

    @Override
    public boolean hasNext() {
        if (next == count) {
            next = 0;
            scorer.clear();
            count = read();
            scorer.predict(count);
        }
        return next < count;
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int n = next++;
        boolean bad = scorer.isBad(n);
        behind.update(0, bad ? null : score.of(scorer, n));
        work.rows().add(1);
        work.bad().add(bad ? 1 : 0);
        return out.apply(joined.apply(row(n), behind));
    }
}
