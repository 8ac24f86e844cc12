package dev.samebits.spark;

import dev.samebits.Network;
import dev.samebits.spark.score.Features;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Where the features of a row are.
 *
 * @param names of the columns
 * @param each whether they are a column each, in the order of the model's inputs, rather than one of many numbers
 */
record FeatureColumns(List<String> names, boolean each) {
    static final String DEFAULT = "features";

    /**
     * By what was asked for, else by the names that the model keeps, else in the column {@code features}.
     *
     * @param one column that holds all, or null
     * @param many columns, none for those that the model names, or null
     * @throws IllegalArgumentException if a column is missing, is of another type, or there are too few or too many
     */
    static FeatureColumns of(StructType schema, Network network, @Nullable String one, String @Nullable [] many) {
        List<String> named = network.names().inputs();
        if (one != null && many != null) {
            throw new IllegalArgumentException("features are in one column or in many: featuresCol and inputCols are both"
                    + " set: clear one of them");
        }
        if (many != null && many.length == 0 && named.isEmpty()) {
            throw new IllegalArgumentException("the model keeps no names of its inputs: inputCols: give the names of "
                    + network.inputs() + " columns");
        }
        FeatureColumns columns = one != null || many == null && named.isEmpty()
                ? new FeatureColumns(List.of(one == null ? DEFAULT : one), false)
                : new FeatureColumns(many == null || many.length == 0 ? named : ordered(Arrays.asList(many), named), true);
        columns.check(schema, network);
        return columns;
    }

    // By their names, where they are those of the model, whatever their order.
    private static List<String> ordered(List<String> columns, List<String> named) {
        boolean same = columns.size() == named.size() && new HashSet<>(columns).equals(new HashSet<>(named));
        return same ? named : List.copyOf(columns);
    }

    private void check(StructType schema, Network network) {
        List<String> there = Arrays.asList(schema.fieldNames());
        List<String> missing = new ArrayList<>(names);
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException((missing.size() == 1 ? "column " : "columns ") + String.join(", ", missing)
                    + (missing.size() == 1 ? " is" : " are") + " missing: there are " + String.join(", ", there)
                    + ": set featuresCol to one column of all features, or inputCols to a column for each");
        }
        if (each && names.size() != network.inputs()) {
            throw new IllegalArgumentException("found " + names.size() + " columns where the model takes " + network.inputs()
                    + ": inputCols: name a column for each input of " + network);
        }
        for (String name : names) {
            StructField field = schema.apply(name);
            DataType type = field.dataType();
            if (each ? !(type instanceof NumericType) : !Features.holdsRow(type)) {
                throw new IllegalArgumentException("column " + name + " is " + type.simpleString() + " where "
                        + (each ? "a feature is a number: cast it to float"
                        : "features are array<float>, array<double> or a vector: cast it, or set inputCols"));
            }
            int size = type.equals(SQLDataTypes.VectorType()) ? AttributeGroup.fromStructField(field).size() : -1;
            if (size >= 0 && size != network.inputs()) {
                throw new IllegalArgumentException("column " + name + " has vectors of " + size + " values where the model"
                        + " takes " + network.inputs() + ": assemble the columns that it was trained on");
            }
        }
    }

    /** The columns themselves. */
    List<Column> columns(Dataset<?> dataset) {
        return names.stream().map(name -> dataset.col(quoted(name))).toList();
    }

    /** One column that holds all features, for a function of one argument. */
    Column gathered(Dataset<?> dataset) {
        List<Column> columns = columns(dataset);
        return each ? functions.array(columns.stream().map(column -> column.cast("float")).toArray(Column[]::new))
                : columns.get(0);
    }

    /** A name that may hold any characters, as Spark reads one. */
    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
