package dev.samebits.tck;

/** Holds the definition itself to every contract. */
class ScalarContractsTest extends BackendContracts {
    @Override
    protected String backend() {
        return "scalar";
    }
}
