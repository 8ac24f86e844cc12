package dev.samebits.tck;

class ScalarAllocationContractTest extends AllocationContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
