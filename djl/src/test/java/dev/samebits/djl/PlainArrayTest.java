package dev.samebits.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.samebits.Backends;
import dev.samebits.Matrix;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Arrays keep their numbers through every move, share memory where they say so, and die with their manager. */
class PlainArrayTest {
    private final NDManager manager = Engine.getEngine("Samebits").newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray counted(long... dims) {
        Shape shape = new Shape(dims);
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return manager.create(values, shape);
    }

    private static void assertIs(NDArray array, Shape shape, float... values) {
        assertThat(array.getShape()).isEqualTo(shape);
        assertThat(array.toFloatArray()).containsExactly(values);
    }

    @Test
    void shapesAreViews() {
        NDArray array = counted(2, 3);
        List<Function<NDArray, NDArray>> views = List.of(a -> a.reshape(3, 2), a -> a.reshape(-1, 2), NDArray::flatten,
                a -> a.expandDims(0), a -> a.expandDims(-1), a -> a.expandDims(1).squeeze(1), NDArray::squeeze);
        List<Shape> shapes = List.of(new Shape(3, 2), new Shape(3, 2), new Shape(6), new Shape(1, 2, 3), new Shape(2, 3, 1),
                new Shape(2, 3), new Shape(2, 3));
        for (int i = 0; i < shapes.size(); i++) {
            assertIs(views.get(i).apply(array), shapes.get(i), 0, 1, 2, 3, 4, 5);
        }
        NDArray view = array.reshape(6);
        view.set(new float[] {9, 8, 7, 6, 5, 4});
        assertIs(array, new Shape(2, 3), 9, 8, 7, 6, 5, 4);
        assertThatThrownBy(() -> array.reshape(4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(2, 3)");
        assertThatThrownBy(() -> array.reshape(-1, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> array.reshape(-1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> array.reshape(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> array.squeeze(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> array.expandDims(4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void splitsAndStacks() {
        NDArray array = counted(4, 3);
        NDList parts = array.split(2);
        assertThat(parts).hasSize(2);
        assertIs(parts.get(1), new Shape(2, 3), 6, 7, 8, 9, 10, 11);
        assertIs(array.split(new long[] {1, 3}).get(1), new Shape(2, 3), 3, 4, 5, 6, 7, 8);
        assertThat(array.split(new long[] {0}).get(0).getShape()).isEqualTo(new Shape(0, 3));
        assertThatThrownBy(() -> array.split(3)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("4");
        assertThatThrownBy(() -> array.split(new long[] {3, 1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> array.split(new long[] {5})).isInstanceOf(IllegalArgumentException.class);

        NDArray a = manager.create(new float[] {1, 2});
        NDArray b = manager.create(new float[] {3, 4});
        assertIs(NDArrays.stack(new NDList(a, b)), new Shape(2, 2), 1, 2, 3, 4);
        assertIs(NDArrays.stack(new NDList(a, b), 1), new Shape(2, 2), 1, 3, 2, 4);
        assertIs(NDArrays.stack(new NDList(a, b), -1), new Shape(2, 2), 1, 3, 2, 4);
        assertIs(a.concat(b), new Shape(4), 1, 2, 3, 4);
        assertIs(NDArrays.concat(new NDList(counted(2, 1), counted(2, 2)), 1), new Shape(2, 3), 0, 0, 1, 1, 2, 3);
        NDArray one = NDArrays.stack(new NDList(a));
        a.set(new float[] {7, 7});
        assertIs(one, new Shape(1, 2), 1, 2);
        assertThatThrownBy(() -> a.concat(manager.create(new double[] {1, 2}))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("float64");
        assertThatThrownBy(() -> a.stack(counted(2, 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void picksPlaces() {
        NDArray array = counted(2, 3, 4);
        assertIs(array.get(1, 2), new Shape(4), 20, 21, 22, 23);
        assertIs(array.get(1, 2, 3), new Shape(), 23);
        assertThat(array.getFloat(0, 1, 2)).isEqualTo(6);
        assertIs(array.get(-1, -1), new Shape(4), 20, 21, 22, 23);
        assertIs(array.get(":, 1:, 3"), new Shape(2, 2), 7, 11, 19, 23);
        assertIs(array.get("..., 0"), new Shape(2, 3), 0, 4, 8, 12, 16, 20);
        assertIs(array.get("0, ::2, 1:3"), new Shape(2, 2), 1, 2, 9, 10);
        NDArray copy = array.get(0);
        array.set(new float[24]);
        assertThat(copy.getFloat(0, 1)).isEqualTo(1);
        assertThatThrownBy(() -> array.get(2)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("axis 0");
        assertThatThrownBy(() -> array.get("0:9")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Against its definition, over many shapes: the elements in the order of their places. */
    @Test
    void picksLikeLoops() {
        NDArray array = counted(5, 4, 3);
        for (int from = 0; from < 5; from++) {
            for (int to = from; to <= 5; to++) {
                for (int step = 1; step <= 3; step++) {
                    NDArray picked = array.get(from + ":" + to + ":" + step + ", 1:3, ::2");
                    List<Float> want = new ArrayList<>();
                    for (int i = from; i < to; i += step) {
                        for (int j = 1; j < 3; j++) {
                            for (int k = 0; k < 3; k += 2) {
                                want.add((float) ((i * 4 + j) * 3 + k));
                            }
                        }
                    }
                    float[] got = picked.toFloatArray();
                    assertThat(got).hasSize(want.size());
                    for (int i = 0; i < got.length; i++) {
                        assertThat(got[i]).isEqualTo(want.get(i));
                    }
                }
            }
        }
    }

    @Test
    void copiesArraysAndReadsDirectMemoryInPlace() {
        float[] mine = {1, 2};
        NDArray copied = manager.create(mine);
        mine[0] = 5;
        assertIs(copied, new Shape(2), 1, 2);
        float[] read = copied.toFloatArray();
        read[0] = 7;
        copied.toByteBuffer().putFloat(0, 7);
        assertIs(copied, new Shape(2), 1, 2);

        FloatBuffer direct = manager.allocateDirect(8).asFloatBuffer();
        NDArray lent = manager.create(direct, new Shape(2));
        direct.put(0, 3).put(1, 4);
        assertIs(lent, new Shape(2), 3, 4);
        lent.set(new float[] {5, 6});
        assertThat(direct.get(1)).isEqualTo(6);
        assertThat(direct.remaining()).isEqualTo(2);
    }

    @Test
    void takesEveryNumber() {
        assertThat(manager.create(new double[] {0.1, 2}).toDoubleArray()).containsExactly(0.1, 2);
        assertThat(manager.create(new int[] {1, -2}).toIntArray()).containsExactly(1, -2);
        assertThat(manager.create(new long[] {1L << 40}).toLongArray()).containsExactly(1L << 40);
        assertThat(manager.create(new byte[] {1, -1}).toByteArray()).containsExactly(1, -1);
        assertThat(manager.create(new boolean[] {true, false}).toBooleanArray()).containsExactly(true, false);
        assertThat(manager.create(new float[][] {{1, 2}, {3, 4}}).getShape()).isEqualTo(new Shape(2, 2));
        assertThat(manager.ones(new Shape(2)).toFloatArray()).containsExactly(1, 1);
        assertThat(manager.create(3f).getFloat()).isEqualTo(3);
        byte[] bytes = manager.create(new byte[] {1, 2}).toByteArray();
        NDArray array = manager.create(bytes);
        array.toByteArray()[0] = 9;
        assertThat(array.toByteArray()).containsExactly(1, 2);
        assertThat(manager.create(new int[] {3, -4}).toType(DataType.FLOAT32, false).toFloatArray()).containsExactly(3, -4);
        assertThat(manager.create(new double[] {0.1}).toType(DataType.FLOAT32, false).toFloatArray()).containsExactly(0.1f);
        assertThat(manager.create(new float[] {0.1f}).toType(DataType.FLOAT64, false).toDoubleArray())
                .containsExactly((double) 0.1f);
        assertThat(manager.create(new long[] {1, 2}).split(2).get(1).toLongArray()).containsExactly(2);
        assertThatThrownBy(() -> manager.create(new float[][] {{1, 2}, {3}})).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1 has 1");
        assertThatThrownBy(() -> manager.create(new float[3], new Shape(2))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 2 elements").hasMessageContaining("3");
        assertThatThrownBy(() -> manager.create(FloatBuffer.allocate(2), new Shape(2), DataType.FLOAT64))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("float64", "float32");
        assertThatThrownBy(() -> manager.zeros(new Shape(1L << 32, 1L << 32))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more elements");
        assertThatThrownBy(() -> manager.zeros(new Shape(-1, 4))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesAreTheMachinesUnlessSaidOtherwise() {
        ByteBuffer fresh = ByteBuffer.allocate(8);
        fresh.order(ByteOrder.nativeOrder()).putDouble(0, 0.1).order(ByteOrder.BIG_ENDIAN);
        assertThat(manager.create(fresh, new Shape(1), DataType.FLOAT64).toDoubleArray()).containsExactly(0.1);
        ByteBuffer little = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 1).putFloat(4, 2);
        assertThat(manager.create(little, new Shape(2), DataType.FLOAT32).toFloatArray()).containsExactly(1, 2);
        NDArray array = counted(2, 2);
        assertThat(manager.decode(array.encode())).isEqualTo(array);
        NDList list = new NDList(array, manager.create(new long[] {4}));
        for (NDList.Encoding encoding : NDList.Encoding.values()) {
            assertThat(NDList.decode(manager, list.encode(encoding))).isEqualTo(list);
        }
    }

    @Test
    void printsItself() {
        NDArray array = counted(2, 2);
        array.setName("x");
        assertThat(array.toString()).contains("x: (2, 2) cpu() float32", "[2., 3.]");
        assertThat(manager.create(new int[] {7}).toString()).contains("7");
    }

    @Test
    void softmaxIsThatOfSamebits() {
        NDArray z = manager.create(new float[] {1, 2, 3, -1, 0, 7}, new Shape(2, 3));
        Matrix y = Matrix.zeros(2, 3);
        Backends.named("scalar").kernels().softmax(Matrix.of(2, 3, z.toFloatArray()), y);
        Iris.assertSame(z.softmax(1).toFloatArray(), y.data(), "softmax");
        Iris.assertSame(z.get(1).softmax(0).toFloatArray(), y.rows(1, 1).copy().data(), "softmax of a row");
        Backends.named("scalar").kernels().logSoftmax(Matrix.of(2, 3, z.toFloatArray()), y);
        Iris.assertSame(z.logSoftmax(-1).toFloatArray(), y.data(), "log-softmax");
        assertThatThrownBy(() -> z.softmax(0)).isInstanceOf(UnsupportedOperationException.class);
    }

    /** As DJL's tutorial of handwritten digits reads its pictures. */
    @Test
    void picturesBecomeRows() {
        BufferedImage picture = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(1, 2, 0x336699);
        NDArray pixels = ImageFactory.getInstance().fromImage(picture).toNDArray(manager, Image.Flag.COLOR);
        NDArray tensor = NDImageUtils.toTensor(pixels);
        assertThat(tensor.getShape()).isEqualTo(new Shape(3, 3, 2));
        assertThat(tensor.getFloat(0, 2, 1)).isEqualTo(0x33 / 255f);
        assertThat(tensor.getFloat(2, 2, 1)).isEqualTo(0x99 / 255f);
        assertThat(tensor.getFloat(2, 1, 1)).isZero();
    }

    @Test
    void livesAsLongAsItsManager() {
        NDManager inner = manager.newSubManager();
        NDManager innermost = inner.newSubManager();
        NDArray a = innermost.create(1f);
        NDArray b = innermost.create(2f);
        NDArray c = inner.create(3f);
        List<String> closed = new ArrayList<>();
        innermost.attachInternal("first", () -> closed.add("first"));
        innermost.attachInternal("second", () -> closed.add("second"));
        innermost.attachInternal("gone", () -> closed.add("gone"));
        innermost.detachInternal("gone");
        b.attach(inner);
        c.tempAttach(innermost);
        innermost.close();
        innermost.close();
        assertThat(closed).containsExactly("second", "first");
        assertThat(List.of(a.isReleased(), b.isReleased(), c.isReleased())).containsExactly(true, false, false);
        assertThat(c.getManager()).isSameAs(inner);
        assertThatThrownBy(() -> innermost.create(1f)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(innermost::newSubManager).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> innermost.attachInternal("x", () -> {})).isInstanceOf(IllegalStateException.class);

        NDManager other = inner.newSubManager();
        other.attachInternal("third", () -> closed.add("third"));
        NDArray kept = inner.create(4f);
        kept.detach();
        NDArray shut = inner.create(5f);
        shut.close();
        assertThat(shut.isReleased()).isTrue();
        inner.close();
        assertThat(closed).containsExactly("second", "first", "third");
        assertThat(other.isOpen()).isFalse();
        assertThat(kept.getFloat()).isEqualTo(4);
        assertThatThrownBy(b::getShape).isInstanceOf(IllegalStateException.class).hasMessageContaining("was closed");

        NDManager capped = manager.newSubManager();
        capped.cap();
        assertThatThrownBy(() -> capped.create(1f)).isInstanceOf(IllegalStateException.class).hasMessageContaining("capped");
        assertThatThrownBy(() -> manager.getParentManager().close()).isInstanceOf(IllegalStateException.class);
    }
}
