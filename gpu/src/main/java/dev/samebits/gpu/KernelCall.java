package dev.samebits.gpu;

import dev.samebits.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of one kernel: operands are given room, then written; the passes run; results are read. Operands that the
 * kernel only reads or makes lie in the work array, what it updates among the parameters.
 */
final class KernelCall {
    private record Operand(Matrix values, Rows room) {}

    final Plan plan = new Plan();
    private final ProgramRunner runner;
    private final int rows;
    private final List<Operand> operands = new ArrayList<>();
    private int end = DeviceFloats.HEADER;
    private int stored;
    /** How far sums of gradients are from the parameters' places: nothing, if they are what is made. */
    int gradients;
    float[] params = {};

    KernelCall(ProgramRunner runner, int rows) {
        this.runner = runner;
        this.rows = rows;
    }

    /** Room for parameters. Returns their offset. */
    int parameters(int floats) {
        int offset = end;
        end = Math.addExact(end, Panels.padded(floats));
        return offset;
    }

    /** Room for a row of so many columns for each row of the batch. */
    Rows room(int columns) {
        return plan.rows(Panels.padded(rows), columns);
    }

    /** Room for an operand, and what to put there. */
    Rows operand(Matrix values) {
        Rows room = room(values.columns());
        operands.add(new Operand(values, room));
        return room;
    }

    /** Has a result stored, behind those stored so far. Comes after the kernel's passes. */
    void store(Rows result) {
        plan.store(result, stored);
        stored += result.columns();
    }

    /** From now on parameters can be written. */
    void allocate() {
        params = Params.header(end);
    }

    void write(float[] values, int offset) {
        System.arraycopy(values, 0, params, offset, values.length);
    }

    /** Runs the passes. If parameters are the result, {@link #params} then holds them. */
    void run(boolean parametersToo) {
        if (stored == 0) {
            plan.store(new Rows(0, 0, 0), 0);
        }
        float[] work = new float[plan.floats()];
        for (Operand operand : operands) {
            Matrix m = operand.values;
            Rows room = operand.room;
            for (int r = 0; r < m.rows(); r++) {
                System.arraycopy(m.data(), m.rowOffset(r), work, room.offset() + r * room.stride(), m.columns());
            }
        }
        DeviceProgram program = runner.program;
        program.plan = plan.records();
        program.params = params;
        program.work = work;
        program.out = new float[Math.addExact(DeviceRows.STAMPS, Math.multiplyExact(rows, stored))];
        program.rows = rows;
        program.learning = 0;
        program.gradients = gradients;
        program.step = 0;
        program.nextStep = 1;
        runner.run(plan.passes(), Math.max(work.length, params.length));
        if (parametersToo) {
            runner.get(params);
            if (params[DeviceFloats.STEP] != 1) {
                throw runner.fail("its result did not arrive", null);
            }
        }
    }

    /** Copies the result that was stored behind this many columns. */
    void read(Matrix m, int behind) {
        float[] out = runner.program.out;
        for (int r = 0; r < m.rows(); r++) {
            int from = DeviceRows.STAMPS + behind * rows + r * m.columns();
            System.arraycopy(out, from, m.data(), m.rowOffset(r), m.columns());
        }
    }
}
