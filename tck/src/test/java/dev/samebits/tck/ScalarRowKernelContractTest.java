package dev.samebits.tck;

class ScalarRowKernelContractTest extends RowKernelContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
