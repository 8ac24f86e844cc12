package dev.samebits.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.bench.jmh.Cost;
import dev.samebits.bench.jmh.FmaPeak;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteTest {
    private static final Caches CACHES = new Caches(48, 2048, 16_384, 8 << 20);

    @Test
    void everyTrialNamesABenchmarkOfThisBuildWithAllOfItsParametersAndItsCost() throws ReflectiveOperationException {
        for (boolean quick : new boolean[] {true, false}) {
            List<Trial> trials = new Suite(quick, List.of("simd", "scalar"), true, 4, CACHES).trials(Suite.GROUPS);
            assertThat(trials).doesNotHaveDuplicates();
            for (Trial trial : trials) {
                checkNames(trial);
                Cost cost = Cost.of(trial.benchmark(), trial.parameters());
                assertThat(cost.flops() + cost.bytes() > 0).as(trial.toString())
                        .isEqualTo(!trial.benchmark().startsWith("HandOver"));
            }
        }
    }

    // JMH itself would say nothing about a parameter that a benchmark does not have.
    static void checkNames(Trial trial) throws ReflectiveOperationException {
        int dot = trial.fullName().lastIndexOf('.');
        Class<?> type = Class.forName(trial.fullName().substring(0, dot));
        assertThat(type.getMethod(trial.fullName().substring(dot + 1))).isNotNull();
        for (String parameter : trial.parameters().keySet()) {
            assertThat(type.getField(parameter)).isNotNull();
        }
    }

    @Test
    void everyGroupIsSomethingAndOthersAreRefused() {
        Suite suite = new Suite(false, List.of("simd"), false, 2, CACHES);
        for (String group : Suite.GROUPS) {
            assertThat(suite.trials(List.of(group))).as(group).isNotEmpty();
        }
        assertThatThrownBy(() -> suite.trials(List.of("none"))).hasMessageContaining("no group is called 'none'");
    }

    @Test
    void theScalarBackendIsNotAskedForWhatWouldTakeMinutes() {
        List<Trial> trials = new Suite(false, List.of("simd", "scalar"), false, 2, CACHES).trials(Suite.GROUPS);
        assertThat(trials).filteredOn(t -> "scalar".equals(t.backend())).isNotEmpty()
                .allMatch(t -> Cost.of(t.benchmark(), t.parameters()).flops() <= 1e8);
    }

    @Test
    void aQuickRunTakesTwoMinutes() {
        Settings settings = Settings.QUICK;
        double seconds = settings.rounds() * new Suite(true, List.of("simd", "opencl", "scalar"), false, 2, CACHES)
                .trials(Suite.GROUPS).stream().mapToDouble(trial -> trial.settings(settings).forkSeconds()).sum();
        assertThat(seconds).isBetween(90.0, 150.0);
    }

    @Test
    void workingSetsFillTheirLevelAndNoOther() {
        assertThat(CACHES.workingSets()).containsExactlyInAnyOrderEntriesOf(
                Map.of("L1", 24, "L2", 1024, "L3", 8192, "memory", 262_144));
        assertThat(new Caches(0, 0, 0, 8 << 20).workingSets()).containsOnlyKeys("memory");
        assertThat(new Caches(32, 512, 266_240, 64 << 20).workingSets()).containsEntry("L3", 4096)
                .containsEntry("memory", 798_720);
    }

    @Test
    void costsByHand() {
        assertThat(Cost.of("AffineBenchmark.session", Map.of("batch", "2", "inputs", "3", "outputs", "5")))
                .isEqualTo(new Cost(60, 4 * (6 + 15 + 5 + 10)));
        assertThat(Cost.of("KernelBenchmark.update", Map.of("batch", "1", "inputs", "3", "outputs", "5")))
                .isEqualTo(new Cost(75, 180));
        assertThat(Cost.of("SingleStreamBenchmark.query", Map.of("network", "tabular")))
                .isEqualTo(new Cost(2 * (32 * 64 + 64 * 32 + 32), 4 * (4225 + 33)));
        assertThat(Cost.of("BandwidthBenchmark.copy", Map.of("kibibytes", "3")).bytes()).isEqualTo(3072);
        assertThat(Cost.of("FmaPeak.registers", Map.of("bits", "256")).flops()).isEqualTo(2.0 * 12 * FmaPeak.STEPS * 8);
    }
}
