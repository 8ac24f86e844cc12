package dev.samebits.djl;

import ai.djl.ndarray.types.DataType;
import dev.samebits.Matrix;
import dev.samebits.onnx.OnnxOutput;
import dev.samebits.train.Classification;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.StringJoiner;

/**
 * The class of each row, as a classifier's file hands it out beside the probabilities: by name or by number. A row with a
 * NaN has none; whoever reads it is told, and whoever reads the probabilities alone is not bothered.
 *
 * @param numbers the places of the classes, or {@link Classification#NONE}
 * @param first the row of the first of them in its batch
 */
record ClassElements(IntBuffer numbers, OnnxOutput output, DataType type, int first) implements Elements {
    private static final int SHOWN = 20;

    /**
     * The type of an output that hands out classes.
     *
     * @throws UnfitException if there is no array of this type
     */
    static DataType type(OnnxOutput output) throws UnfitException {
        DataType type = switch (output.type()) {
            case "string" -> DataType.STRING;
            case "int64" -> DataType.INT64;
            case "int32" -> DataType.INT32;
            default -> throw new UnfitException("output '" + output.name() + "': it gives classes as "
                    + output.type() + ", and string, int64 and int32 are given here: export the model with one of these");
        };
        if (type != DataType.STRING && !output.classes().stream().allMatch(name -> name.matches("-?[0-9]{1,9}"))) {
            throw new UnfitException("output '" + output.name() + "': it gives classes as " + output.type()
                    + ", but calls them " + output.classes()
                    + ": export the model with names of up to 9 digits, or as texts");
        }
        return type;
    }

    static ClassElements of(OnnxOutput output, DataType type, Matrix values) {
        int[] numbers = new int[values.rows()];
        for (int n = 0; n < numbers.length; n++) {
            numbers[n] = Classification.classOf(values, n);
        }
        return new ClassElements(IntBuffer.wrap(numbers), output, type, 0);
    }

    @Override
    public int size() {
        return numbers.capacity();
    }

    @Override
    public ClassElements view(int from, int count) {
        return new ClassElements(numbers.slice(from, count), output, type, first + from);
    }

    @Override
    public ClassElements make(int count) {
        return new ClassElements(IntBuffer.allocate(count), output, type, 0);
    }

    @Override
    public void copy(int from, Elements target, int at, int count) {
        ((ClassElements) target).numbers.put(at, numbers, from, count);
    }

    private String text(int index) {
        int number = numbers.get(index);
        if (number == Classification.NONE) {
            throw new IllegalStateException("output '" + output.name() + "': row " + (first + index)
                    + " has NaN among its values, and so no class: read the values, or leave such rows out");
        }
        return name(number);
    }

    private String name(int number) {
        return output.classes().isEmpty() ? Integer.toString(number) : output.classes().get(number);
    }

    String[] texts() {
        String[] texts = new String[size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(i);
        }
        return texts;
    }

    /** For people: the first few, and a dash for a row that has none. */
    @Override
    public String toString() {
        StringJoiner joined = new StringJoiner(", ", type + " [", size() > SHOWN ? ", …]" : "]");
        for (int i = 0; i < Math.min(size(), SHOWN); i++) {
            joined.add(numbers.get(i) == Classification.NONE ? "-" : name(numbers.get(i)));
        }
        return joined.toString();
    }

    @Override
    public ByteBuffer bytes() {
        if (type == DataType.STRING) {
            throw new IllegalStateException("output '" + output.name() + "': it holds texts: read them by toStringArray()");
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size(), type.getNumOfBytes()))
                .order(ByteOrder.nativeOrder());
        for (int i = 0; i < size(); i++) {
            if (type == DataType.INT64) {
                bytes.putLong(Long.parseLong(text(i)));
            } else {
                bytes.putInt(Integer.parseInt(text(i)));
            }
        }
        return bytes.flip();
    }
}
