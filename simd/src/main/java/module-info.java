/**
 * The backend on the JDK's Vector API. As a module it brings that API with it; on the class path, java is told to add it.
 */
module dev.samebits.simd {
    requires dev.samebits.core;
    requires jdk.incubator.vector;
    // Says whether the JVM has fused multiply-add.
    requires jdk.management;

    provides dev.samebits.spi.BackendProvider with dev.samebits.simd.SimdProvider;
}
