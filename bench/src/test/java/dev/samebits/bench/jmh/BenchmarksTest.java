package dev.samebits.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Backends;
import dev.samebits.BackendUnavailableException;
import dev.samebits.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@link EveryBenchmarkTest} cannot ask of all benchmarks: odd shapes, steps that learn, and loops that are no kernels.
 */
class BenchmarksTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 33, 100", "2, 37, 100, 33", "1, 3, 257, 257", "2, 130, 64, 64"})
    void affine(int threads, int batch, int inputs, int outputs) {
        float[] session = affine("simd", threads, batch, inputs, outputs, false);
        assertSameBits(session, affine("scalar", threads, batch, inputs, outputs, false));
        assertSameBits(session, affine("scalar", threads, batch, inputs, outputs, true));
        assertSameBits(session, affine("simd", threads, batch, inputs, outputs, true));
    }

    private static float[] affine(String backend, int threads, int batch, int inputs, int outputs, boolean kernel) {
        AffineBenchmark benchmark = new AffineBenchmark();
        benchmark.backend = backend;
        benchmark.threads = threads;
        benchmark.batch = batch;
        benchmark.inputs = inputs;
        benchmark.outputs = outputs;
        benchmark.setup();
        Matrix z = kernel ? benchmark.kernel() : benchmark.session();
        benchmark.close();
        return z.data();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 5", "1, 64"})
    void training(int threads, int batch) {
        // A rate that moves every weight, unlike the one that is measured with.
        TrainingBenchmark simd = training("simd", threads, batch);
        TrainingBenchmark scalar = training("scalar", 1, batch);
        String before = scalar.learnt().fingerprint();
        assertThat(simd.step()).isEqualTo(scalar.step());
        assertThat(simd.learnt().fingerprint()).isEqualTo(scalar.learnt().fingerprint()).isNotEqualTo(before);
        simd.close();
        scalar.close();
    }

    private static TrainingBenchmark training(String backend, int threads, int batch) {
        TrainingBenchmark benchmark = new TrainingBenchmark();
        benchmark.backend = backend;
        benchmark.network = Workloads.CLASSIFIER;
        benchmark.threads = threads;
        benchmark.batch = batch;
        benchmark.learningRate = 0.01f;
        benchmark.setup();
        return benchmark;
    }

    @Test
    void memory() {
        MemoryBenchmark benchmark = new MemoryBenchmark();
        benchmark.elements = 100;
        benchmark.setup();
        float[] a = Workloads.uniform(1, 100, 3).data();
        float[] b = Workloads.uniform(1, 100, 4).data();
        float[] scaled = benchmark.scale().clone();
        float[] products = benchmark.multiply();
        for (int i = 0; i < a.length; i++) {
            assertThat(scaled[i]).isEqualTo(3 * a[i]);
            assertThat(products[i]).isEqualTo(a[i] * b[i]);
        }
    }

    @Test
    void bandwidth() {
        BandwidthBenchmark benchmark = new BandwidthBenchmark();
        benchmark.level = "L1";
        benchmark.kibibytes = 24;
        benchmark.setup();
        float[] copied = benchmark.copy().clone();
        // Of what was copied: every number twice.
        float sum = 0;
        for (int i = 0; i < 3072; i++) {
            sum += 2 * (i % 256);
        }
        assertThat(benchmark.read()).isEqualTo(sum);
        float[] triad = benchmark.triad();
        assertThat(copied).hasSize(3072);
        for (int i = 0; i < 2048; i++) {
            assertThat(copied[i]).isEqualTo(i % 256);
            assertThat(triad[i]).isEqualTo(1 + 3 * (i % 256));
        }
    }

    @Test
    void peak() {
        float total = 0;
        for (int start = 0; start < 12; start++) {
            float sum = start;
            for (int i = 0; i < FmaPeak.STEPS; i++) {
                sum = Math.fma(sum, FmaPeak.FACTOR, FmaPeak.TERM);
            }
            total += sum;
        }
        assertThat(new FmaPeak().registers()).isEqualTo(total);
        FmaPeak other = new FmaPeak();
        other.bits = 96;
        assertThatThrownBy(other::setup).hasMessageContaining("asked for vectors of 96 bits");
        assertThat(FmaPeak.flops() % (2L * 12 * FmaPeak.STEPS)).isZero();
    }

    @Test
    void aBackendThatIsNotTheOneAskedForFails() {
        assertThatThrownBy(() -> ForkLine.check(Backends.named("scalar"), "simd"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("asked for backend simd, but scalar runs");
        assertThatThrownBy(() -> ForkLine.backend("none")).isInstanceOf(BackendUnavailableException.class);
    }

    static void assertSameBits(float[] actual, float[] expected) {
        assertThat(actual.length).isEqualTo(expected.length);
        for (int i = 0; i < actual.length; i++) {
            if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
                throw new AssertionError("element " + i + ": " + actual[i] + ", but scalar gives " + expected[i]);
            }
        }
    }
}
