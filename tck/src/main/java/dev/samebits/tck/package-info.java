/**
 * What every backend must do, as JUnit contracts that a test class inherits.
 *
 * <pre>
 * a test class → BackendContracts, AllocationContract → BackendUnderTest (runs, skips or fails)
 * Sizes × Values → Case → Buffers (poison, canaries) → the backend's kernels and sessions ┐
 *                                                    → Definition, the scalar kernels    → Bits (equal, or where not)
 * Sweep, ActivationSpec → Oracle, DoubleNetwork (double precision, no code of the library) → Ulp (how far off)
 * </pre>
 *
 * <p>Nothing here is null unless it says so.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.samebits.tck;

import org.jspecify.annotations.NullMarked;
