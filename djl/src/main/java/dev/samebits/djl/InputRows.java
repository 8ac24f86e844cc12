package dev.samebits.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.samebits.Network;
import dev.samebits.Section;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of an NDList: of one array, as they lie, or of an array for each named input of the network, by their names where
 * all have one, else in the network's order.
 *
 * @param count how many they are
 * @param values {@code [rows × inputs]}
 */
record InputRows(int count, FloatBuffer values) {
    private static final Set<DataType> NUMBERS = Set.of(DataType.FLOAT32, DataType.INT64, DataType.INT32);

    /**
     * Reads them.
     *
     * @param only what the file calls the input of a network that has one
     * @throws IllegalArgumentException if they do not fit the network
     */
    static InputRows of(NDList list, Network network, String only) {
        List<Section> sections = network.inputSections();
        if (sections.size() > 1 && list.size() == sections.size()) {
            return gathered(ordered(list, sections), sections);
        }
        if (list.size() != 1) {
            throw new IllegalArgumentException(sections.size() > 1
                    ? "predict: the model takes an NDArray for each of " + names(sections) + ", but the NDList has "
                            + list.size() + ": give these"
                    : "predict: the model takes 1 NDArray, '" + only + "', but the NDList has " + list.size()
                            + ": put the rows into one, [rows × " + network.inputs() + "]");
        }
        NDArray x = list.get(0);
        if (sections.size() == 1 && x.getName() != null && !x.getName().equals(only)) {
            throw new IllegalArgumentException("predict: the NDArray is called '" + x.getName() + "', but the model's input"
                    + " is '" + only + "': give it this name, or none");
        }
        if (x.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException("predict: the NDArray is " + x.getDataType() + ", and rows are "
                    + DataType.FLOAT32 + ": convert it with toType(DataType.FLOAT32, false)");
        }
        return new InputRows(rows(x, network.inputs(), "the NDArray"), floats(x));
    }

    private static String names(List<Section> sections) {
        return sections.stream().map(Section::name).collect(Collectors.joining(", "));
    }

    private static List<NDArray> ordered(NDList list, List<Section> sections) {
        List<NDArray> arrays = new ArrayList<>();
        boolean named = list.stream().allMatch(array -> array.getName() != null);
        for (int s = 0; s < sections.size(); s++) {
            NDArray array = named ? list.get(sections.get(s).name()) : list.get(s);
            if (array == null) {
                throw new IllegalArgumentException("predict: no NDArray is called '" + sections.get(s).name()
                        + "': the model's inputs are " + names(sections) + ": give the arrays these names, or none");
            }
            arrays.add(array);
        }
        return arrays;
    }

    private static InputRows gathered(List<NDArray> arrays, List<Section> sections) {
        Section last = sections.get(sections.size() - 1);
        int inputs = last.from() + last.width();
        int count = rows(arrays.get(0), sections.get(0).width(), "'" + sections.get(0).name() + "'");
        float[] all = new float[Lent.size(count, inputs)];
        for (int s = 0; s < arrays.size(); s++) {
            Section section = sections.get(s);
            NDArray array = arrays.get(s);
            String what = "'" + section.name() + "'";
            int rows = rows(array, section.width(), what);
            if (rows != count) {
                throw new IllegalArgumentException("predict: " + what + " has " + rows + " rows, but '"
                        + sections.get(0).name() + "' has " + count + ": give as many");
            }
            FloatBuffer values = numbers(array, what);
            for (int n = 0; n < rows; n++) {
                values.get(n * section.width(), all, n * inputs + section.from(), section.width());
            }
        }
        return new InputRows(count, FloatBuffer.wrap(all));
    }

    private static FloatBuffer numbers(NDArray array, String what) {
        if (!NUMBERS.contains(array.getDataType())) {
            throw new IllegalArgumentException("predict: " + what + " is " + array.getDataType() + ": convert it with"
                    + " toType(DataType.FLOAT32, false)");
        }
        if (array.getDataType() == DataType.FLOAT32) {
            return floats(array);
        }
        boolean longs = array.getDataType() == DataType.INT64;
        long[] ids = longs ? array.toLongArray() : null;
        int[] numbers = longs ? null : array.toIntArray();
        float[] values = new float[longs ? ids.length : numbers.length];
        for (int i = 0; i < values.length; i++) {
            long number = longs ? ids[i] : numbers[i];
            values[i] = number;
            // Another number would be another id.
            if ((long) values[i] != number) {
                throw new IllegalArgumentException("predict: " + what + " has the number " + number
                        + ", which no float is: give it as the float that is meant");
            }
        }
        return FloatBuffer.wrap(values);
    }

    // The first dimension counts the rows, and all others together are the columns.
    private static int rows(NDArray x, int inputs, String what) {
        Shape shape = x.getShape();
        long columns = 1;
        for (int d = 1; d < shape.dimension(); d++) {
            columns *= shape.get(d);
        }
        if (shape.dimension() == 0 || columns != inputs) {
            throw new IllegalArgumentException("predict: " + what + " has the shape " + shape
                    + ", but the network takes rows of " + inputs + " numbers: give [rows × " + inputs
                    + "], for one row by reshape(1, " + inputs + ")");
        }
        return Lent.size(shape.get(0));
    }

    private static FloatBuffer floats(NDArray x) {
        if (x instanceof PlainArray plain) {
            return ((FloatElements) plain.elements()).buffer();
        }
        return ((FloatElements) Lent.of(x)).buffer();
    }
}
