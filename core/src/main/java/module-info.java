/**
 * Dense neural-network layers with the same bits from every backend: the model, its training, and the choice of a backend.
 */
@SuppressWarnings("module") // the modules named below depend on this one
module dev.samebits.core {
    // Annotations for the compiler alone.
    requires static org.jspecify;

    exports dev.samebits;
    exports dev.samebits.table;
    exports dev.samebits.train;

    // For those who write a backend.
    exports dev.samebits.spi;
    exports dev.samebits.parallel;
    // What Samebits's own backends share; for others it is Activation.value and Loss.row.
    exports dev.samebits.arithmetic to dev.samebits.simd, dev.samebits.gpu, dev.samebits.tck;
    // What the others are compared with.
    exports dev.samebits.scalar to dev.samebits.gpu, dev.samebits.tck;

    uses dev.samebits.spi.BackendProvider;
}
