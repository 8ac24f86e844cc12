package dev.samebits.tck;

class ScalarSessionLifecycleContractTest extends SessionLifecycleContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
