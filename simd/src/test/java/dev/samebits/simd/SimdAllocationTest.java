package dev.samebits.simd;

import dev.samebits.tck.AllocationContract;

/**
 * Apart from the other contracts, which each class having a JVM of its own sees to: what they ran would shape the compiler's
 * view.
 */
class SimdAllocationTest extends AllocationContract {
    @Override
    protected String backend() {
        return "simd";
    }

    @Override
    protected boolean allocationFree() {
        return true;
    }
}
