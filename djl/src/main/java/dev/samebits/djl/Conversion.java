package dev.samebits.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.samebits.Backends;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import java.nio.ByteBuffer;

/** The few things that arrays compute, each with one result on every machine. */
final class Conversion {
    private static final float WHITE = 255;

    private Conversion() {}

    /** As floats or doubles, each the nearest to the number that was there; to other types numbers might be lost. */
    static Elements to(DataType type, PlainArray array) {
        DataType from = array.getDataType();
        if (type != DataType.FLOAT32 && type != DataType.FLOAT64 || from == DataType.STRING
                || from == DataType.BFLOAT16 || from == DataType.UINT64) {
            throw Unsupported.array();
        }
        if (from == DataType.FLOAT64) {
            double[] doubles = array.toDoubleArray();
            float[] values = new float[doubles.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) doubles[i];
            }
            return FloatElements.of(values);
        }
        Number[] numbers = array.toArray();
        if (type == DataType.FLOAT32) {
            float[] values = new float[numbers.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = numbers[i].floatValue();
            }
            return FloatElements.of(values);
        }
        ByteElements values = ByteElements.zeros(numbers.length, Double.BYTES);
        for (int i = 0; i < numbers.length; i++) {
            values.buffer().putDouble(i * Double.BYTES, numbers[i].doubleValue());
        }
        return values;
    }

    /** Softmax, or its logarithm, of rows along the last axis, by the definition of Samebits. */
    static NDArray softmax(PlainArray array, int axis, boolean log) {
        Shape shape = array.getShape();
        if (array.getDataType() != DataType.FLOAT32 || Dims.axis(shape, axis) != shape.dimension() - 1) {
            throw Unsupported.array();
        }
        float[] values = array.toFloatArray();
        float[] results = new float[values.length];
        if (values.length > 0) {
            int columns = (int) shape.getLastDimension();
            Matrix z = Matrix.of(values.length / columns, columns, values);
            Matrix y = Matrix.of(z.rows(), columns, results);
            LayerKernels kernels = Backends.best().kernels();
            if (log) {
                kernels.logSoftmax(z, y);
            } else {
                kernels.softmax(z, y);
            }
        }
        return array.with(shape, DataType.FLOAT32, FloatElements.of(results));
    }

    /** An image's bytes, [height × width × channels], as floats from 0 to 1, [channels × height × width]. */
    static NDArray toTensor(PlainArray array) {
        Shape shape = array.getShape();
        if (array.getDataType() != DataType.UINT8 || shape.dimension() != 3) {
            throw Unsupported.array();
        }
        int channels = (int) shape.get(2);
        ByteBuffer bytes = array.toByteBuffer();
        float[] values = new float[bytes.remaining()];
        int pixels = channels == 0 ? 0 : values.length / channels;
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < channels; c++) {
                values[c * pixels + p] = (bytes.get() & 0xff) / WHITE;
            }
        }
        return array.with(new Shape(channels, shape.get(0), shape.get(1)), DataType.FLOAT32, FloatElements.of(values));
    }
}
