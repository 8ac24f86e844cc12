package dev.samebits.simd;

import dev.samebits.tck.BackendContracts;

/** Holds the Vector API backend to every contract, at the vector width this JVM was started with. */
class SimdContractsTest extends BackendContracts {
    @Override
    protected String backend() {
        return "simd";
    }
}
