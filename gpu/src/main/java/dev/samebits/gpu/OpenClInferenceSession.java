package dev.samebits.gpu;

import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.spi.AbstractInferenceSession;

/**
 * Inference on the device: the parameters go up once; a call takes up the batch, runs all layers as the passes of one
 * program, and brings back the result. Callers take turns: the device runs one program at a time.
 */
final class OpenClInferenceSession extends AbstractInferenceSession implements DeviceSession {
    private final ProgramRunner runner;
    private final Params params;
    private final int mostRows;
    private Plan plan = new Plan();
    private int capacity;
    private float[] result = {};
    private boolean resident;

    OpenClInferenceSession(OpenClBackend backend, Network network, SessionOptions options, Params params,
            ProgramRunner runner) {
        super(backend, network, options);
        this.params = params;
        this.runner = runner;
        mostRows = backend.memory().mostRows(params);
        runner.program.params = params.data;
        // The device counts the parameters it holds up by one: each call tells whether it still had them.
        runner.program.step = 0;
        runner.program.nextStep = 1;
    }

    /** One call: with the first one the driver compiles the program and room is made; the JVM has little to compile. */
    @Override
    public void warmUp(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows must be at least 1, not " + rows);
        }
        predict(Matrix.zeros(rows, network().inputs()), Matrix.zeros(rows, network().outputs()));
    }

    @Override
    protected void compute(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        synchronized (runner) {
            runner.checkUsable();
            if (rows <= mostRows) {
                run(x, xOffset, xStride, rows);
                copyOut(runner.program.out, DeviceRows.STAMPS, rows, y, yOffset, yStride);
                return;
            }
            // In pieces, and handed out when all are there: y stays as it was if one fails.
            int outputs = network().outputs();
            if (result.length < (long) rows * outputs) {
                result = new float[Math.multiplyExact(rows, outputs)];
            }
            for (int from = 0; from < rows; from += mostRows) {
                int count = Math.min(mostRows, rows - from);
                run(x, xOffset + from * xStride, xStride, count);
                System.arraycopy(runner.program.out, DeviceRows.STAMPS, result, from * outputs, count * outputs);
            }
            copyOut(result, 0, rows, y, yOffset, yStride);
        }
    }

    private void copyOut(float[] from, int at, int rows, float[] y, int yOffset, int yStride) {
        int outputs = network().outputs();
        for (int n = 0; n < rows; n++) {
            System.arraycopy(from, at + n * outputs, y, yOffset + n * yStride, outputs);
        }
    }

    private void run(float[] x, int xOffset, int xStride, int rows) {
        DeviceProgram program = runner.program;
        int inputs = network().inputs();
        int outputs = network().outputs();
        if (rows > capacity) {
            int more = Math.min(Panels.padded(rows), mostRows);
            Plan larger = ForwardPlan.of(params, more);
            program.work = new float[larger.floats()];
            program.plan = larger.records();
            plan = larger;
            capacity = more;
        }
        if (program.rows != rows) {
            // Exactly the batch, for all of an array goes over.
            float[] in = new float[rows * inputs];
            program.out = new float[DeviceRows.STAMPS + rows * outputs];
            program.in = in;
            program.rows = rows;
        }
        for (int n = 0; n < rows; n++) {
            System.arraycopy(x, xOffset + n * xStride, program.in, n * inputs, inputs);
        }
        runner.run(plan.passes(), plan.widest(rows));
        if (resident && program.out[1] != program.nextStep) {
            runner.noteRecreation();
        }
        resident = true;
    }

    @Override
    public Transfers transfers() {
        return runner.transfers();
    }

    @Override
    protected void release() {
        runner.close();
    }
}
