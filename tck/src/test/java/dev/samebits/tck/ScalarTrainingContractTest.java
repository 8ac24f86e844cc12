package dev.samebits.tck;

class ScalarTrainingContractTest extends TrainingContract {
    @Override
    protected String backend() {
        return "scalar";
    }
}
