package dev.samebits.onnx.network;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.Value;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import java.util.List;

/**
 * Makes steps of a network of what rules found one behind the other. Unlike in a chain of layers nothing is folded into
 * weights but the bias behind a MatMul: scalings are steps of their own, as the file has them. One use each.
 */
final class RunEmitter {
    private final Emitter emitter;
    private Value value;
    /** An affine operator that has no activation yet, or null, and its operator. */
    private Step.Affine open;
    private boolean biasless;
    private Scaling scaling;
    /** A norm that gains and shifts may follow, or null. */
    private Step.Single norm;
    private Node node;

    private RunEmitter(Emitter emitter, Value value) {
        this.emitter = emitter;
        this.value = value;
    }

    /** Does the steps to a value. */
    static Value emit(Emitter emitter, Value value, List<Step> steps, Node node) throws Refusal {
        RunEmitter run = new RunEmitter(emitter, value);
        run.node = node;
        for (Step step : steps) {
            run.accept(step);
        }
        run.flush();
        return run.value;
    }

    private Graph graph() {
        return emitter.graph();
    }

    private void accept(Step step) throws Refusal {
        if (step instanceof Step.Affine affine) {
            flush();
            open = affine;
            biasless = Assembler.allZero(affine.bias());
        } else if (step instanceof Scaling next) {
            scaling(next);
        } else if (step instanceof Step.Activate activate) {
            activate(activate);
        } else if (step instanceof Step.Maxout maxout) {
            maxout(maxout);
        } else if (step instanceof Step.Pair pair) {
            flush();
            value = emitter.layer(value, 2, new float[] {0, 1}, new float[2]);
            graph().notes().add(pair.node().label() + ": 1 − p and p are computed as the softmax of 0 and the logit");
        } else if (step instanceof Step.Single single) {
            flush();
            if (single.operation() instanceof Operation.LayerNorm || single.operation() instanceof Operation.RmsNorm) {
                norm = single;
            } else {
                value = emitter.step(single.node(), single.operation(), value);
            }
        } else {
            flush();
            Output output = ((Step.Finish) step).output();
            value = emitter.softmax(value, output);
        }
    }

    private void scaling(Scaling next) throws Refusal {
        if (open != null && biasless && next.isSum()) {
            open = Folding.behind(open, next);
            biasless = false;
            return;
        }
        if (open != null) {
            flush();
        }
        scaling = scaling == null ? next : scaling.then(next);
    }

    private void activate(Step.Activate activate) throws Refusal {
        if (open != null && scaling == null) {
            Step.Affine affine = open;
            open = null;
            value = emitter.made(activate.node(), () -> new Operation.Apply(Assembler.layer(affine, activate)), value);
            return;
        }
        flush();
        float[] slopes = activate.slopes();
        if (slopes.length == 1) {
            slopes = Emitter.filled(value.width(), slopes[0]);
        }
        value = emitter.step(activate.node(), new Operation.Activate(activate.activation(), slopes), value);
    }

    private void maxout(Step.Maxout maxout) throws Refusal {
        int pieces = (int) maxout.pieces();
        long columns = maxout.before() * maxout.pieces() * maxout.after();
        if (open != null && scaling == null && columns == open.rows()) {
            Step.Affine affine = maxout.before() == 1 ? open : Assembler.pieceByPiece(open, maxout);
            open = null;
            value = emitter.made(maxout.node(),
                    () -> new Operation.Apply(Layer.maxout(Assembler.matrix(affine), affine.bias(), pieces)), value);
            return;
        }
        flush();
        throw maxout.node().refused("a maxout of " + maxout.pieces() + " pieces and " + maxout.before() * maxout.after()
                + " outputs stands behind no Gemm or MatMul of as many rows of weights");
    }

    /** Steps of what is open. */
    private void flush() throws Refusal {
        if (open != null) {
            Step.Affine affine = open;
            open = null;
            value = emitter.made(node, () -> new Operation.Apply(
                    Layer.dense(Assembler.matrix(affine), affine.bias(), Activation.IDENTITY)), value);
        }
        if (norm != null) {
            Step.Single last = norm;
            norm = null;
            value = emitter.step(last.node(), withGain(last.operation()), value);
        }
        if (scaling != null) {
            Scaling last = scaling;
            scaling = null;
            scale(last);
        }
    }

    /** A norm with what scales and shifts its columns, if it has none yet. */
    private Operation withGain(Operation operation) throws Refusal {
        if (scaling == null || scaling.cancellation() != 0) {
            return operation;
        }
        scaling.checkFits(value.width());
        float[] factor = factors(scaling);
        float[] shift = shifts(scaling);
        if (operation instanceof Operation.LayerNorm layer && isAll(layer.gain(), 1) && isAll(layer.shift(), 0)) {
            scaling = null;
            return new Operation.LayerNorm(layer.epsilon(), factor, shift);
        }
        if (operation instanceof Operation.RmsNorm rms && isAll(rms.gain(), 1) && isAll(shift, 0)) {
            scaling = null;
            return new Operation.RmsNorm(rms.epsilon(), factor);
        }
        return operation;
    }

    private static boolean isAll(float[] values, float value) {
        for (float each : values) {
            if (each != value) {
                return false;
            }
        }
        return true;
    }

    private void scale(Scaling scaled) throws Refusal {
        int width = value.width();
        scaled.checkFits(width);
        graph().layers().take(4L * Float.BYTES * width);
        Node at = scaled.nodes().get(0);
        float[] factor = factors(scaled);
        float[] shift = shifts(scaled);
        float[] center = new float[width];
        for (int i = 0; i < width; i++) {
            center[i] = scaled.rounded(scaled.center(i));
        }
        if (isAll(center, 0)) {
            value = emitter.step(at, new Operation.ScaleShift(factor, shift), value);
        } else if (isAll(factor, 1) && isAll(shift, 0)) {
            for (int i = 0; i < width; i++) {
                center[i] = -center[i];
            }
            value = emitter.step(at, new Operation.ScaleShift(factor, center), value);
        } else {
            value = emitter.step(at, new Operation.CenterScale(center, factor), value);
            if (!isAll(shift, 0)) {
                value = emitter.step(at, new Operation.ScaleShift(Emitter.filled(width, 1), shift), value);
            }
        }
    }

    private float[] factors(Scaling scaled) throws Refusal {
        float[] factors = new float[value.width()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = scaled.rounded(scaled.factor(i));
        }
        return factors;
    }

    private float[] shifts(Scaling scaled) throws Refusal {
        float[] shifts = new float[value.width()];
        for (int i = 0; i < shifts.length; i++) {
            shifts[i] = scaled.rounded(scaled.shift(i));
        }
        return shifts;
    }
}
