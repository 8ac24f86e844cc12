package dev.samebits.spark.plan;

import dev.samebits.spark.score.Features;
import dev.samebits.spark.score.Scorer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** Reads features that lie one behind the other in a row, or are one column of it. */
final class FeatureReader {
    private final DataType[] types;
    private final int[] places;
    private final boolean one;

    /** From the first columns on, in the order of these. */
    FeatureReader(List<Expression> features) {
        this(features, IntStream.range(0, features.size()).toArray());
    }

    /** From these columns. */
    FeatureReader(List<Expression> features, int[] places) {
        this.types = features.stream().map(Expression::dataType).toArray(DataType[]::new);
        this.places = places;
        this.one = types.length == 1 && Features.holdsRow(types[0]);
    }

    /** Puts the features of a row where row n of a scorer has them; gives the fault, or null. */
    @Nullable String read(InternalRow row, Scorer scorer, int n) {
        int at = n * scorer.inputs();
        return one ? scorer.features().read(row, places[0], types[0], scorer.x(), at)
                : scorer.features().read(row, places, types, scorer.x(), at);
    }
}
