package dev.samebits.cli.model;

import dev.samebits.Network;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.Destination;
import dev.samebits.onnx.GoldenRows;
import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxFormatException;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.table.Preparation;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Model files, ONNX, the one format. */
public final class Models {
    private Models() {}

    /** A model that was written here. */
    public static Network read(Path file) {
        return read(file, new OutputOption());
    }

    public static Network read(Path file, OutputOption output) {
        return readModel(file, output).network();
    }

    /** The network and who wrote it; what a user should know of how it was read goes to stderr. */
    public static OnnxModel readModel(Path file, OutputOption output) {
        try {
            if (Files.isDirectory(file)) {
                throw new Problem("this is a folder", file.toString(), "name the ONNX file in it");
            }
            OnnxModel model = Onnx.readModel(file, output.reading());
            model.notes().forEach(note -> System.err.println("samebits: note: " + file + ": " + note));
            return model;
        } catch (FileSystemException e) {
            throw Problem.reading(file.toString(), e);
        } catch (OnnxFormatException e) {
            // The reader's message has the file, the place in it and the remedy.
            throw new Problem("cannot use the model", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Problem.reading(file.toString(), e);
        }
    }

    /** Writes a model, complete or not at all. */
    public static void write(Network network, Path file) {
        write(Optional.empty(), network, file);
    }

    /** Writes a model with golden rows, complete or not at all. */
    public static void write(Optional<Preparation> preparation, Network network, GoldenRows golden, Path file) {
        try (Destination whole = Destination.open(file)) {
            Onnx.write(preparation, network, golden, whole.stream());
            whole.commit();
        } catch (IOException e) {
            throw Problem.writing(file, e);
        }
    }

    /**
     * Writes a model, complete or not at all.
     *
     * @param preparation what makes its rows of raw columns, if it takes those
     */
    public static void write(Optional<Preparation> preparation, Network network, Path file) {
        try (Destination whole = Destination.open(file)) {
            if (preparation.isPresent()) {
                Onnx.write(preparation.get(), network, whole.stream());
            } else {
                Onnx.write(network, whole.stream());
            }
            whole.commit();
        } catch (IOException e) {
            throw Problem.writing(file, e);
        }
    }
}
