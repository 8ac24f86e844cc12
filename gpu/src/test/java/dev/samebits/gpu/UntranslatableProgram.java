package dev.samebits.gpu;

/** Uses an object, which OpenCL C has not. */
class UntranslatableProgram extends DeviceProgram {
    @Override
    public void run() {
        out[0] = new StringBuilder("x").append(rows).length();
    }
}
