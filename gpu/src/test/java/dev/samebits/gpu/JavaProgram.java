package dev.samebits.gpu;

/** The program's functions run by Java, as on a device whose fma is right, and quotients and roots off by some ulps. */
final class JavaProgram extends DeviceProgram {
    private final int ulps;

    JavaProgram(int ulps) {
        this.ulps = ulps;
        params = Params.header(HEADER);
    }

    @Override
    protected float fma(float a, float b, float c) {
        return Math.fma(a, b, c);
    }

    @Override
    float reciprocal(float b) {
        return off(1 / b);
    }

    @Override
    float root(float m) {
        return off((float) Math.sqrt(m));
    }

    private float off(float y) {
        return Float.isFinite(y) && y != 0 ? Float.intBitsToFloat(Float.floatToIntBits(y) + ulps) : y;
    }
}
