package dev.samebits.tck;

class ScalarSessionContractTest extends SessionContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
