package dev.samebits.tck;

class ScalarSpecialValueContractTest extends SpecialValueContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
