package dev.samebits.cli.demo;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.Input;
import dev.samebits.cli.samples.DataOptions;
import dev.samebits.cli.samples.IdxData;
import dev.samebits.cli.samples.TrainingData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** The demo's images: those that come with the program, or the official files in a folder. */
final class FashionMnist {
    static final int PIXELS = 28 * 28;
    /** The names of the classes, as the data set's authors give them. */
    static final List<String> LABELS = List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt",
            "Sneaker", "Bag", "Ankle boot");
    static final int CLASSES = LABELS.size();

    private FashionMnist() {}

    /**
     * Reads a set.
     *
     * @param folder with the official files; null for the ones within
     * @param set {@code train} or {@code t10k}
     */
    static TrainingData read(Path folder, String set) {
        TrainingData images = folder == null
                ? IdxData.of(within(set + "-images-idx3-ubyte.gz"), within(set + "-labels-idx1-ubyte.gz"), CLASSES)
                : DataOptions.folder(folder, set, CLASSES);
        if (images.inputs() != PIXELS) {
            throw new Problem("the images have " + images.inputs() + " pixels, and Fashion-MNIST's " + PIXELS,
                    folder + ", set " + set, "give the folder with the four official IDX files");
        }
        return images;
    }

    private static Input within(String name) {
        InputStream stream = FashionMnist.class.getResourceAsStream("fashion-mnist/" + name);
        if (stream == null) {
            throw new IllegalStateException("the program was packaged without " + name);
        }
        try {
            return Input.of(name, stream);
        } catch (IOException e) {
            throw new IllegalStateException("the program was packaged with a damaged " + name, e);
        }
    }
}
