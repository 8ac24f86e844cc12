package dev.samebits.bench.jmh;

import dev.samebits.Layer;
import dev.samebits.Network;

/**
 * Floating-point operations of the measured work; a fused multiply-add counts as two. Activations and softmax are not
 * counted, so a share of the peak that is computed from these numbers is never flattered by them.
 */
final class Flops {
    private Flops() {}

    /** {@code Z = X Wᵀ + b}: one fma for each weight and sample, since a sum starts at its bias. */
    static long affine(long batch, long inputs, long outputs) {
        return 2 * batch * inputs * outputs;
    }

    /** The affine parts of all layers. */
    static long inference(Network network, long batch) {
        return batch * network.flops();
    }

    /**
     * One step of gradient descent: forward; back-propagation through all layers but the first, whose input needs no
     * gradient; the gradient of the weights, one fma for each weight and sample, and of the biases, one addition; the
     * update, two fmas and a multiplication for each parameter.
     */
    static long trainingStep(Network network, long batch) {
        long flops = inference(network, batch);
        for (int l = 0; l < network.layers().size(); l++) {
            Layer layer = network.layers().get(l);
            long product = batch * layer.spec().flops();
            flops += l == 0 ? product : 2 * product;
            flops += batch * layer.rows();
        }
        return flops + 5 * network.parameters();
    }
}
