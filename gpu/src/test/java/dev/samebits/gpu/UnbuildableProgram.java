package dev.samebits.gpu;

/** Can be written in OpenCL C, but the driver's compiler refuses it: a variable is called as a keyword of that language. */
class UnbuildableProgram extends DeviceProgram {
    @Override
    public void run() {
        int constant = rows + 1;
        out[0] = constant;
    }
}
