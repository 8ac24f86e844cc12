package dev.samebits.simd.session;

import dev.samebits.OptimizerStep;
import dev.samebits.arithmetic.Sums;
import dev.samebits.parallel.Pool;
import dev.samebits.parallel.WorkerTeam;
import dev.samebits.simd.kernel.GradientSquares;

/**
 * What becomes of gradients that are clipped, once they are all there: their squares are added up, each neuron's by one
 * thread and the neurons' by the caller's, then the optimizer moves all parameters. The parts of both rounds are the panels
 * of all layers. Not thread-safe; allocates nothing.
 */
final class Clipping implements WorkerTeam.Work {
    private final TrainedLayer[] layers;
    private final Pool<float[]> partials;
    private final int parts;
    private OptimizerStep step;
    private boolean moving;

    Clipping(TrainedLayer[] layers, WorkerTeam team) {
        this.layers = layers;
        partials = new Pool<>(team.threads(), GradientSquares::newPartial);
        int panels = 0;
        for (TrainedLayer layer : layers) {
            panels += layer.packed.panels.count();
        }
        parts = panels;
    }

    /** Clips the layers' gradients and takes the step; on the caller's thread alone if there is no team. */
    void finish(OptimizerStep numbers, WorkerTeam team) {
        step = numbers;
        moving = false;
        run(team);
        step.clip(squares());
        moving = true;
        run(team);
    }

    private void run(WorkerTeam team) {
        if (team == null) {
            WorkerTeam.runAlone(this, parts);
        } else {
            team.run(this, parts);
        }
    }

    private float squares() {
        float unit = step.unit();
        float sum = 0;
        for (TrainedLayer layer : layers) {
            int neurons = layer.packed.neurons;
            sum += Sums.sum(layer.squares, 0, 1, neurons);
            sum += Sums.squares(unit, layer.biasGradient, 0, neurons);
            if (layer.packed.spec.isPrelu()) {
                sum += Sums.squares(unit, layer.slopeGradient, 0, neurons);
            }
        }
        return sum;
    }

    @Override
    public void run(int part) {
        int l = 0;
        int p = part;
        while (p >= layers[l].packed.panels.count()) {
            p -= layers[l].packed.panels.count();
            l++;
        }
        if (moving) {
            move(layers[l], p);
        } else {
            addSquares(layers[l], p);
        }
    }

    private void addSquares(TrainedLayer layer, int p) {
        PackedLayer packed = layer.packed;
        float[] partial = partials.take();
        GradientSquares.panel(step.unit(), layer.weightGradient, packed.panels.offset(p, packed.inputs),
                packed.panels.width(p), packed.inputs, partial, layer.squares, packed.panels.from(p));
        partials.giveBack(partial);
    }

    private void move(TrainedLayer layer, int p) {
        PackedLayer packed = layer.packed;
        int offset = packed.panels.offset(p, packed.inputs);
        layer.weights.apply(step, true, offset, layer.weightGradient, offset, packed.inputs * packed.panels.width(p));
        layer.moveBiases(step, p);
    }
}
