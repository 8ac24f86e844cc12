package dev.samebits.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.PairList;
import java.nio.Buffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** What a manager of plain arrays is asked for and cannot do. */
abstract class RefusingManager implements NDManager {
    @Override
    public List<NDArray> getManagedArrays() {
        throw Unsupported.toDjl("getManagedArrays", "keep a list of your own; arrays need not be closed");
    }

    @Override
    public NDArray create(String[] data, Charset charset, Shape shape) {
        throw Unsupported.array();
    }

    @Override
    public NDArray createCSR(Buffer data, long[] indptr, long[] indices, Shape shape) {
        throw Unsupported.array();
    }

    @Override
    public NDArray createRowSparse(Buffer data, Shape dataShape, long[] indices, Shape shape) {
        throw Unsupported.array();
    }

    @Override
    public NDArray createCoo(Buffer data, long[][] indices, Shape shape) {
        throw Unsupported.array();
    }

    @Override
    public NDList load(Path path) {
        throw Unsupported.array();
    }

    @Override
    public NDArray full(Shape shape, float value, DataType type) {
        throw Unsupported.array();
    }

    @Override
    public NDArray arange(float start, float stop, float step, DataType type) {
        throw Unsupported.array();
    }

    @Override
    public NDArray eye(int rows, int columns, int k, DataType type) {
        throw Unsupported.array();
    }

    @Override
    public NDArray linspace(float start, float stop, int num, boolean endpoint) {
        throw Unsupported.array();
    }

    @Override
    public NDArray randomInteger(long low, long high, Shape shape, DataType type) {
        throw Unsupported.array();
    }

    @Override
    public NDArray randomPermutation(long n) {
        throw Unsupported.array();
    }

    @Override
    public NDArray randomUniform(float low, float high, Shape shape, DataType type) {
        throw Unsupported.array();
    }

    @Override
    public NDArray randomNormal(float loc, float scale, Shape shape, DataType type) {
        throw Unsupported.array();
    }

    @Override
    public NDArray truncatedNormal(float loc, float scale, Shape shape, DataType type) {
        throw Unsupported.array();
    }

    @Override
    public NDArray randomMultinomial(int n, NDArray probabilities) {
        throw Unsupported.array();
    }

    @Override
    public NDArray randomMultinomial(int n, NDArray probabilities, Shape shape) {
        throw Unsupported.array();
    }

    @Override
    public NDArray sampleNormal(NDArray mu, NDArray sigma) {
        throw Unsupported.array();
    }

    @Override
    public NDArray sampleNormal(NDArray mu, NDArray sigma, Shape shape) {
        throw Unsupported.array();
    }

    @Override
    public NDArray samplePoisson(NDArray lambda) {
        throw Unsupported.array();
    }

    @Override
    public NDArray samplePoisson(NDArray lambda, Shape shape) {
        throw Unsupported.array();
    }

    @Override
    public NDArray sampleGamma(NDArray alpha, NDArray beta) {
        throw Unsupported.array();
    }

    @Override
    public NDArray sampleGamma(NDArray alpha, NDArray beta, Shape shape) {
        throw Unsupported.array();
    }

    @Override
    public void invoke(String operation, NDArray[] src, NDArray[] dest, PairList<String, ?> params) {
        throw Unsupported.array();
    }

    @Override
    public NDList invoke(String operation, NDList src, PairList<String, ?> params) {
        throw Unsupported.array();
    }
}
