package dev.samebits.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What an array is asked for and cannot do. DJL's adapter hands most of it to another engine's array, in place of which
 * stands a refusal; the methods here are those that it refuses by itself, without saying which.
 */
abstract class RefusingArray extends NDArrayAdapter {
    private static final NDManager NO_OTHER_ENGINE = new PlainManager(null) {
        @Override
        public NDArray from(@Nullable NDArray array) {
            throw Unsupported.array();
        }
    };

    RefusingArray(NDManager manager, Shape shape, DataType type) {
        // The name that managers know it by is made when one asks for it.
        super(manager, NO_OTHER_ENGINE, shape, type, null);
    }

    @Override
    public void setRequiresGradient(boolean requiresGradient) {
        throw Unsupported.array();
    }

    @Override
    public NDArray getGradient() {
        throw Unsupported.array();
    }

    @Override
    public NDArray stopGradient() {
        throw Unsupported.array();
    }

    @Override
    public NDArray take(NDManager manager, NDArray index) {
        throw Unsupported.array();
    }

    @Override
    public NDArray put(NDArray index, NDArray value) {
        throw Unsupported.array();
    }

    @Override
    public NDArray scatter(NDArray index, NDArray value, int axis) {
        throw Unsupported.array();
    }

    @Override
    public NDArray addi(Number n) {
        throw Unsupported.array();
    }

    @Override
    public NDArray addi(NDArray other) {
        throw Unsupported.array();
    }

    @Override
    public NDArray subi(Number n) {
        throw Unsupported.array();
    }

    @Override
    public NDArray subi(NDArray other) {
        throw Unsupported.array();
    }

    @Override
    public NDArray muli(Number n) {
        throw Unsupported.array();
    }

    @Override
    public NDArray muli(NDArray other) {
        throw Unsupported.array();
    }

    @Override
    public NDArray divi(Number n) {
        throw Unsupported.array();
    }

    @Override
    public NDArray divi(NDArray other) {
        throw Unsupported.array();
    }

    @Override
    public NDArray modi(Number n) {
        throw Unsupported.array();
    }

    @Override
    public NDArray modi(NDArray other) {
        throw Unsupported.array();
    }

    @Override
    public NDArray powi(Number n) {
        throw Unsupported.array();
    }

    @Override
    public NDArray powi(NDArray other) {
        throw Unsupported.array();
    }

    @Override
    public NDArray signi() {
        throw Unsupported.array();
    }

    @Override
    public NDArray negi() {
        throw Unsupported.array();
    }

    @Override
    public NDArray flatten(int startDim, int endDim) {
        throw Unsupported.array();
    }

    @Override
    public NDArray fft(long length, long axis) {
        throw Unsupported.array();
    }

    @Override
    public NDArray ifft(long length, long axis) {
        throw Unsupported.array();
    }

    @Override
    public NDArray rfft(long length, long axis) {
        throw Unsupported.array();
    }

    @Override
    public NDArray irfft(long length, long axis) {
        throw Unsupported.array();
    }

    @Override
    public NDArray stft(long nFft, long hopLength, boolean center, NDArray window, boolean normalize, boolean complex) {
        throw Unsupported.array();
    }

    @Override
    public NDArray fft2(long[] sizes, long[] axes) {
        throw Unsupported.array();
    }

    @Override
    public NDArray ifft2(long[] sizes, long[] axes) {
        throw Unsupported.array();
    }

    @Override
    public NDArray pad(Shape padding, double value) {
        throw Unsupported.array();
    }

    @Override
    public NDList unique(Integer dim, boolean sorted, boolean returnInverse, boolean returnCounts) {
        throw Unsupported.array();
    }

    @Override
    public NDArray batchMatMul(NDArray other) {
        throw Unsupported.array();
    }

    @Override
    public NDArray xlogy(NDArray other) {
        throw Unsupported.array();
    }

    @Override
    public NDList topK(int k, int axis, boolean largest, boolean sorted) {
        throw Unsupported.array();
    }

    @Override
    public NDArray complex() {
        throw Unsupported.array();
    }

    @Override
    public NDArray real() {
        throw Unsupported.array();
    }

    @Override
    public NDArray conj() {
        throw Unsupported.array();
    }

    @Override
    public NDArray diff(int n, int dim) {
        throw Unsupported.array();
    }

    @Override
    public void intern(NDArray replaced) {
        throw Unsupported.array();
    }
}
