package dev.samebits.tck;

import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Operation;

/** The parameters of any network that learn. */
final class StepParameters {
    private StepParameters() {}

    /** Fails where two networks have other parameters. */
    static void same(String what, Network got, Network want) {
        for (int s = 0; s < want.steps().size(); s++) {
            String step = what + ": step " + (s + 1) + ", " + want.steps().get(s) + ", ";
            float[][] wanted = of(want.steps().get(s).operation());
            float[][] found = of(got.steps().get(s).operation());
            for (int k = 0; k < wanted.length; k++) {
                Bits.assertSame(step + "parameters " + (k + 1) + " of " + wanted.length, found[k], wanted[k]);
            }
        }
    }

    /** All parameters of an operation that learn, an array for each kind: weights or table first. */
    static float[][] of(Operation operation) {
        if (operation instanceof Operation.Apply apply) {
            Layer layer = apply.layer();
            return new float[][] {layer.weights().data(), layer.bias(), layer.slopes()};
        } else if (operation instanceof Operation.Activate activate) {
            return new float[][] {activate.slopes()};
        } else if (operation instanceof Operation.LayerNorm norm) {
            return new float[][] {norm.gain(), norm.shift()};
        } else if (operation instanceof Operation.RmsNorm norm) {
            return new float[][] {norm.gain()};
        } else if (operation instanceof Operation.Embed embed) {
            return new float[][] {embed.table().toMatrix().data()};
        }
        return new float[0][];
    }
}
