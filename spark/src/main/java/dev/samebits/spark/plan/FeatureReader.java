package dev.samebits.spark.plan;

import dev.samebits.spark.score.Scorer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** Reads features from columns of a row, one behind the other. */
final class FeatureReader {
    private final DataType[] types;
    private final int[] places;

    /** From the first columns on, in the order of these. */
    FeatureReader(List<Expression> features) {
        this(features, IntStream.range(0, features.size()).toArray());
    }

    /** From these columns. */
    FeatureReader(List<Expression> features, int[] places) {
        this.types = features.stream().map(Expression::dataType).toArray(DataType[]::new);
        this.places = places;
    }

    /** Puts the features of a row where row n of a scorer has them; gives the fault, or null. */
    @Nullable String read(InternalRow row, Scorer scorer, int n) {
        int at = n * scorer.inputs();
        return scorer.features().read(row, places, types, scorer.x(), at);
    }
}
