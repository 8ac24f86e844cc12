package dev.samebits.gpu;

import dev.samebits.Activation;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.spi.AbstractLayerKernels;

/**
 * The layer kernels one by one. Every call takes its operands to the device and its result back, one call at a time: a
 * session leaves on the device what it can. Thread-safe.
 */
final class OpenClKernels extends AbstractLayerKernels {
    private final DeviceQueue queue;

    OpenClKernels(DeviceQueue queue) {
        this.queue = queue;
    }

    @Override
    protected void doMatvec(Matrix w, float[] b, float[] x, float[] z) {
        doAffine(Matrix.row(x), w, b, Matrix.row(z));
    }

    @Override
    protected void doAffine(Matrix x, Matrix w, float[] b, Matrix z) {
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, x.rows());
            int weights = call.parameters(Panels.length(w.rows(), w.columns()));
            int bias = call.parameters(b.length);
            int from = call.operand(x);
            int to = call.result(z.columns());
            call.plan.add(DeviceProgram.AFFINE, from, Panels.padded(x.columns()), weights, Panels.stride(w.columns()),
                    w.columns(), Panels.count(w.rows()), bias, to, Panels.padded(z.columns()));
            call.store(to, z.columns());
            call.allocate();
            Panels.pack(w, call.params, weights);
            call.write(b, bias);
            call.run(false);
            call.read(z, 0);
        }
    }

    @Override
    protected void doActivate(Activation f, float[] slopes, Matrix z, Matrix a) {
        if (z.rows() == 0) {
            return;
        }
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, z.rows());
            int ld = Panels.padded(z.columns());
            int constants = call.parameters(2);
            int gamma = call.parameters(z.columns());
            int from = call.operand(z);
            int to = call.result(z.columns());
            call.plan.add(DeviceProgram.ACTIVATE, from, ld, to, ld, z.columns(), f.kind().ordinal(), constants, gamma);
            call.store(to, z.columns());
            call.allocate();
            writeActivation(call, f, slopes, constants, gamma);
            call.run(false);
            call.read(a, 0);
        }
    }

    private static void writeActivation(KernelCall call, Activation f, float[] slopes, int constants, int gamma) {
        call.write(new float[] {f.first(), f.second()}, constants);
        if (f.kind() == Activation.Kind.PRELU) {
            call.write(slopes, gamma);
        }
    }

    @Override
    protected void doActivationGradient(Activation f, float[] slopes, Matrix z, Matrix da, Matrix dz) {
        if (z.rows() == 0) {
            return;
        }
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, z.rows());
            int ld = Panels.padded(z.columns());
            int constants = call.parameters(2);
            int gamma = call.parameters(z.columns());
            int from = call.operand(z);
            int delta = call.operand(da);
            int to = call.result(z.columns());
            call.plan.add(DeviceProgram.DELTA, from, ld, delta, ld, z.columns(), f.kind().ordinal(), constants, gamma, to);
            call.store(to, z.columns());
            call.allocate();
            writeActivation(call, f, slopes, constants, gamma);
            call.run(false);
            call.read(dz, 0);
        }
    }

    @Override
    protected void doSlopeGradient(Matrix z, Matrix da, float[] dslopes) {
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, z.rows());
            int ld = Panels.padded(z.columns());
            int sums = call.parameters(dslopes.length);
            call.plan.add(DeviceProgram.SLOPES, call.operand(z), ld, call.operand(da), ld, z.columns(), sums);
            addUp(call, dslopes, sums);
        }
    }

    private static void addUp(KernelCall call, float[] gradient, int sums) {
        call.allocate();
        call.write(gradient, sums);
        call.run(true);
        System.arraycopy(call.params, sums, gradient, 0, gradient.length);
    }

    @Override
    protected void doMaxout(int pieces, Matrix z, Matrix a) {
        if (z.rows() == 0) {
            return;
        }
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, z.rows());
            int from = call.operand(z);
            int to = call.result(a.columns());
            call.plan.add(DeviceProgram.MAXOUT, from, Panels.padded(z.columns()), to, Panels.padded(a.columns()),
                    a.columns(), pieces);
            call.store(to, a.columns());
            call.allocate();
            call.run(false);
            call.read(a, 0);
        }
    }

    @Override
    protected void doMaxoutGradient(int pieces, Matrix z, Matrix da, Matrix dz) {
        if (z.rows() == 0) {
            return;
        }
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, z.rows());
            int from = call.operand(z);
            int delta = call.operand(da);
            int to = call.result(dz.columns());
            call.plan.add(DeviceProgram.MAXOUT_DELTA, from, Panels.padded(z.columns()), delta, Panels.padded(da.columns()),
                    da.columns(), pieces, to);
            call.store(to, dz.columns());
            call.allocate();
            call.run(false);
            call.read(dz, 0);
        }
    }

    @Override
    protected void doBackpropagate(Matrix dz, Matrix w, Matrix dx) {
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, dz.rows());
            int weights = call.parameters(Panels.length(w.rows(), w.columns()));
            int capacity = Panels.padded(dz.rows());
            int delta = call.operand(dz);
            int turned = call.plan.place(dz.columns(), capacity);
            int to = call.result(dx.columns());
            call.plan.add(DeviceProgram.TURN, delta, Panels.padded(dz.columns()), dz.columns(), turned, capacity);
            call.plan.add(DeviceProgram.BACKPROPAGATE, turned, capacity, weights, Panels.stride(w.columns()), w.rows(),
                    w.columns(), to, Panels.padded(dx.columns()));
            call.store(to, dx.columns());
            call.allocate();
            Panels.pack(w, call.params, weights);
            call.run(false);
            call.read(dx, 0);
        }
    }

    @Override
    protected void doOuterProductGradient(Matrix dz, Matrix x, Matrix dw) {
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, dz.rows());
            int sums = call.parameters(Panels.length(dw.rows(), dw.columns()));
            call.plan.add(DeviceProgram.GRADIENT, call.operand(dz), Panels.padded(dz.columns()), call.operand(x),
                    Panels.padded(x.columns()), sums, Panels.stride(dw.columns()), dw.columns(), Panels.count(dw.rows()));
            call.allocate();
            Panels.pack(dw, call.params, sums);
            call.run(true);
            Panels.unpack(call.params, sums, dw);
        }
    }

    @Override
    protected void doBiasGradient(Matrix dz, float[] db) {
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, dz.rows());
            int sums = call.parameters(db.length);
            call.plan.add(DeviceProgram.BIAS, call.operand(dz), Panels.padded(dz.columns()), db.length, sums);
            addUp(call, db, sums);
        }
    }

    @Override
    protected void doUpdate(Matrix w, Matrix dw, float learningRate, float scale, float weightDecay) {
        if (w.rows() == 0) {
            return;
        }
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, w.rows());
            int count = Math.multiplyExact(w.rows(), w.columns());
            int weights = call.parameters(count);
            float[] gradient = new float[count];
            dw.copyTo(Matrix.of(w.rows(), w.columns(), gradient));
            call.plan.add(DeviceProgram.UPDATE, weights, call.operand(Matrix.row(gradient)), count);
            call.allocate();
            float[] values = new float[count];
            w.copyTo(Matrix.of(w.rows(), w.columns(), values));
            call.write(values, weights);
            queue.program.learningRate = learningRate;
            queue.program.scale = scale;
            queue.program.weightDecay = weightDecay;
            call.run(true);
            System.arraycopy(call.params, weights, values, 0, count);
            Matrix.of(w.rows(), w.columns(), values).copyTo(w);
        }
    }

    @Override
    protected void doSoftmax(Matrix z, Matrix y) {
        softmax(z, y, 0);
    }

    @Override
    protected void doLogSoftmax(Matrix z, Matrix y) {
        softmax(z, y, 1);
    }

    private void softmax(Matrix z, Matrix y, int logarithm) {
        if (z.rows() == 0) {
            return;
        }
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, z.rows());
            int ld = Panels.padded(z.columns());
            int to = call.result(z.columns());
            call.plan.add(DeviceProgram.SOFTMAX, call.operand(z), ld, to, ld, z.columns(), logarithm);
            call.store(to, z.columns());
            call.allocate();
            call.run(false);
            call.read(y, 0);
        }
    }

    @Override
    protected void doLossGradient(Loss loss, Matrix in, Matrix targets, Matrix d, float[] losses) {
        if (in.rows() == 0) {
            return;
        }
        synchronized (queue) {
            KernelCall call = new KernelCall(queue, in.rows());
            int ld = Panels.padded(in.columns());
            int to = call.result(d.columns());
            int sums = call.plan.place(Panels.padded(in.rows()), 1);
            call.plan.add(DeviceProgram.LOSS, call.operand(in), ld, call.operand(targets), ld, to, ld, in.columns(),
                    loss.ordinal(), sums);
            call.store(to, d.columns());
            call.store(sums, 1, 1);
            call.allocate();
            call.run(false);
            call.read(d, 0);
            call.read(Matrix.view(losses, 0, in.rows(), 1, 1), d.columns());
        }
    }
}
