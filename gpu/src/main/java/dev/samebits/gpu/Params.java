package dev.samebits.gpu;

import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.Output;
import dev.samebits.StateExchange;
import dev.samebits.TrainingOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's parameters in the one array that stays on the device, behind the header that every program reads; and, for an
 * optimizer with moments or for clipping, as many gradients, m and v behind them, which so are kept and found again as the
 * parameters are.
 */
final class Params {
    final List<LayerPlace> layers = new ArrayList<>();
    final Output output;
    final TrainingOptions training;
    final float[] data;
    /** How far its gradient, its m and its v are from a parameter; 0 where there are none. */
    final int gradients;
    final int firstMoments;
    final int secondMoments;

    Params(Network network) {
        this(network, TrainingOptions.of(Optimizer.SGD));
    }

    Params(Network network, TrainingOptions training) {
        this.training = training;
        Optimizer.Kind kind = training.optimizer().kind();
        int copies = copies(training);
        output = network.output();
        int end = DeviceFloats.HEADER;
        try {
            for (Layer layer : network.layers()) {
                LayerPlace place = new LayerPlace(layer, end);
                layers.add(place);
                end = place.end;
            }
            int size = end - DeviceFloats.HEADER;
            end = Math.addExact(end, Math.multiplyExact(size, copies - 1));
            gradients = copies > 1 ? size : 0;
            firstMoments = kind.hasFirstMoment() ? 2 * size : 0;
            secondMoments = kind.hasSecondMoment() ? (copies - 1) * size : 0;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the network " + network + " has " + network.parameters()
                    + " parameters, more than the one array that a device program has holds for " + kind.label()
                    + ": use another backend", e);
        }
        data = header(end);
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).pack(network.layers().get(l), data);
        }
    }

    /** Floats for each parameter: itself, and for an optimizer with moments, or clipping, its gradient and those. */
    static int copies(TrainingOptions training) {
        int moments = training.optimizer().kind().moments();
        return moments == 0 && !training.clips() ? 1 : 2 + moments;
    }

    /** An array of this many floats that starts with the header. */
    static float[] header(int length) {
        float[] params = new float[length];
        for (int n = -DeviceFloats.LOWEST_POWER; n <= Float.MAX_EXPONENT; n++) {
            params[DeviceFloats.POWERS + DeviceFloats.LOWEST_POWER + n] = Math.scalb(1f, n);
        }
        return params;
    }

    /** Passes all parameters and moments through. */
    void exchange(StateExchange state) {
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).exchange(state, l, "", data, 0);
            if (firstMoments > 0) {
                layers.get(l).exchange(state, l, "m", data, firstMoments);
            }
            if (secondMoments > 0) {
                layers.get(l).exchange(state, l, "v", data, secondMoments);
            }
        }
    }

    List<Layer> layers() {
        return layers.stream().map(layer -> layer.unpack(data)).toList();
    }
}
