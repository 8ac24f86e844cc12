package dev.samebits.gpu;

import dev.samebits.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of one kernel: operands are given places, then written; the passes run; results are read. Operands that the
 * kernel only reads or makes lie in the work array, what it updates among the parameters.
 */
final class KernelCall {
    private record Operand(Matrix values, int place) {}

    final Plan plan = new Plan();
    private final DeviceQueue queue;
    private final int rows;
    private final List<Operand> operands = new ArrayList<>();
    private int end = DeviceFloats.HEADER;
    private int stored;
    float[] params;

    KernelCall(DeviceQueue queue, int rows) {
        this.queue = queue;
        this.rows = rows;
    }

    /** Room for parameters. Returns their place. */
    int parameters(int floats) {
        int place = end;
        end = Math.addExact(end, Panels.padded(floats));
        return place;
    }

    /** Room for a result, in rows padded as tiles write them. */
    int result(int columns) {
        return plan.place(Panels.padded(rows), Panels.padded(columns));
    }

    /** Room for an operand, and what to put there. */
    int operand(Matrix values) {
        int place = result(values.columns());
        operands.add(new Operand(values, place));
        return place;
    }

    /** Has a result of rows with this stride stored, behind those stored so far. Comes after the kernel's passes. */
    void store(int place, int stride, int columns) {
        plan.add(DeviceProgram.STORE, place, stride, columns, stored);
        stored += columns;
    }

    void store(int place, int columns) {
        store(place, Panels.padded(columns), columns);
    }

    /** From now on parameters can be written. */
    void allocate() {
        params = Params.header(end);
    }

    void write(float[] values, int place) {
        System.arraycopy(values, 0, params, place, values.length);
    }

    /** Runs the passes. If parameters are the result, {@link #params} then holds them. */
    void run(boolean parametersToo) {
        if (stored == 0) {
            plan.add(DeviceProgram.STORE, 0, 0, 0, 0);
        }
        float[] work = new float[plan.floats()];
        for (Operand operand : operands) {
            Matrix m = operand.values;
            int stride = Panels.padded(m.columns());
            for (int r = 0; r < m.rows(); r++) {
                System.arraycopy(m.data(), m.rowOffset(r), work, operand.place + r * stride, m.columns());
            }
        }
        DeviceProgram program = queue.program;
        program.plan = plan.records();
        program.params = params;
        program.work = work;
        program.out = new float[Math.addExact(DeviceRows.STAMPS, Math.multiplyExact(rows, stored))];
        program.rows = rows;
        program.learning = 0;
        program.step = 0;
        program.nextStep = 1;
        queue.run(plan.passes(), Math.max(work.length, params.length));
        if (parametersToo) {
            queue.get(params);
            if (params[DeviceFloats.STEP] != 1) {
                throw queue.fail("its result did not arrive", null);
            }
        }
    }

    /** Copies the result that was stored behind this many columns. */
    void read(Matrix m, int behind) {
        float[] out = queue.program.out;
        for (int r = 0; r < m.rows(); r++) {
            int from = DeviceRows.STAMPS + behind * rows + r * m.columns();
            System.arraycopy(out, from, m.data(), m.rowOffset(r), m.columns());
        }
    }
}
