package dev.samebits.cli.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotasTest {
    @Test
    void knownQuotas() {
        assertThat(Quotas.of(new int[] {50, 50, 50}, 30)).containsExactly(10, 10, 10);
        // 3.6, 2.4 and 4: the largest remainder takes the row that is left.
        assertThat(Quotas.of(new int[] {36, 24, 40}, 10)).containsExactly(4, 2, 4);
        // The only row of a class is one to learn from, unless all are wanted.
        assertThat(Quotas.of(new int[] {1, 1, 6}, 2)).containsExactly(0, 0, 2);
        assertThat(Quotas.of(new int[] {1, 0, 1}, 2)).containsExactly(1, 0, 1);
    }

    /** Seed 1: as many rows as wanted, none that is not there, and within a row of the part of each class. */
    @Test
    void eachClassHasItsPart() {
        Random random = new Random(1);
        for (int run = 0; run < 1000; run++) {
            int[] rows = random.ints(1 + random.nextInt(6), 2, 40).toArray();
            int all = IntStream.of(rows).sum();
            int part = random.nextInt(all + 1);
            int[] quotas = Quotas.of(rows, part);
            assertThat(IntStream.of(quotas).sum()).as("run %d", run).isEqualTo(part);
            for (int c = 0; c < rows.length; c++) {
                assertThat(quotas[c]).as("run %d, class %d", run, c).isBetween(0, rows[c]);
                assertThat(Math.abs(quotas[c] - (double) rows[c] * part / all)).as("run %d, class %d", run, c).isLessThan(1);
            }
        }
    }
}
