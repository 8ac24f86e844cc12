package dev.samebits.spark.score;

import dev.samebits.IdColumn;
import dev.samebits.Network;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/**
 * Floats from one column, or from several, one behind the other. What is no row of finite floats, or has an id that the
 * model does not know, is a fault. Doubles are rounded to the nearest float.
 */
final class FloatFeatures implements Features {
    private final Part[] parts;
    private final IdColumn[] ids;

    FloatFeatures(Network network, List<Part> parts) {
        this.parts = parts.toArray(Part[]::new);
        this.ids = network.idColumns().toArray(IdColumn[]::new);
    }

    @Override
    public @Nullable String read(@Nullable Object value, float[] x, int at) {
        if (parts.length == 1) {
            String fault = GivenValues.read(parts[0], value, x, at);
            return fault == null ? unknownId(x, at) : fault;
        }
        IntFunction<@Nullable Object> values = value instanceof Row row ? row::get : ((Seq<?>) value)::apply;
        int to = at;
        for (int p = 0; p < parts.length; p++) {
            String fault = GivenValues.read(parts[p], values.apply(p), x, to);
            if (fault != null) {
                return fault;
            }
            to += parts[p].width();
        }
        return unknownId(x, at);
    }

    /** Columns are numbers, or {@link Features#holdsRow}. */
    @Override
    public @Nullable String read(InternalRow row, int[] places, DataType[] types, float[] x, int at) {
        int to = at;
        for (int p = 0; p < parts.length; p++) {
            String fault = SparkValues.read(parts[p], row, places[p], types[p], x, to);
            if (fault != null) {
                return fault;
            }
            to += parts[p].width();
        }
        return unknownId(x, at);
    }

    private @Nullable String unknownId(float[] x, int at) {
        for (IdColumn id : ids) {
            if (!id.has(x[at + id.position()])) {
                return nameAt(id.position()) + " is " + x[at + id.position()] + " where ids are whole numbers from 0 to "
                        + (id.entries() - 1);
            }
        }
        return null;
    }

    private String nameAt(int position) {
        int from = 0;
        int p = 0;
        while (position >= from + parts[p].width()) {
            from += parts[p].width();
            p++;
        }
        return Faults.name(parts[p], position - from);
    }
}
