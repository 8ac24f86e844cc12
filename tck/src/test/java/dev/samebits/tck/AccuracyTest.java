package dev.samebits.tck;

import dev.samebits.LayerKernels;
import dev.samebits.arithmetic.Exp;
import dev.samebits.scalar.ScalarKernels;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The errors of activations, softmax, dense layers, sums and norms against double precision stay within their bounds, and
 * docs/numerics.md says what was measured. The definition alone is measured: a backend that has its bits has its
 * accuracy too.
 */
class AccuracyTest {
    private static final Path PAGE = Path.of("..", "docs", "numerics.md");
    private static final String START = "<!-- measured by AccuracyTest: start -->\n";
    private static final String END = "<!-- measured by AccuracyTest: end -->\n";

    @Test
    void errorsStayWithinTheirBounds() throws IOException {
        LayerKernels kernels = new ScalarKernels();
        List<String> failures = new ArrayList<>();
        StringBuilder table = new StringBuilder();
        functions(kernels, table, failures);
        RowAccuracy.append(kernels, table, failures);
        StepAccuracy.append(kernels, table, failures);
        Path written = Path.of("target", "numerics.md");
        Files.createDirectories(written.getParent());
        Files.writeString(written, table);
        Assertions.assertTrue(failures.isEmpty(), () -> String.join("\n", failures));
        if (!Sweep.EXHAUSTIVE) {
            compare(table.toString());
        }
    }

    private static void compare(String measured) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(START) + START.length();
        int to = page.indexOf(END);
        if (Boolean.getBoolean("samebits.numerics.write")) {
            Files.writeString(PAGE, page.substring(0, from) + "\n" + measured + "\n" + page.substring(to));
            return;
        }
        String[] now = measured.strip().split("\n");
        String[] then = page.substring(from, to).strip().split("\n");
        for (int line = 0; line < Math.max(now.length, then.length); line++) {
            Assertions.assertEquals(line < now.length ? now[line] : "", line < then.length ? then[line] : "",
                    "docs/numerics.md does not say what was measured (expected is measured): look why, then run this test"
                            + " with -Dsamebits.numerics.write=true");
        }
    }

    private static void functions(LayerKernels kernels, StringBuilder table, List<String> failures) {
        table.append("Inputs: ").append(Sweep.description()).append(".\n\n");
        table.append("| function | inputs | largest error, ulp | at x = | bound |\n| --- | --- | ---: | ---: | ---: |\n");
        var exp = new ActivationSpec.Bound("all x", Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1, 0);
        row("exp (internal)", exp, Float.POSITIVE_INFINITY, AccuracyTest::exps, (x, got) -> Oracle.exp(x), table,
                failures);
        for (ActivationSpec spec : ActivationSpec.ALL) {
            for (ActivationSpec.Bound bound : spec.value()) {
                row(spec.toString(), bound, spec.domain(), x -> ActivationContract.value(kernels, spec, x),
                        (x, got) -> spec.exactValue(x), table, failures);
            }
        }
        for (ActivationSpec spec : ActivationSpec.ALL) {
            for (ActivationSpec.Bound bound : spec.derivative()) {
                row(spec + ", derivative", bound, spec.domain(), x -> ActivationContract.derivative(kernels, spec, x),
                        spec::exactDerivative, table, failures);
            }
        }
    }

    private static float[] exps(float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = Exp.exp(x[i]);
        }
        return y;
    }

    private interface Function {
        float[] of(float[] x);
    }

    private interface Exact {
        double of(float x, float got);
    }

    private static void row(String name, ActivationSpec.Bound bound, float domain, Function function,
            Exact exact, StringBuilder table, List<String> failures) {
        Worst worst = new Worst();
        Sweep.blocks(block -> {
            float[] x = Sweep.block(block);
            float[] y = function.of(x);
            for (int i = 0; i < x.length; i++) {
                if (bound.holds(x[i]) && Math.abs(x[i]) <= domain) {
                    worst.see(x[i], y[i], error(y[i], exact.of(x[i], y[i]), bound.floor()));
                }
            }
        });
        String measured = String.format(Locale.ROOT, "%.2f", worst.error);
        String limit = bound.ulps() > 0 && bound.ulps() < 1 ? "0.5" : String.format(Locale.ROOT, "%.1f", bound.ulps());
        String where = domain < Float.POSITIVE_INFINITY ? "abs x ≤ 2^" + Math.getExponent(domain) : bound.where();
        table.append("| ").append(name).append(" | ").append(where).append(" | ").append(measured).append(" | ")
                .append(worst.error == 0 ? "" : decimal(worst.x)).append(" | ").append(limit).append(" |\n");
        if (worst.error > bound.ulps()) {
            failures.add(name + ", " + where + ": error " + worst.error + " ulp at x = " + Bits.show(worst.x) + ", got "
                    + Bits.show(worst.y) + ", exact " + exact.of(worst.x, worst.y) + ", bound " + bound.ulps());
        }
    }

    // Not Float.toString, whose digits changed with JDK 19.
    private static String decimal(float x) {
        return new BigDecimal(x).round(new MathContext(6)).toString();
    }

    private static double error(float actual, double exact, double floor) {
        if (floor > 0 && Math.abs(exact) < floor) {
            return Math.abs(actual - exact) / Ulp.of(floor);
        }
        return Ulp.error(actual, exact);
    }

    /** The largest error seen by any thread; of equals the one with the smallest bits, so that every run names the same. */
    private static final class Worst {
        private double error;
        private float x;
        private float y;

        void see(float atX, float gotY, double newError) {
            // Looked at first without the lock, which nearly all calls then do not take.
            if (newError > 0 && newError >= error) {
                replace(atX, gotY, newError);
            }
        }

        private synchronized void replace(float atX, float gotY, double newError) {
            boolean earlier = Integer.compareUnsigned(Float.floatToRawIntBits(atX), Float.floatToRawIntBits(x)) < 0;
            if (newError > error || newError == error && earlier) {
                error = newError;
                x = atX;
                y = gotY;
            }
        }
    }
}
