package dev.samebits.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.bench.jmh.Cost;
import dev.samebits.bench.jmh.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final Vectors AVX2 = new Vectors(256, 256);
    private static final Goals QUICK = new Goals(true, "simd", 2, AVX2);
    private static final Goals FULL = new Goals(false, "simd", 2, AVX2);
    private static final Goals WIDE = new Goals(false, "simd", 2, new Vectors(512, 512));

    @Test
    void everyGroupNamesBenchmarksOfThisBuild() throws ReflectiveOperationException {
        for (Goals goals : List.of(QUICK, FULL, WIDE)) {
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
        assertThat(QUICK.blocks(List.of("odd"), trial -> true)).hasSize(3).extracting(Block::group).containsOnly("odd");
        // A group is not a part of a name: that of training steps' bytes is in another.
        assertThat(QUICK.blocks(List.of("training"), trial -> true)).extracting(Block::group).containsOnly("training");
        assertThat(QUICK.blocks(List.of("tanh value", "relu, batch 8"), trial -> true)).extracting(Block::name)
                .containsExactly("32-64-32-1 relu, batch 8", "tanh value, in cache");
        assertThatThrownBy(() -> QUICK.blocks(List.of("none"), trial -> true))
                .hasMessageContaining("no group or row of the goals is called 'none'").hasMessageContaining("--full");
    }

    @Test
    void rowsWithoutTheirYardstickAreLeftOut() {
        assertThat(QUICK.blocks(List.of("tabular"), trial -> !trial.isPeer())).isEmpty();
        assertThat(QUICK.blocks(List.of("network"), trial -> !trial.isPeer())).hasSize(4)
                .allSatisfy(block -> assertThat(block.rows()).extracting(Row::against).containsExactly("FMA peak"));
        assertThat(QUICK.blocks(List.of("training"), trial -> !trial.isPeer())).hasSize(3)
                .allSatisfy(block -> assertThat(block.rows()).extracting(Row::against).containsExactly("FMA peak"));
    }

    @Test
    void goalsDependOnTheWidthOfVectors() {
        assertThat(goals(FULL, "784-512-256-10, 1 thread, batch 256"))
                .containsExactly("ONNX Runtime ≥ 1.03", "FMA peak ≥ 0.9");
        assertThat(goals(WIDE, "784-512-256-10, 1 thread, batch 256")).containsExactly("ONNX Runtime ≥ 1", "FMA peak");
        assertThat(goals(FULL, "affine 4096×1024×1024, 1 thread")).containsExactly("FMA peak ≥ 0.93", "OpenBLAS ≥ 1.05");
        assertThat(goals(WIDE, "affine 4096×1024×1024, 1 thread")).containsExactly("FMA peak ≥ 0.92", "OpenBLAS ≥ 1.05");
        assertThat(goals(FULL, "tanh value, in cache")).containsExactly(" ≤ 1.3");
        assertThat(goals(WIDE, "tanh value, in cache")).containsExactly(" ≤ 0.8");
        // The peak that a row refers to is that of the vectors that were measured.
        assertThat(WIDE.blocks(List.of("training"), trial -> true)).allSatisfy(block -> assertThat(block.trials())
                .contains(Trial.peak(512, 1)));
    }

    private static List<String> goals(Goals goals, String name) {
        return goals.blocks().stream().flatMap(block -> block.rows().stream()).filter(row -> row.name().equals(name))
                .map(row -> (row.against() + " " + (row.goal() == null ? "" : row.goal().text())).stripTrailing()).toList();
    }

    @Test
    void fewerRowsAreMeasuredInTurnWithOneMore() {
        Block block = FULL.blocks(List.of("unpacked affine"), trial -> true).get(0);
        assertThat(block.rows()).hasSize(7).allSatisfy(row -> assertThat(row.yardstick().parameters().get("batch"))
                .isEqualTo(String.valueOf(1 + Integer.parseInt(row.own().parameters().get("batch")))));
        assertThat(block.trials()).hasSize(8);
    }

    @Test
    void whatAFigureCanBeAtMost() {
        assertThat(row("affine 4096×1024×1024, 1 thread", "FMA peak").most()).isEqualTo(1);
        assertThat(row("affine 4096×1024×1024, 2 threads", "itself, 1 thread").most()).isEqualTo(2);
        assertThat(row("gelu value, out of cache", "memory").most()).isEqualTo(1);
        assertThat(row("affine 4096×1024×1024, 1 thread", "OpenBLAS").most()).isInfinite();
        assertThat(row("unpacked affine of 1 row, 512×784", "2 rows").most()).isInfinite();
        assertThat(row("tanh value, in cache", "").most()).isInfinite();
    }

    private static Row row(String name, String against) {
        return FULL.blocks().stream().flatMap(block -> block.rows().stream())
                .filter(row -> row.name().equals(name) && row.against().equals(against)).findFirst().orElseThrow();
    }

    /** On one JDK, with peers. */
    @Test
    void aQuickRunTakesAQuarterOfAnHour() {
        Settings whole = Settings.QUICK_GOALS;
        double seconds = QUICK.blocks().stream().mapToDouble(block -> block.trials().stream()
                .mapToDouble(trial -> whole.rounds() * block.settings(trial, whole).forkSeconds()).sum()).sum();
        assertThat(seconds / 60).isBetween(12.0, 17.0);
    }

    /** Or it would be measured before it is compiled, a hundred times slower. */
    @Test
    void thePeerOfVectorsIsWarmedUpAsLongAsWeAre() {
        Settings whole = Settings.QUICK_GOALS;
        assertThat(QUICK.blocks(List.of("unpacked matvec"), trial -> true)).hasSize(2).allSatisfy(block ->
                assertThat(block.trials()).hasSize(2).allMatch(trial -> trial.settings(whole).equals(whole)));
    }

    @Test
    void bytesOfACallAreCountedInLongIterations() {
        Settings whole = Settings.QUICK_GOALS;
        Block bytes = QUICK.blocks(List.of(Goals.ALLOCATION), trial -> true).get(0);
        Block speed = QUICK.blocks(List.of("network"), trial -> true).get(0);
        assertThat(bytes.settings(bytes.trials().get(0), whole).millis()).isEqualTo(25 * whole.millis());
        assertThat(speed.settings(speed.trials().get(0), whole).millis()).isEqualTo(whole.millis());
    }

    @Test
    void paddedShapes() {
        assertThat(ProductGoals.up(33, 16)).isEqualTo(48);
        assertThat(ProductGoals.up(7, 4)).isEqualTo(8);
        assertThat(ProductGoals.up(16, 16)).isEqualTo(16);
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
