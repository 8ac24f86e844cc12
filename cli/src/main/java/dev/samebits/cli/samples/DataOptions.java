package dev.samebits.cli.samples;

import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.csv.Cells;
import dev.samebits.cli.data.csv.Columns;
import dev.samebits.cli.data.csv.CsvOptions;
import dev.samebits.cli.data.csv.CsvTable;
import dev.samebits.cli.data.csv.NumberCells;
import dev.samebits.cli.data.csv.PreparedCells;
import dev.samebits.cli.file.Input;
import dev.samebits.cli.file.Input.Format;
import dev.samebits.table.Scaling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What training data is read from: the options that say which columns and labels. */
public final class DataOptions {
    private static final String IMAGES = "images-idx3";
    private static final String LABELS = "labels-idx1";

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "IDX labels. Default: the images' name with labels-idx1 for images-idx3. Of .npy rows: what is "
                    + "to be learned, as .npy; whole numbers are classes, floating types target values.")
    private String labels;

    @Option(
            names = {"--label", "--label-column"},
            paramLabel = "COLUMN",
            description = "CSV column of the class, or of the quantity if it holds numbers that are no classes: a name, a "
                    + "number from 1, or 'last' (default). Several columns of 0 and 1, such as news,sport, are labels of "
                    + "which a row may have any number.")
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

    @Option(
            names = "--weight-column",
            paramLabel = "COLUMN",
            description = "CSV column that says how much each row counts: a name or a number from 1. It is no input.")
    private String weightColumn;

    // Of the model that is to learn on; null if none is.
    private KnownColumns known;

    @Mixin
    private TableOptions raw;

    @Mixin
    private CsvOptions csv;

    /** Whether there are target values, and no class. */
    public boolean regression() {
        return targets() != null;
    }

    /** Whether each row has several labels, each yes or no. */
    public boolean areSeveralLabels() {
        return targets == null && labelColumn != null && labelColumn.contains(",");
    }

    private List<String> targets() {
        return areSeveralLabels() ? List.of(labelColumn.split(",", -1)) : targets;
    }

    /** Refuses what has no effect together, before any data is read. */
    public void check() {
        raw.check();
        if (targets != null && labelColumn != null) {
            throw new Problem("target values leave no column for a class", "--label", "leave it out with --targets");
        }
    }

    /** How raw columns are prepared. */
    public TableOptions raw() {
        return raw;
    }

    /**
     * Reads a file, or the training set in a folder of official IDX files.
     *
     * @param classes how many classes there are; 0 to count them
     * @param rule what target values must be
     * @param quantity whether a label that looks like a quantity may be one
     * @param ofValues what they must be where only the file says that it has target values
     */
    public TrainingData read(String file, int classes, TargetRule rule, boolean quantity, Supplier<TargetRule> ofValues) {
        if (!file.equals(Descriptor.STANDARD) && Files.isDirectory(Path.of(file))) {
            checkIdx(file, Format.IDX);
            return folder(Path.of(file), "train", classes);
        }
        Input input = Input.open(file);
        return switch (input.format()) {
            case IDX -> idx(file, input, classes);
            case NPY -> npy(file, input, classes, ofValues);
            case CSV -> csv(input, null, ClassLabels.collecting(classes), rule, quantity && classes == 0);
        };
    }

    private TrainingData npy(String file, Input input, int classes, Supplier<TargetRule> rule) {
        checkIdx(file, Format.NPY);
        if (labels == null) {
            throw new Problem("no labels are given for the rows", file, "give their .npy file with --labels");
        }
        return NpyData.of(input, Input.open(labels), classes, rule);
    }

    /**
     * Reads rows for a model that is there already: its columns, by their names where both have names, and its classes.
     *
     * @param rule what target values must be
     */
    public TrainingData readFor(String file, KnownColumns model, TargetRule rule) {
        known = model;
        Input input = file.equals(Descriptor.STANDARD) || !Files.isDirectory(Path.of(file)) ? Input.open(file) : null;
        TrainingData data;
        if (input != null && input.format() == Format.CSV) {
            data = knownCsv(input, model, rule);
        } else if (input != null && input.format() == Format.NPY) {
            data = knownNpy(file, input, model, rule);
        } else {
            checkIdx(file, Format.IDX);
            if (model.targets() > 0 || model.preparation() != null) {
                throw new Problem("the model takes " + (model.targets() > 0 ? "target values" : "raw columns of a table")
                        + ", and this is IDX", file, "give CSV");
            }
            data = input == null ? folder(Path.of(file), "train", model.classes()) : idx(file, input, model.classes());
        }
        if (data.inputs() != model.width()) {
            throw new Problem("found " + data.inputs() + " inputs where " + model.file() + " takes " + model.width(), file,
                    "give the data that belong to the model");
        }
        return data;
    }

    private TrainingData knownNpy(String file, Input input, KnownColumns model, TargetRule rule) {
        if (model.preparation() != null) {
            throw new Problem("the model takes raw columns of a table, and this is NPY", file, "give CSV");
        }
        TrainingData data = npy(file, input, model.targets() > 0 ? 0 : model.classes(),
                () -> model.targets() > 0 ? rule : TargetRule.ANY);
        if (data.targets() != model.targets()) {
            throw new Problem("found " + (data.targets() > 0 ? data.targets() + " targets" : "classes") + " where "
                    + model.file() + " gives " + (model.targets() > 0 ? model.targets() + " values" : "classes"), labels,
                    "save classes as whole numbers, and target values with a floating type");
        }
        return data;
    }

    private TrainingData knownCsv(Input input, KnownColumns model, TargetRule rule) {
        refuseLabels(input);
        try (CsvTable table = new CsvTable(input, csv)) {
            boolean named = table.names() != null && targets() == null && labelColumn == null && !model.outputs().isEmpty();
            int[] out = named ? Columns.named(table, model.outputs(), model.file()) : outputs(table);
            if (model.targets() > 0 && out.length != model.targets()) {
                throw new Problem("found " + out.length + " targets where " + model.file() + " gives " + model.targets(),
                        input.name(), "name as many columns with --targets");
            }
            int weight = weightColumn == null ? -1 : weight(table, out);
            boolean byName = table.names() != null && columns == null && !model.read().isEmpty();
            int[] in = byName ? Columns.named(table, model.read(), model.file()) : inputs(table, out, weight);
            if (in.length != model.columns()) {
                throw new Problem("found " + in.length + " columns of inputs where " + model.file() + " takes "
                        + model.columns() + (model.read().isEmpty() ? "" : ", " + Problem.shown(model.read())), input.name(),
                        "choose as many with --columns");
            }
            Cells cells = model.preparation() == null ? new NumberCells(in.length) : new PreparedCells(model.preparation());
            ClassLabels classes = model.labels().isEmpty() ? ClassLabels.collecting(model.classes())
                    : ClassLabels.of(model.labels(), model.file());
            CsvData data = model.targets() > 0 ? CsvData.regression(table, in, cells, weight, out, rule)
                    : CsvData.labelled(table, in, cells, weight, out[0], classes, false);
            return data.named(model.rows());
        }
    }

    /** Reads more of the same data: the same columns, by their names where both files have names, and the same classes. */
    public TrainingData readMore(String file, String first, TrainingData training, TargetRule rule) {
        if (known != null) {
            return readFor(file, known, rule);
        }
        if (training instanceof TableData raw) {
            // No rows were set aside, so all are learned from.
            raw.fit(null);
        }
        Input input = Input.open(file);
        if (input.format() == Format.NPY) {
            throw new Problem("there is no option for the labels of a validation file of .npy rows", file,
                    "give --validation a part such as 0.2");
        }
        TrainingData more = input.format() == Format.IDX ? idx(file, input, training.labels().size())
                : csv(input, training, ClassLabels.of(training.labels(), first), rule, false);
        if (more.inputs() != training.inputs()) {
            throw new Problem("found " + more.inputs() + " inputs where " + first + " has " + training.inputs(), file,
                    "give validation data with the same columns");
        }
        return more;
    }

    private TrainingData idx(String file, Input input, int classes) {
        checkIdx(file, Format.IDX);
        return IdxData.of(input, Input.open(labels == null ? labelsOf(file) : labels), classes);
    }

    // Of files without names of columns.
    private void checkIdx(String file, Format format) {
        if (targets() != null && format == Format.IDX) {
            throw new Problem("IDX files hold classes, not target values", file, "leave out --targets, or give CSV");
        }
        String option = raw.given() != null ? raw.given() : columns != null ? "--columns"
                : targets != null ? "--targets" : labelColumn != null ? "--label"
                : weightColumn != null ? "--weight-column" : null;
        if (option != null) {
            throw new Problem(option + " chooses columns of CSV files, and this is " + format, file, "leave it out");
        }
        csv.refuse(file, format);
    }

    private TrainingData csv(Input input, TrainingData first, ClassLabels classes, TargetRule rule,
            boolean quantity) {
        refuseLabels(input);
        try (CsvTable table = new CsvTable(input, csv)) {
            boolean byName = first != null && table.names() != null && !first.columns().inputs().isEmpty();
            int[] out = byName ? Columns.named(table, first.columns().outputs(), "the training data") : outputs(table);
            rule.check(out.length);
            int weight = weightColumn == null ? -1 : weight(table, out);
            int[] in = byName ? Columns.named(table, namesOf(first), "the training data")
                    : inputs(table, out, weight);
            if (in.length == 0) {
                throw new Problem("no column is left for the inputs", input.name(),
                        "check --label, --targets and --separator");
            }
            boolean label = first == null ? targets() == null : first.targets() == 0;
            Set<Integer> categories = first == null ? categories(table, in) : Set.of();
            Cells cells = first == null ? new RawCells(in.length, categories)
                    : first instanceof TableData raw ? new PreparedCells(raw.preparation()) : new NumberCells(in.length);
            CsvData read = label ? CsvData.labelled(table, in, cells, weight, out[0], classes, quantity)
                    : CsvData.regression(table, in, cells, weight, out, rule);
            return cells instanceof RawCells raw ? prepared(table, in, raw, read, categories) : read;
        }
    }

    private void refuseLabels(Input input) {
        if (labels != null) {
            throw new Problem("--labels belongs to IDX images and .npy rows, and this is CSV", input.name(),
                    "name the column of the class with --label");
        }
    }

    // Of the columns that are read.
    private static List<String> namesOf(TrainingData first) {
        return first instanceof TableData raw ? raw.preparation().names() : first.columns().inputs();
    }

    // Which of the inputs the user calls columns of categories.
    private Set<Integer> categories(CsvTable table, int[] inputs) {
        Set<Integer> places = new HashSet<>();
        if (!raw.categories().isEmpty()) {
            for (int column : Columns.parse(table, "--categories", raw.categories())) {
                int place = Arrays.stream(inputs).boxed().toList().indexOf(column);
                if (place < 0) {
                    throw new Problem(table.column(column) + " is no input (--categories)", table.file(),
                            "leave it out of --categories");
                }
                places.add(place);
            }
        }
        return places;
    }

    private TrainingData prepared(CsvTable table, int[] inputs, RawCells cells, CsvData read, Set<Integer> categories) {
        ColumnChoice choice = new ColumnChoice(table, inputs, cells, read.size(), categories);
        choice.warnOfIds();
        return choice.areNumbers() && raw.scaling() != Scaling.MIN_MAX ? read.first(inputs.length)
                : new TableData(read, cells, choice.names(), choice.kinds(), raw);
    }

    private int[] outputs(CsvTable table) {
        return targets() == null
                ? new int[] {Columns.one(table, "--label", labelColumn == null ? "last" : labelColumn)}
                : Columns.parse(table, areSeveralLabels() ? "--label" : "--targets", targets());
    }

    private int weight(CsvTable table, int[] outputs) {
        int weight = Columns.one(table, "--weight-column", weightColumn);
        if (Arrays.stream(outputs).anyMatch(output -> output == weight)) {
            throw new Problem(table.column(weight) + " is what is to be learned, and so no weight (--weight-column)",
                    table.file(), "choose another " + (targets == null ? "--label" : "--targets"));
        }
        return weight;
    }

    private int[] inputs(CsvTable table, int[] outputs, int weight) {
        if (columns == null) {
            return Columns.except(table, weight < 0 ? outputs
                    : IntStream.concat(Arrays.stream(outputs), IntStream.of(weight)).toArray());
        }
        int[] in = Columns.parse(table, "--columns", columns);
        if (Arrays.stream(in).anyMatch(column -> column == weight)) {
            throw new Problem(table.column(weight) + " says how much a row counts, and so is no input (--columns)",
                    table.file(), "leave it out of --columns, or choose another --weight-column");
        }
        for (int column : in) {
            if (Arrays.stream(outputs).anyMatch(output -> output == column)) {
                throw new Problem(table.column(column) + " is what is to be learned, and so no input (--columns)",
                        table.file(),
                        "leave it out of --columns, or choose another "
                        + (targets == null ? "--label" : "--targets"));
            }
        }
        return in;
    }

    /** The files that {@link #read} reads for a path, and others that may belong to them. */
    public List<Path> files(String file) {
        if (!file.equals(Descriptor.STANDARD) && Files.isDirectory(Path.of(file))) {
            return files(Path.of(file));
        }
        boolean idx = labels != null || file.contains(IMAGES);
        return idx ? List.of(Path.of(file), Path.of(labels == null ? labelsOf(file) : labels)) : List.of(Path.of(file));
    }

    /** The official files in a folder, whether they are there or not. */
    public static List<Path> files(Path folder) {
        return Stream.of("train", "t10k")
                .flatMap(set -> Stream.of(set + "-" + IMAGES + "-ubyte", set + "-" + LABELS + "-ubyte"))
                .flatMap(name -> Stream.of(folder.resolve(name), folder.resolve(name + ".gz")))
                .toList();
    }

    /** Reads a set, {@code train} or {@code t10k}, of a folder with the official files, packed or not. */
    public static TrainingData folder(Path folder, String set, int classes) {
        return IdxData.of(Input.open(find(folder, set + "-" + IMAGES + "-ubyte")),
                Input.open(find(folder, set + "-" + LABELS + "-ubyte")), classes);
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
        String name = images.replace(IMAGES, LABELS);
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
