package dev.samebits.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowPoolsTest {
    private static final int CALLERS = 200;

    private static RowPools<float[]> pools(int blockRows, int threads) {
        return new RowPools<>(blockRows, threads, float[]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 16, 48, 64, 96, 1000})
    void everyCallHasRoomForItsRowsAndLittleMore(int blockRows) {
        for (int rows = 1; rows <= blockRows; rows++) {
            int room = pools(blockRows, 1).take(rows).length;
            assertThat(room).as("room for %d rows of %d", rows, blockRows).isBetween(rows, Math.min(4 * rows, blockRows));
        }
    }

    @Test
    void callersOfSingleRowsLeaveLittle() {
        assertThat(kept(pools(96, 1), 1)).isEqualTo(64);
    }

    @Test
    void callersOfAllSizesLeaveAFewBlocksForEachThatCanBeAtWork() {
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        RowPools<float[]> pools = pools(96, threads);
        int kept = 0;
        for (int rows : new int[] {1, 3, 16, 50, 96}) {
            kept += kept(pools, rows);
        }
        assertThat(kept).isLessThanOrEqualTo(3 * 64 + 2 * threads * 96);
    }

    // Rows of the buffers that are still there after so many callers at a time.
    private static int kept(RowPools<float[]> pools, int rows) {
        Set<float[]> first = Collections.newSetFromMap(new IdentityHashMap<>());
        first.addAll(all(pools, rows));
        assertThat(first).hasSize(CALLERS);
        first.forEach(buffer -> pools.giveBack(buffer, rows));
        return all(pools, rows).stream().filter(first::contains).mapToInt(buffer -> buffer.length).sum();
    }

    private static List<float[]> all(RowPools<float[]> pools, int rows) {
        List<float[]> taken = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            taken.add(pools.take(rows));
        }
        return taken;
    }
}
