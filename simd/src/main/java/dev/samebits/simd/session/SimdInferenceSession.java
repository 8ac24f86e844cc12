package dev.samebits.simd.session;

import dev.samebits.Backend;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.spi.AbstractInferenceSession;

/** Inference on the Vector API: a {@link ForwardPass} through weights packed once. */
public final class SimdInferenceSession extends AbstractInferenceSession {
    private final ForwardPass forward;

    public SimdInferenceSession(Backend backend, Network network, SessionOptions options) {
        super(backend, network, options);
        PackedLayer[] layers = network.layers().stream().map(PackedLayer::forInference).toArray(PackedLayer[]::new);
        forward = new ForwardPass(layers, network.output(), team);
    }

    @Override
    protected void compute(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        forward.compute(x, xOffset, xStride, rows, y, yOffset, yStride);
    }
}
