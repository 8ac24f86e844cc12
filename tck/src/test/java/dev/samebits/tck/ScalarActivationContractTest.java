package dev.samebits.tck;

class ScalarActivationContractTest extends ActivationContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
