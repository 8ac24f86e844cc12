package dev.samebits.spark;

import dev.samebits.spark.score.Part;
import dev.samebits.table.CategoryColumn;
import dev.samebits.table.NumberColumn;
import dev.samebits.table.Preparation;
import dev.samebits.table.TableColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The columns of a model that takes the raw columns of a table: of text, numbers, true and false. */
final class RawColumns {
    private RawColumns() {}

    /**
     * By the model's names, or by others in the order of the model's columns.
     *
     * @throws IllegalArgumentException if one column is to hold all, or there are too few or too many
     */
    static List<Part> parts(Preparation preparation, @Nullable String one, String @Nullable [] many) {
        List<String> names = preparation.names();
        if (one != null) {
            throw new IllegalArgumentException("the model takes the raw columns " + String.join(", ", names)
                    + ": featuresCol: clear it, and set inputCols if they are called otherwise");
        }
        List<String> columns = many == null || many.length == 0 ? names : List.of(many);
        if (columns.size() != names.size()) {
            throw new IllegalArgumentException("found " + columns.size() + " columns where the model takes the raw columns "
                    + String.join(", ", names) + ": inputCols: name a column for each, or none for these names");
        }
        boolean byName = new HashSet<>(columns).equals(new HashSet<>(names));
        List<Part> parts = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            parts.add(new Part(byName ? names.get(c) : columns.get(c), preparation.columns().get(c).width()));
        }
        return parts;
    }

    /** Refuses columns that are of no type that their column of the preparation can read. */
    static void check(StructType schema, List<Part> parts, Preparation preparation) {
        for (int c = 0; c < parts.size(); c++) {
            String name = parts.get(c).column();
            TableColumn column = preparation.columns().get(c);
            DataType type = schema.apply(name).dataType();
            if (!takes(column, type)) {
                throw new IllegalArgumentException("column " + name + " is " + type.simpleString()
                        + " where the model takes " + (column instanceof NumberColumn ? "a number: cast it to double"
                        : column instanceof CategoryColumn ? "text: cast it to a string, as in " + column
                        : "true or false: cast it to boolean"));
            }
        }
    }

    // Text may be anything, as in a file of text. Others must not be taken for what they are not: 1 is not true.
    private static boolean takes(TableColumn column, DataType type) {
        if (type instanceof StringType) {
            return true;
        } else if (column instanceof CategoryColumn category) {
            boolean truth = category.categories().contains("true") || category.categories().contains("false");
            return type instanceof NumericType || type instanceof BooleanType && truth;
        }
        return column instanceof NumberColumn ? type instanceof NumericType : type instanceof BooleanType;
    }
}
