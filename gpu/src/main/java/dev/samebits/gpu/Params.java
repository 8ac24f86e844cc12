package dev.samebits.gpu;

import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Output;
import java.util.ArrayList;
import java.util.List;

/** A network's parameters in the one array that stays on the device, behind the header that every program reads. */
final class Params {
    final List<LayerPlace> layers = new ArrayList<>();
    final Output output;
    final float[] data;

    Params(Network network) {
        output = network.output();
        int end = DeviceFloats.HEADER;
        try {
            for (Layer layer : network.layers()) {
                LayerPlace place = new LayerPlace(layer, end);
                layers.add(place);
                end = place.end;
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the network " + network + " has " + network.parameters()
                    + " parameters, more than the one array that a device program has: use another backend", e);
        }
        data = header(end);
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).pack(network.layers().get(l), data);
        }
    }

    /** An array of this many floats that starts with the header. */
    static float[] header(int length) {
        float[] params = new float[length];
        for (int n = -DeviceFloats.LOWEST_POWER; n <= Float.MAX_EXPONENT; n++) {
            params[DeviceFloats.POWERS + DeviceFloats.LOWEST_POWER + n] = Math.scalb(1f, n);
        }
        return params;
    }

    List<Layer> layers() {
        return layers.stream().map(layer -> layer.unpack(data)).toList();
    }
}
