package dev.samebits.djl;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the ONNX file of a model is: the places in which DJL's engine for ONNX Runtime looks for it. */
final class ModelFile {
    private static final String SUFFIX = ".onnx";

    private ModelFile() {}

    /**
     * The file itself, or in a folder the one of the model's name, of the folder's, or {@code model.onnx}.
     *
     * @param place a file or a folder
     * @param prefix the name that the caller insists on, or null
     * @throws FileNotFoundException naming what there is, if none of these is there
     */
    static Path find(Path place, @Nullable String prefix, String modelName) throws IOException {
        if (Files.isRegularFile(place)) {
            return place;
        }
        List<String> names = prefix != null ? List.of(prefix)
                : List.of(modelName, String.valueOf(place.getFileName()), "model");
        List<String> tried = new ArrayList<>();
        for (String name : names) {
            for (String full : name.endsWith(SUFFIX) ? List.of(name) : List.of(name, name + SUFFIX)) {
                Path file = place.resolve(full);
                if (Files.isRegularFile(file)) {
                    return file;
                }
                tried.add(full);
            }
        }
        throw new FileNotFoundException(place + ": none of " + String.join(", ", tried) + " is a file there; "
                + there(place) + ": name it by optModelName");
    }

    private static String there(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return "there is no such folder";
        }
        try (Stream<Path> files = Files.list(place)) {
            List<String> models = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(SUFFIX))
                    .sorted().limit(10).toList();
            return models.isEmpty() ? "it has no " + SUFFIX + " file" : "it has " + String.join(", ", models);
        }
    }

    /** What a model is called that was loaded from this file. */
    static String name(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
