package dev.samebits.tck;

class ScalarKernelContractTest extends KernelContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
