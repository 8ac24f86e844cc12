package dev.samebits.tck;

class ScalarKernelArgumentContractTest extends KernelArgumentContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
