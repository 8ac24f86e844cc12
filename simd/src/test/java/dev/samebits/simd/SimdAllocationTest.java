package dev.samebits.simd;

import dev.samebits.tck.AllocationContract;

/**
 * Apart from the other contracts, since what they ran would shape the compiler's view: each class has a JVM of its own (see
 * reuseForks in the pom).
 */
class SimdAllocationTest extends AllocationContract {
    @Override
    protected String backend() {
        return "simd";
    }
}
