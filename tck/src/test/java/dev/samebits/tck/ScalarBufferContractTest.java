package dev.samebits.tck;

class ScalarBufferContractTest extends BufferContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
