package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {
    private static Matrix counted() {
        float[] data = new float[20];
        for (int i = 0; i < data.length; i++) {
            data[i] = i;
        }
        return Matrix.view(data, 2, 3, 4, 6);
    }

    @Test
    void viewReadsOffsetPlusRowTimesStridePlusColumn() {
        Matrix m = counted();
        assertThat(m.get(0, 0)).isEqualTo(2);
        assertThat(m.get(2, 3)).isEqualTo(2 + 2 * 6 + 3);
        assertThat(m.rowOffset(2)).isEqualTo(14);
        assertThat(m).hasToString("3 × 4");
    }

    @Test
    void viewsShareTheArray() {
        float[] data = new float[6];
        Matrix whole = Matrix.of(2, 3, data);
        whole.rows(1, 1).columns(2, 1).set(0, 0, 7);
        assertThat(data).containsExactly(0, 0, 0, 0, 0, 7);
        assertThat(whole.data()).isSameAs(data);
    }

    @Test
    void partsOfPartsReadTheSameElements() {
        Matrix part = counted().rows(1, 2).columns(1, 3);
        assertThat(part.rows()).isEqualTo(2);
        assertThat(part.columns()).isEqualTo(3);
        assertThat(part.stride()).isEqualTo(6);
        assertThat(part.get(0, 0)).isEqualTo(counted().get(1, 1));
        assertThat(part.get(1, 2)).isEqualTo(counted().get(2, 3));
    }

    @Test
    void emptyRowsBehindTheLastStayInsideTheArray() {
        Matrix none = Matrix.of(2, 3, new float[6]).rows(2, 0);
        assertThat(none.rows()).isZero();
        Matrix again = Matrix.view(none.data(), none.offset(), 0, none.columns(), none.stride());
        assertThat(again).hasToString("0 × 3");
    }

    @Test
    void copyIsDenseAndItsOwn() {
        Matrix m = counted();
        Matrix copy = m.copy();
        assertThat(copy.data()).containsExactly(2, 3, 4, 5, 8, 9, 10, 11, 14, 15, 16, 17);
        copy.set(0, 0, 99);
        assertThat(m.get(0, 0)).isEqualTo(2);
    }

    @Test
    void copyToWritesNothingBetweenTheRows() {
        float[] data = new float[8];
        Matrix.of(2, 2, 1, 2, 3, 4).copyTo(Matrix.view(data, 1, 2, 2, 4));
        assertThat(data).containsExactly(0, 1, 2, 0, 0, 3, 4, 0);
    }

    @Test
    void copyToNamesBothShapes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matrix.zeros(2, 3).copyTo(Matrix.zeros(3, 2)))
                .withMessageContainingAll("2 × 3", "3 × 2");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "3, 0", "0, -1", "0, 4"})
    void elementsOutsideThrow(int row, int column) {
        Matrix m = counted();
        assertThatThrownBy(() -> m.get(row, column)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> m.set(row, column, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 4", "3, 1", "1, -1", "2147483647, 2"})
    void rowsOutsideThrow(int from, int count) {
        assertThatThrownBy(() -> counted().rows(from, count)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 5", "4, 1", "0, 0", "1, -1", "0, -2147483648", "2147483647, 2"})
    void columnsOutsideThrow(int from, int count) {
        assertThatThrownBy(() -> counted().columns(from, count)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1, 3, 4, 6", "3, 3, 4, 6", "0, 4, 4, 6", "0, 3, 4, 3", "2147483647, 1, 1, 1", "0, 2147483647, 1, 1"})
    void viewsThatLeaveTheArrayThrow(int offset, int rows, int columns, int stride) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matrix.view(new float[18], offset, rows, columns, stride))
                .withMessageContainingAll(rows + " × " + columns, "offset " + offset, "stride " + stride, "18");
    }

    @Test
    void viewMayEndWithTheArray() {
        assertThat(Matrix.view(new float[18], 2, 3, 4, 6).get(2, 3)).isZero();
    }

    @Test
    void wrongLengthNamesBothNumbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> Matrix.of(2, 3, new float[5]))
                .withMessage("a matrix of 2 × 3 needs 6 elements, but the array has 5");
    }

    @ParameterizedTest
    @CsvSource({"-1, 3", "3, 0", "2, -2"})
    void shapesWithoutAColumnThrow(int rows, int columns) {
        assertThatIllegalArgumentException().isThrownBy(() -> Matrix.zeros(rows, columns))
                .withMessage("a matrix needs at least 0 rows and 1 column, not " + rows + " × " + columns);
    }

    @Test
    void moreElementsThanAnArrayHoldsThrow() {
        assertThatIllegalArgumentException().isThrownBy(() -> Matrix.zeros(65536, 65536))
                .withMessageContainingAll("65536 × 65536", "4294967296");
    }

    @Test
    void overlapsAreFoundElementByElement() {
        float[] data = new float[24];
        SplitMix64 random = new SplitMix64(7);
        int meeting = 0;
        for (int round = 0; round < 5000; round++) {
            Matrix a = someView(data, random);
            Matrix b = someView(data, random);
            boolean want = elements(a).stream().anyMatch(elements(b)::contains);
            meeting += want ? 1 : 0;
            assertThat(a.overlaps(b)).as("%s at %s, stride %s; %s at %s, stride %s", a, a.offset(), a.stride(),
                    b, b.offset(), b.stride()).isEqualTo(want);
        }
        assertThat(meeting).isBetween(500, 4500);
        assertThat(Matrix.row(data).overlaps(Matrix.row(data.clone()))).isFalse();
    }

    private static Matrix someView(float[] data, SplitMix64 random) {
        int columns = 1 + random.nextInt(4);
        int stride = columns + random.nextInt(4);
        int rows = random.nextInt(5);
        int needed = rows == 0 ? 0 : (rows - 1) * stride + columns;
        return needed > data.length ? Matrix.row(data)
                : Matrix.view(data, random.nextInt(data.length - needed + 1), rows, columns, stride);
    }

    private static Set<Integer> elements(Matrix m) {
        Set<Integer> elements = new HashSet<>();
        for (int r = 0; r < m.rows(); r++) {
            for (int c = 0; c < m.columns(); c++) {
                elements.add(m.rowOffset(r) + c);
            }
        }
        return elements;
    }
}
