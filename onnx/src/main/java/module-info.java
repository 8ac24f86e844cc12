/** Reads and writes networks as ONNX files. */
@SuppressWarnings({"requires-automatic", "module"}) // the modules named below depend on this one
module dev.samebits.onnx {
    requires transitive dev.samebits.core;
    // Annotations for the compiler alone.
    requires static org.jspecify;
    // At compile time only: the jar has its own, in a package of this module.
    requires static com.google.protobuf;
    // For protobuf.
    requires java.logging;

    exports dev.samebits.onnx;
    // How the command and the benchmarks write their files, too.
    exports dev.samebits.onnx.file to dev.samebits.cli, dev.samebits.bench;
}
