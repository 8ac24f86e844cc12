package dev.samebits.gpu;

/** Can be written in OpenCL C, but the driver's compiler refuses it: a variable has the name of one of that language's keywords. */
class UnbuildableProgram extends DeviceProgram {
    @Override
    public void run() {
        int constant = rows + 1;
        out[0] = constant;
    }
}
