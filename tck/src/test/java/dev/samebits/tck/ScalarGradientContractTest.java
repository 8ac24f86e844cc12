package dev.samebits.tck;

class ScalarGradientContractTest extends GradientContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
