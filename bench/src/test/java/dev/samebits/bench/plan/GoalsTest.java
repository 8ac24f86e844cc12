package dev.samebits.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.bench.jmh.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final Goals QUICK = new Goals(true, "simd", 2, 256);
    private static final Goals FULL = new Goals(false, "simd", 2, 256);

    @Test
    void everyGroupNamesBenchmarksOfThisBuild() throws ReflectiveOperationException {
        for (Goals goals : List.of(QUICK, FULL)) {
            assertThat(goals.blocks()).extracting(Block::group).containsAll(Goals.GROUPS);
            assertThat(goals.blocks()).extracting(Block::name).doesNotHaveDuplicates();
            for (Block block : goals.blocks()) {
                for (Trial trial : block.trials()) {
                    assertThatCode(() -> Cost.of(trial.benchmark(), trial.parameters())).as(trial.toString())
                            .doesNotThrowAnyException();
                    if (trial.isPresent()) {
                        SuiteTest.checkNames(trial);
                    } else {
                        assertThat(trial.benchmark()).startsWith("peers.");
                    }
                }
            }
        }
    }

    /** So that a page can be made of a quick run by the goals of a full one. */
    @Test
    void aFullRunHasTheRowsOfAQuickOne() {
        assertThat(FULL.blocks().stream().flatMap(block -> block.rows().stream()))
                .containsAll(QUICK.blocks().stream().flatMap(block -> block.rows().stream()).toList());
    }

    @Test
    void groupsAndRowsAreChosenByName() {
        assertThat(QUICK.blocks(List.of("odd"), trial -> true)).hasSize(5).extracting(Block::group).containsOnly("odd");
        // A group is not a part of a name: that of training steps' bytes is in another.
        assertThat(QUICK.blocks(List.of("training"), trial -> true)).extracting(Block::group).containsOnly("training");
        assertThat(QUICK.blocks(List.of("tanh value", "relu, batch 8"), trial -> true)).extracting(Block::name)
                .containsExactly("32-64-32-1 relu, batch 8", "tanh value, in cache");
        assertThatThrownBy(() -> QUICK.blocks(List.of("none"), trial -> true))
                .hasMessageContaining("no group or row of the goals is called 'none'").hasMessageContaining("--full");
    }

    @Test
    void rowsWithoutTheirYardstickAreLeftOut() {
        assertThat(QUICK.blocks(List.of("network"), trial -> !trial.isPeer())).isEmpty();
        assertThat(QUICK.blocks(List.of("training"), trial -> !trial.isPeer())).hasSize(3)
                .allSatisfy(block -> assertThat(block.rows()).extracting(Row::against).containsExactly("FMA peak"));
    }

    @Test
    void bytesOfACallAreCountedInLongIterations() {
        Settings whole = Settings.QUICK_GOALS;
        Block bytes = QUICK.blocks(List.of(Goals.ALLOCATION), trial -> true).get(0);
        Block speed = QUICK.blocks(List.of("network"), trial -> true).get(0);
        assertThat(bytes.settings(bytes.trials().get(0), whole).millis()).isEqualTo(5 * whole.millis());
        assertThat(speed.settings(speed.trials().get(0), whole).millis()).isEqualTo(whole.millis());
    }

    @Test
    void paddedShapes() {
        assertThat(Goals.up(33, 16)).isEqualTo(48);
        assertThat(Goals.up(7, 4)).isEqualTo(8);
        assertThat(Goals.up(16, 16)).isEqualTo(16);
    }

    @Test
    void goalsAreBounds() {
        assertThat(Row.Goal.atLeast(0.8).missedBy(0.6)).isCloseTo(0.25, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(Row.Goal.atLeast(0.8).missedBy(0.8)).isZero();
        assertThat(Row.Goal.atMost(2).missedBy(3)).isEqualTo(0.5);
        assertThat(Row.Goal.atMost(2).missedBy(1)).isNegative();
        assertThat(List.of(Row.Goal.atLeast(0.92).text(), Row.Goal.atLeast(10).text(), Row.Goal.atMost(15).text()))
                .containsExactly("≥ 0.92", "≥ 10", "≤ 15");
    }
}
