package dev.samebits.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartsTest {
    private static final int[] TOTALS = {0, 1, 2, 3, 7, 15, 16, 17, 31, 63, 64, 65, 127, 128, 129, 1000, 4099, 100_003};
    private static final int[] BLOCKS = {1, 2, 5, 16, 64, 1000};
    private static final int[] THREADS = {1, 2, 3, 4, 7, 16, 64, 1024};

    @Test
    void partsCoverAllRowsExactlyInOrder() {
        for (int total : TOTALS) {
            for (int block : BLOCKS) {
                for (int threads : THREADS) {
                    check(Parts.of(total, block, threads), total + " rows, block " + block + ", " + threads + " threads");
                }
            }
        }
    }

    private static void check(Parts parts, String name) {
        int next = 0;
        for (int part = 0; part < parts.count(); part++) {
            assertThat(parts.from(part)).as(name).isEqualTo(next);
            assertThat(parts.size(part)).as(name).isPositive();
            next += parts.size(part);
        }
        assertThat(next).as(name).isEqualTo(parts.total());
    }

    @Test
    void partsDifferByAUnitAtMost() {
        for (int total : TOTALS) {
            for (int unit : BLOCKS) {
                for (int count = 1; count <= Parts.quotientUp(total, unit); count = 2 * count + 1) {
                    Parts parts = new Parts(total, unit, count);
                    check(parts, parts.toString());
                    int fewest = Parts.quotientUp(total, unit) / count;
                    for (int part = 0; part < count; part++) {
                        assertThat(Parts.quotientUp(parts.size(part), unit)).as("%s, part %d", parts, part)
                                .isBetween(fewest, fewest + 1);
                    }
                }
            }
        }
    }

    @Test
    void oneThreadGetsOnePart() {
        assertThat(Parts.of(1000, 16, 1).count()).isEqualTo(1);
        assertThat(Parts.of(0, 16, 1).count()).isZero();
    }

    @Test
    void everyThreadGetsAPartWhereThereAreRows() {
        assertThat(Parts.of(8, 64, 8).count()).isEqualTo(8);
        assertThat(Parts.of(1024, 64, 4).count()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void blocksStayWholeUnlessThereAreFewerThanThreads() {
        for (int part = 0; part < Parts.of(1000, 16, 3).count() - 1; part++) {
            assertThat(Parts.of(1000, 16, 3).size(part) % 16).isZero();
        }
    }

    @Test
    void theLargestTotalsDoNotOverflow() {
        for (int threads : THREADS) {
            for (int block : BLOCKS) {
                Parts parts = Parts.of(Integer.MAX_VALUE, block, threads);
                int last = parts.count() - 1;
                assertThat(parts.count()).isPositive();
                assertThat((long) parts.from(last) + parts.size(last)).isEqualTo(Integer.MAX_VALUE);
            }
        }
    }
}
