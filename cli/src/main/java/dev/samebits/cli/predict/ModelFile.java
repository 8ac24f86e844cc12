package dev.samebits.cli.predict;

import dev.samebits.cli.file.Digests;
import dev.samebits.cli.model.Models;
import dev.samebits.cli.model.OutputOption;
import dev.samebits.cli.receipt.Predicate;
import dev.samebits.onnx.OnnxModel;
import java.nio.file.Path;

/**
 * A model and the file that it came from.
 *
 * @param path of the file
 * @param model what is in it
 * @param digest SHA-256 of its bytes, or null where nobody asked
 */
record ModelFile(Path path, OnnxModel model, String digest) {
    static ModelFile of(Path path, OutputOption output) {
        return new ModelFile(path, Models.readModel(path, output), null);
    }

    static ModelFile digested(Path path, OutputOption output) {
        OnnxModel model = Models.readModel(path, output);
        return new ModelFile(path, model, Digests.of(path));
    }

    /** What a receipt says of it. */
    Predicate.Model described() {
        return new Predicate.Model(name(path), digest, model.network().fingerprint(), model.network().toString(),
                model.preparation().map(preparation -> preparation.fingerprint()).orElse(null));
    }

    /** A file's name without its folders, which are nobody's business. */
    static String name(Path path) {
        return path.getFileName() == null ? path.toString() : path.getFileName().toString();
    }
}
