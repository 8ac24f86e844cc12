package dev.samebits.gpu;

import com.aparapi.Range;
import dev.samebits.Matrix;
import dev.samebits.SplitMix64;
import java.util.Arrays;

/** How fast the device multiplies, transfers left out: the same pass many times in one call against once. */
final class AffineSpeed {
    private static final int ROUNDS = 7;

    private final int batch;
    private final int inputs;
    private final int outputs;
    private final Matrix x;
    private final Matrix w;
    private final float[] b;

    AffineSpeed(int batch, int inputs, int outputs) {
        this.batch = batch;
        this.inputs = inputs;
        this.outputs = outputs;
        x = random(batch, inputs, 1);
        w = random(outputs, inputs, 2);
        b = random(1, outputs, 3).data();
    }

    private static Matrix random(int rows, int columns, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = Math.fma(random.nextFloat(), 2f, -1f);
        }
        return m;
    }

    private double gigaflops(double seconds) {
        return 2.0 * batch * inputs * outputs / seconds / 1e9;
    }

    private interface Run {
        void passes(int count);
    }

    private static double secondsOfOne(Run run, int more) {
        run.passes(1);
        double once = Double.MAX_VALUE;
        double all = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            run.passes(1);
            once = Math.min(once, System.nanoTime() - began);
            began = System.nanoTime();
            run.passes(1 + more);
            all = Math.min(all, System.nanoTime() - began);
        }
        return (all - once) / more / 1e9;
    }

    /** GFLOP/s of the backend's program; more: passes that one call takes besides the first. */
    double tiles(OpenClBackend backend, int more) {
        try (ProgramRunner runner = backend.newRunner()) {
            DeviceProgram program = runner.program;
            int capacity = Panels.padded(batch);
            Plan plan = new Plan();
            Rows from = plan.rows(capacity, inputs);
            Rows to = plan.rows(capacity, outputs);
            int bias = DeviceFloats.HEADER + Panels.length(outputs, inputs);
            for (int pass = 0; pass <= more; pass++) {
                plan.affine(from, DeviceFloats.HEADER, bias, to);
            }
            program.params = Params.header(bias + Panels.padded(outputs));
            Panels.pack(w, program.params, DeviceFloats.HEADER);
            System.arraycopy(b, 0, program.params, bias, outputs);
            program.work = new float[plan.floats()];
            for (int n = 0; n < batch; n++) {
                System.arraycopy(x.data(), n * inputs, program.work, from.offset() + n * from.stride(), inputs);
            }
            plan.store(new Rows(0, 0, 0), 0);
            program.plan = plan.records();
            program.rows = batch;
            program.out = new float[DeviceRows.STAMPS];
            int passes = plan.passes();
            int[] longPlan = plan.records();
            int[] shortPlan = Arrays.copyOfRange(longPlan, more * DeviceFloats.RECORD, longPlan.length);
            return gigaflops(secondsOfOne(count -> {
                program.plan = count == 1 ? shortPlan : longPlan;
                runner.run(count == 1 ? 2 : passes, Math.max((long) batch * outputs, 1));
            }, more));
        }
    }

    /** GFLOP/s of a work-item for each result. */
    double naive(OpenClBackend backend, int more) {
        NaiveProgram program = new NaiveProgram();
        program.setExplicit(true);
        program.x = x.data();
        program.w = w.data();
        program.b = b;
        program.z = new float[batch * outputs];
        program.inputs = inputs;
        program.outputs = outputs;
        Range range = Range.create(backend.chosen().device, batch * outputs, 16);
        try {
            return gigaflops(secondsOfOne(count -> program.execute(range, count), more));
        } finally {
            program.dispose();
        }
    }
}
