package dev.samebits.cli;

import dev.samebits.cli.Input.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What training data is read from: the options that say which columns and labels. */
final class DataOptions {
    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "IDX labels. Default: the images' name with labels-idx1 for images-idx3.")
    private String labels;

    @Option(
            names = "--label-column",
            paramLabel = "COLUMN",
            defaultValue = "last",
            description = "CSV column of the class: a name, a number from 1, or 'last' (default).")
    private String labelColumn;

    @Option(
            names = "--targets",
            paramLabel = "COLUMNS",
            split = ",",
            description = "CSV columns of target values, for regression: names, numbers from 1, ranges such as 5-7.")
    private List<String> targets;

    @Option(
            names = "--columns",
            paramLabel = "COLUMNS",
            split = ",",
            description = "CSV columns of the inputs. Default: all but the label or targets.")
    private List<String> columns;

    @Mixin
    private CsvOptions csv;

    boolean regression() {
        return targets != null;
    }

    /**
     * Reads a file, or the training set in a folder of official IDX files.
     *
     * @param classes labels must be below this; 0 if any will do
     */
    TrainingData read(String file, int classes) {
        if (!file.equals(Input.STANDARD) && Files.isDirectory(Path.of(file))) {
            return folder(Path.of(file), "train", classes);
        }
        Input input = Input.open(file);
        if (input.format() != Format.IDX && input.format() != Format.CSV) {
            throw new Problem("training reads CSV and IDX files, and this is " + input.format(), file,
                    "convert it to CSV");
        }
        if (input.format() == Format.IDX) {
            if (targets != null) {
                throw new Problem("IDX files hold classes, not target values", file, "leave out --targets, or give CSV");
            }
            return IdxData.of(input, Input.open(labels == null ? labelsOf(file) : labels), classes);
        }
        try (CsvTable table = new CsvTable(input, csv)) {
            int[] out = targets == null
                    ? new int[] {Columns.one(table, "--label-column", labelColumn)}
                    : Columns.parse(table, "--targets", targets);
            int[] in = columns == null ? Columns.except(table, out) : Columns.parse(table, "--columns", columns);
            if (in.length == 0) {
                throw new Problem("no column is left for the inputs", file,
                        "check --label-column, --targets and --separator");
            }
            return CsvData.of(table, in, out, targets == null, classes);
        }
    }

    /** Reads a set, {@code train} or {@code t10k}, of a folder with the official files, packed or not. */
    static TrainingData folder(Path folder, String set, int classes) {
        return IdxData.of(Input.open(find(folder, set + "-images-idx3-ubyte")),
                Input.open(find(folder, set + "-labels-idx1-ubyte")), classes);
    }

    private static String find(Path folder, String name) {
        Path plain = folder.resolve(name);
        Path packed = folder.resolve(name + ".gz");
        if (!Files.exists(plain) && !Files.exists(packed)) {
            throw new Problem("no such file", plain + "[.gz]",
                    "give a folder with the four official IDX files, or one file");
        }
        return (Files.exists(plain) ? plain : packed).toString();
    }

    private static String labelsOf(String images) {
        String name = images.replace("images-idx3", "labels-idx1");
        if (name.equals(images)) {
            throw new Problem("no labels are given for the images", images, "give their file with --labels");
        }
        if (Files.exists(Path.of(name))) {
            return name;
        }
        // One of the two may be packed and the other not.
        String other = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name + ".gz";
        return Files.exists(Path.of(other)) ? other : name;
    }
}
