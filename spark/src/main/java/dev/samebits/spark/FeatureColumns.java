package dev.samebits.spark;

import dev.samebits.Network;
import dev.samebits.Section;
import dev.samebits.spark.score.Features;
import dev.samebits.spark.score.ModelFile;
import dev.samebits.spark.score.Part;
import dev.samebits.table.Preparation;
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
 * @param parts the columns, in the order of the model's inputs
 * @param raw whether they are raw columns, which the model prepares
 */
record FeatureColumns(List<Part> parts, boolean raw) {
    static final String DEFAULT = "features";

    /**
     * By what was asked for, else by the names that the model keeps, else in the column {@code features}.
     *
     * @param file the model
     * @param one column that holds all, or null
     * @param many columns, none for those that the model names, or null
     * @throws IllegalArgumentException if a column is missing, is of another type, or there are too few or too many
     */
    static FeatureColumns of(StructType schema, ModelFile file, @Nullable String one, String @Nullable [] many) {
        if (one != null && many != null) {
            throw new IllegalArgumentException("features are in one column or in many: featuresCol and inputCols are both"
                    + " set: clear one of them");
        }
        Network network = file.network();
        Preparation preparation = file.preparation();
        if (preparation != null) {
            FeatureColumns columns = new FeatureColumns(RawColumns.parts(preparation, one, many), true);
            columns.checkThere(schema, "set inputCols to the columns that hold " + String.join(", ", preparation.names()));
            RawColumns.check(schema, columns.parts, preparation);
            return columns;
        }
        List<Part> parts = one != null ? List.of(new Part(one, network.inputs()))
                : many == null ? byModel(schema, network, false)
                : many.length == 0 ? byModel(schema, network, true) : named(Arrays.asList(many), network);
        FeatureColumns columns = new FeatureColumns(parts, false);
        columns.checkThere(schema, "set featuresCol to one column of all features, or inputCols to a column for each");
        for (Part part : parts) {
            columns.check(schema.apply(part.column()), part, network);
        }
        return columns;
    }

    // A column for each named input where all of them are there, else one for each of the names that the model keeps.
    private static List<Part> byModel(StructType schema, Network network, boolean many) {
        List<Section> sections = network.inputSections();
        List<String> names = network.names().inputs();
        boolean sectionsAreThere = Arrays.asList(schema.fieldNames()).containsAll(names(sections));
        if (sections.size() > 1 && (sectionsAreThere || names.isEmpty())) {
            return parts(sections);
        } else if (!names.isEmpty()) {
            return numbers(names);
        } else if (many) {
            throw new IllegalArgumentException("the model keeps no names of its inputs: inputCols: give the names of "
                    + network.inputs() + " columns");
        }
        return List.of(new Part(DEFAULT, network.inputs()));
    }

    // By their names, where they are those of the model, whatever their order.
    private static List<Part> named(List<String> columns, Network network) {
        List<Section> sections = network.inputSections();
        if (columns.size() == network.inputs()) {
            List<String> names = network.names().inputs();
            return numbers(areSame(columns, names) ? names : areSame(columns, names(sections)) ? names(sections) : columns);
        } else if (columns.size() != sections.size()) {
            throw new IllegalArgumentException("found " + columns.size() + " columns where the model takes "
                    + network.inputs() + ": inputCols: name a column for each "
                    + (sections.size() > 1 ? "of the inputs " + String.join(", ", names(sections)) : "input") + " of "
                    + network);
        }
        List<Part> parts = new ArrayList<>();
        boolean byName = areSame(columns, names(sections));
        for (int s = 0; s < sections.size(); s++) {
            parts.add(new Part(byName ? sections.get(s).name() : columns.get(s), sections.get(s).width()));
        }
        return parts;
    }

    private static boolean areSame(List<String> columns, List<String> names) {
        return columns.size() == names.size() && new HashSet<>(columns).equals(new HashSet<>(names));
    }

    private static List<String> names(List<Section> sections) {
        return sections.stream().map(Section::name).toList();
    }

    private static List<Part> parts(List<Section> sections) {
        return sections.stream().map(section -> new Part(section.name(), section.width())).toList();
    }

    private static List<Part> numbers(List<String> names) {
        return names.stream().map(name -> new Part(name, 1)).toList();
    }

    /** What the columns are called. */
    List<String> names() {
        return parts.stream().map(Part::column).toList();
    }

    private void checkThere(StructType schema, String remedy) {
        List<String> there = Arrays.asList(schema.fieldNames());
        List<String> missing = new ArrayList<>(names());
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException((missing.size() == 1 ? "column " : "columns ") + String.join(", ", missing)
                    + (missing.size() == 1 ? " is" : " are") + " missing: there are " + String.join(", ", there)
                    + ": " + remedy);
        }
    }

    private void check(StructField field, Part part, Network network) {
        DataType type = field.dataType();
        boolean number = part.width() == 1 && type instanceof NumericType;
        if (!number && !(Features.holdsRow(type) && (part.width() > 1 || isInput(network)))) {
            throw new IllegalArgumentException("column " + part.column() + " is " + type.simpleString() + " where "
                    + (part.width() == 1 && parts.size() > 1 ? "a feature is a number: cast it to float"
                    : "features are array<float>, array<double> or a vector: cast it, or set inputCols"));
        }
        int size = type.equals(SQLDataTypes.VectorType()) ? AttributeGroup.fromStructField(field).size() : -1;
        if (size >= 0 && size != part.width()) {
            throw new IllegalArgumentException("column " + part.column() + " has vectors of " + size + " values where the"
                    + " model takes " + part.width() + ": assemble the columns that it was trained on");
        }
    }

    // Whether it is one of several inputs, or the only one, and not one number of many.
    private boolean isInput(Network network) {
        return parts.size() == network.inputSections().size();
    }

    /** The columns themselves. */
    List<Column> columns(Dataset<?> dataset) {
        return parts.stream().map(part -> dataset.col(quoted(part.column()))).toList();
    }

    /** One column that holds all features, for a function of one argument. */
    Column gathered(Dataset<?> dataset) {
        List<Column> columns = columns(dataset);
        if (raw) {
            return functions.struct(columns.toArray(Column[]::new));
        } else if (columns.size() == 1) {
            return columns.get(0);
        }
        return parts.stream().allMatch(part -> dataset.schema().apply(part.column()).dataType() instanceof NumericType)
                ? functions.array(columns.stream().map(column -> column.cast("float")).toArray(Column[]::new))
                : functions.struct(columns.toArray(Column[]::new));
    }

    /** A name that may hold any characters, as Spark reads one. */
    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
