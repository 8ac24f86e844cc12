package dev.samebits.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
    @Test
    void everyRowIsHeldOutOnceAndEveryClassIsDealtOut() {
        // 50, 17, 3 and 1 rows of four classes.
        int[] classes = IntStream.range(0, 71).map(n -> n < 50 ? 2 : n < 67 ? 0 : n < 70 ? 3 : 1).toArray();
        for (int count : new int[] {2, 5, 10, 71}) {
            Folds folds = Folds.stratified(classes, count, 7);
            int[] all = IntStream.range(0, count).flatMap(k -> Arrays.stream(folds.held(k))).sorted().toArray();
            assertThat(all).isEqualTo(IntStream.range(0, 71).toArray());
            for (int k = 0; k < count; k++) {
                int[] held = folds.held(k);
                int[] training = folds.training(k);
                assertThat(held).isSorted().hasSizeBetween(71 / count, 71 / count + 1);
                assertThat(training).isSorted().hasSize(71 - held.length).doesNotContain(held);
                for (int c = 0; c < 4; c++) {
                    int which = c;
                    int of = (int) Arrays.stream(classes).filter(x -> x == which).count();
                    assertThat((int) Arrays.stream(held).filter(row -> classes[row] == which).count())
                            .isBetween(of / count, of / count + 1);
                }
            }
        }
    }

    /** Known values, so that a seed names the same folds for ever. */
    @Test
    void seedsNameFolds() {
        assertThat(Folds.of(10, 3, 1).held(0)).isEqualTo(Folds.of(10, 3, 1).held(0));
        assertThat(Folds.of(100, 2, 1).held(0)).isNotEqualTo(Folds.of(100, 2, 2).held(0));
        assertThat(Folds.of(10, 3, 1)).hasToString("3 folds of 10 rows, 4 in the first");
    }

    @Test
    void tooManyFoldsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Folds.of(3, 4, 1)).withMessageContaining("2 to 3");
        assertThatIllegalArgumentException().isThrownBy(() -> Folds.of(3, 1, 1)).withMessageContaining("not 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Folds.of(3, 2, 1).held(2)).withMessageContaining("0 to 1");
    }
}
