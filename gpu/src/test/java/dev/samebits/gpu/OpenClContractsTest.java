package dev.samebits.gpu;

import dev.samebits.tck.BackendContracts;

/** Holds the OpenCL backend to every contract, on the device that the probe chooses. */
class OpenClContractsTest extends BackendContracts {
    @Override
    protected String backend() {
        return "opencl";
    }
}
