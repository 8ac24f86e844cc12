/** The application as a module. It names no backend: what is in the module path, or linked into the image, is found. */
module acme.modular {
    requires dev.samebits.core;
    requires dev.samebits.onnx;
}
