package dev.samebits.gpu;

import dev.samebits.Activation;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.spi.AbstractLayerKernels;
import org.jspecify.annotations.Nullable;

/**
 * The layer kernels one by one. Every call takes its operands to the device and its result back, one call at a time: a
 * session leaves on the device what it can. Thread-safe.
 */
final class OpenClKernels extends AbstractLayerKernels {
    private final ProgramRunner runner;

    OpenClKernels(ProgramRunner runner) {
        this.runner = runner;
    }

    @Override
    protected void doMatvec(Matrix w, float[] b, float[] x, float[] z) {
        doAffine(Matrix.row(x), w, b, Matrix.row(z));
    }

    @Override
    protected void doAffine(Matrix x, Matrix w, float[] b, Matrix z) {
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, x.rows());
            int weights = call.parameters(Panels.length(w.rows(), w.columns()));
            int bias = call.parameters(b.length);
            Rows from = call.operand(x);
            Rows to = call.room(z.columns());
            call.plan.affine(from, weights, bias, to);
            call.store(to);
            call.allocate();
            Panels.pack(w, call.params, weights);
            call.write(b, bias);
            call.run(false);
            call.read(z, 0);
        }
    }

    @Override
    protected void doActivate(Activation f, float @Nullable [] slopes, Matrix z, Matrix a) {
        if (z.rows() == 0) {
            return;
        }
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, z.rows());
            int constants = call.parameters(2);
            int gamma = call.parameters(z.columns());
            Rows from = call.operand(z);
            Rows to = call.room(z.columns());
            call.plan.activate(from, f, constants, gamma, to);
            call.store(to);
            call.allocate();
            writeActivation(call, f, slopes, constants, gamma);
            call.run(false);
            call.read(a, 0);
        }
    }

    private static void writeActivation(KernelCall call, Activation f, float @Nullable [] slopes, int constants, int gamma) {
        call.write(new float[] {f.first(), f.second()}, constants);
        if (f.kind() == Activation.Kind.PRELU) {
            call.write(slopes, gamma);
        }
    }

    @Override
    protected void doActivationGradient(Activation f, float @Nullable [] slopes, Matrix z, Matrix da, Matrix dz) {
        if (z.rows() == 0) {
            return;
        }
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, z.rows());
            int constants = call.parameters(2);
            int gamma = call.parameters(z.columns());
            Rows from = call.operand(z);
            Rows delta = call.operand(da);
            Rows to = call.room(z.columns());
            call.plan.delta(from, delta, f, constants, gamma, to);
            call.store(to);
            call.allocate();
            writeActivation(call, f, slopes, constants, gamma);
            call.run(false);
            call.read(dz, 0);
        }
    }

    @Override
    protected void doSlopeGradient(Matrix z, Matrix da, float[] dslopes) {
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, z.rows());
            int sums = call.parameters(dslopes.length);
            call.plan.slopeGradient(call.operand(z), call.operand(da), sums);
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
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, z.rows());
            Rows from = call.operand(z);
            Rows to = call.room(a.columns());
            call.plan.maxout(from, pieces, to);
            call.store(to);
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
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, z.rows());
            Rows from = call.operand(z);
            Rows delta = call.operand(da);
            Rows to = call.room(dz.columns());
            call.plan.maxoutDelta(from, pieces, delta, to);
            call.store(to);
            call.allocate();
            call.run(false);
            call.read(dz, 0);
        }
    }

    @Override
    protected void doBackpropagate(Matrix dz, Matrix w, Matrix dx) {
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, dz.rows());
            int weights = call.parameters(Panels.length(w.rows(), w.columns()));
            Rows delta = call.operand(dz);
            Rows transposed = call.plan.rows(dz.columns(), dz.rows());
            Rows to = call.room(dx.columns());
            call.plan.transpose(delta, transposed);
            call.plan.inputGradient(transposed, weights, w.rows(), to);
            call.store(to);
            call.allocate();
            Panels.pack(w, call.params, weights);
            call.run(false);
            call.read(dx, 0);
        }
    }

    @Override
    protected void doOuterProductGradient(Matrix dz, Matrix x, Matrix dw) {
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, dz.rows());
            int sums = call.parameters(Panels.length(dw.rows(), dw.columns()));
            call.plan.weightGradient(call.operand(dz), call.operand(x), sums);
            call.allocate();
            Panels.pack(dw, call.params, sums);
            call.run(true);
            Panels.unpack(call.params, sums, dw);
        }
    }

    @Override
    protected void doBiasGradient(Matrix dz, float[] db) {
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, dz.rows());
            int sums = call.parameters(db.length);
            call.plan.biasGradient(call.operand(dz), sums);
            addUp(call, db, sums);
        }
    }

    @Override
    protected void doUpdate(Matrix w, Matrix dw, float learningRate, float scale, float weightDecay) {
        if (w.rows() == 0) {
            return;
        }
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, w.rows());
            int count = Math.multiplyExact(w.rows(), w.columns());
            int weights = call.parameters(count);
            float[] gradient = new float[count];
            dw.copyTo(Matrix.of(w.rows(), w.columns(), gradient));
            call.plan.update(weights, call.operand(Matrix.row(gradient)));
            call.allocate();
            float[] values = new float[count];
            w.copyTo(Matrix.of(w.rows(), w.columns(), values));
            call.write(values, weights);
            runner.program.learningRate = learningRate;
            runner.program.scale = scale;
            runner.program.weightDecay = weightDecay;
            call.run(true);
            System.arraycopy(call.params, weights, values, 0, count);
            Matrix.of(w.rows(), w.columns(), values).copyTo(w);
        }
    }

    @Override
    protected void doOptimize(OptimizerStep step, boolean decays, Matrix w, Matrix dw, @Nullable Matrix m,
            @Nullable Matrix v) {
        if (w.rows() == 0) {
            return;
        }
        Optimizer.Kind kind = step.optimizer().kind();
        synchronized (runner) {
            int count = Math.multiplyExact(w.rows(), w.columns());
            KernelCall call = new KernelCall(runner, 1);
            int weights = call.parameters(count);
            int gradients = call.parameters(count);
            int first = call.parameters(kind.hasFirstMoment() ? count : 1);
            int second = call.parameters(kind.hasSecondMoment() ? count : 1);
            call.plan.optimize(weights, count, decays);
            call.allocate();
            call.gradients = gradients - weights;
            DeviceProgram program = runner.program;
            program.firstMoments = first - weights;
            program.secondMoments = second - weights;
            runner.set(step.optimizer());
            program.learningRate = step.rate();
            program.scale = step.scale();
            program.weightDecay = step.weightDecay();
            program.shrinkage = step.shrinkage();
            program.correction = step.correction();
            float[] values = new float[count];
            Matrix dense = Matrix.of(w.rows(), w.columns(), values);
            write(call, w, dense, weights);
            write(call, dw, dense, gradients);
            write(call, kind.hasFirstMoment() ? m : null, dense, first);
            write(call, kind.hasSecondMoment() ? v : null, dense, second);
            call.run(true);
            read(call, w, dense, weights);
            read(call, kind.hasFirstMoment() ? m : null, dense, first);
            read(call, kind.hasSecondMoment() ? v : null, dense, second);
        }
    }

    private static void write(KernelCall call, @Nullable Matrix from, Matrix dense, int offset) {
        if (from != null) {
            from.copyTo(dense);
            call.write(dense.data(), offset);
        }
    }

    private static void read(KernelCall call, @Nullable Matrix to, Matrix dense, int offset) {
        if (to != null) {
            System.arraycopy(call.params, offset, dense.data(), 0, dense.data().length);
            dense.copyTo(to);
        }
    }

    @Override
    protected void doSoftmax(Matrix z, Matrix y) {
        softmax(z, y, false);
    }

    @Override
    protected void doLogSoftmax(Matrix z, Matrix y) {
        softmax(z, y, true);
    }

    private void softmax(Matrix z, Matrix y, boolean logarithm) {
        if (z.rows() == 0) {
            return;
        }
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, z.rows());
            Rows to = call.room(z.columns());
            call.plan.softmax(call.operand(z), logarithm, to);
            call.store(to);
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
        synchronized (runner) {
            KernelCall call = new KernelCall(runner, in.rows());
            Rows to = call.room(d.columns());
            Rows sums = call.plan.rows(Panels.padded(in.rows()), 1, 1);
            call.plan.losses(call.operand(in), call.operand(targets), loss, to, sums);
            call.store(to);
            call.store(sums);
            call.allocate();
            call.run(false);
            call.read(d, 0);
            call.read(Matrix.view(losses, 0, in.rows(), 1, 1), d.columns());
        }
    }
}
