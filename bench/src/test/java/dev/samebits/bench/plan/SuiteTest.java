package dev.samebits.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.bench.jmh.Cost;
import dev.samebits.bench.jmh.FmaPeak;
import dev.samebits.bench.jmh.Vectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteTest {
    private static final Vectors AVX2 = new Vectors(256, 256);
    private static final Caches CACHES = new Caches(48, 2048, 16_384, 8 << 20);

    @Test
    void everyTrialNamesABenchmarkOfThisBuildWithAllOfItsParametersAndItsCost() throws ReflectiveOperationException {
        for (boolean quick : new boolean[] {true, false}) {
            List<Trial> trials = new Suite(quick, List.of("simd", "scalar"), true, 4, CACHES, AVX2).trials(Suite.GROUPS);
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
        Suite suite = new Suite(false, List.of("simd"), false, 2, CACHES, AVX2);
        for (String group : Suite.GROUPS) {
            assertThat(suite.trials(List.of(group))).as(group).isNotEmpty();
        }
        assertThatThrownBy(() -> suite.trials(List.of("none"))).hasMessageContaining("no group is called 'none'");
    }

    @Test
    void theScalarBackendIsNotAskedForWhatWouldTakeMinutes() {
        List<Trial> trials = new Suite(false, List.of("simd", "scalar"), false, 2, CACHES, AVX2).trials(Suite.GROUPS);
        assertThat(trials).filteredOn(t -> "scalar".equals(t.backend())).isNotEmpty()
                .allMatch(t -> Cost.of(t.benchmark(), t.parameters()).flops() <= 1e8);
    }

    @Test
    void aQuickRunTakesTwoMinutes() {
        Settings settings = Settings.QUICK;
        double seconds = settings.rounds() * new Suite(true, List.of("simd", "opencl", "scalar"), false, 2, CACHES, AVX2)
                .trials(Suite.GROUPS).stream().mapToDouble(trial -> trial.settings(settings).forkSeconds()).sum();
        assertThat(seconds).isBetween(90.0, 150.0);
    }

    @Test
    void workingSetsFillTheirLevelAndNoOther() {
        assertThat(CACHES.workingSets()).containsExactlyInAnyOrderEntriesOf(
                Map.of("L1", 24, "L2", 1024, "L3", 8192, "memory", 262_144));
        assertThat(Caches.sizes(CACHES.text())).containsExactlyInAnyOrderEntriesOf(
                Map.of("L1", 48.0 * 1024, "L2", 2048.0 * 1024, "L3", 16_384.0 * 1024));
        assertThat(Caches.sizes("")).isEmpty();
        assertThat(new Caches(0, 0, 0, 8 << 20).workingSets()).containsOnlyKeys("memory");
        assertThat(new Caches(32, 512, 266_240, 64 << 20).workingSets()).containsEntry("L3", 4096)
                .containsEntry("memory", 798_720);
    }

    /** Native code takes the widest vectors that there are, and a ratio to it would be one of two instruction sets. */
    @Test
    void besideNarrowedVectorsStandsNoNativePeerButOpenBlas() {
        Vectors narrowed = new Vectors(256, 512);
        Trial onnx = new Trial("peers.OnnxRuntimePeer.predict", Map.of());
        Trial openBlas = new Trial("peers.OpenBlasPeer.affine", Map.of());
        Trial ejml = new Trial("peers.EjmlPeer.affine", Map.of());
        assertThat(List.of(onnx, openBlas, ejml)).allMatch(trial -> Peers.isFair(trial, AVX2));
        assertThat(List.of(onnx, openBlas, ejml)).filteredOn(trial -> Peers.isFair(trial, narrowed))
                .containsExactly(openBlas, ejml);
        // No processor that OpenBLAS knows has FMA in vectors of 128 bits alone.
        assertThat(List.of(onnx, openBlas, ejml)).filteredOn(trial -> Peers.isFair(trial, new Vectors(128, 512)))
                .containsExactly(ejml);
        assertThat(narrowed.options()).containsExactly("-Dsamebits.bench.openblas=Haswell");
        assertThat(AVX2.options()).isEmpty();
        assertThat(narrowed.text()).isEqualTo("256 bits, of the machine's 512: native peers, but for OpenBLAS, would use "
                + "all of them and are left out");
        Suite suite = new Suite(false, List.of("simd"), false, 2, CACHES, narrowed);
        assertThat(suite.trials(List.of("limits"))).contains(Trial.peak(256, 1)).doesNotContain(Trial.peak(512, 1));
    }

    @Test
    void costsByHand() {
        assertThat(Cost.of("AffineBenchmark.session", Map.of("batch", "2", "inputs", "3", "outputs", "5")))
                .isEqualTo(new Cost(60, 4 * (6 + 15 + 5 + 10)));
        assertThat(Cost.of("KernelBenchmark.update", Map.of("batch", "1", "inputs", "3", "outputs", "5")))
                // Weights and gradient are read, weights written: three arrays are moved, and two lie in a cache.
                .isEqualTo(new Cost(75, 180, 120));
        assertThat(Cost.of("SingleStreamBenchmark.query", Map.of("network", "tabular")))
                .isEqualTo(new Cost(2 * (32 * 64 + 64 * 32 + 32), 4 * (4225 + 33)));
        assertThat(Cost.of("BandwidthBenchmark.copy", Map.of("kibibytes", "3")).bytes()).isEqualTo(3072);
        assertThat(Cost.of("FmaPeak.registers", Map.of("bits", "256")).flops()).isEqualTo(2.0 * 12 * FmaPeak.STEPS * 8);
    }
}
