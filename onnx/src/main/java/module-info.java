/** Reads and writes networks as ONNX files. */
@SuppressWarnings("requires-automatic")
module dev.samebits.onnx {
    requires transitive dev.samebits.core;
    // At compile time only: the jar has its own, in a package of this module.
    requires static com.google.protobuf;
    // For protobuf.
    requires java.logging;

    exports dev.samebits.onnx;
}
