package dev.samebits.cli.train;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.cli.console.BarListener;
import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Progress;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.cli.model.Models;
import dev.samebits.cli.model.RunOptions;
import dev.samebits.cli.samples.DataOptions;
import dev.samebits.cli.samples.DataSamples;
import dev.samebits.cli.samples.TargetRule;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.Names;
import dev.samebits.train.Epoch;
import dev.samebits.train.Samples;
import dev.samebits.train.Schedule;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samebits train}: mini-batch gradient descent on a file of any size. */
@Command(
        name = "train",
        description = {
            "Train a network on a CSV file, IDX images or a folder of official IDX files, and save it as ONNX.",
            "The data may be larger than memory: it is mapped, CSV by way of a temporary file. Bytes of IDX files are "
                    + "divided by 255."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class TrainCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "FILE|DIR",
            required = true,
            description = "CSV file ('-' for stdin), IDX images, or a folder with train-images-idx3-ubyte[.gz] and labels.")
    private String data;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The ONNX file to write.")
    private Path model;

    @Mixin
    private DataOptions columns;

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Number of classes. Default: as many as the data has.")
    private int classes;

    @Mixin
    private Architecture architecture;

    @Option(
            names = "--validation",
            paramLabel = "FILE|FRACTION",
            description = "Data to take the error rate on after each epoch, or the loss for squared error: a file, or the "
                    + "part of --data to set aside, such as 0.1. The epoch with the lowest is saved.")
    private String validation;

    @Mixin
    private Descent descent;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "32", description = "Rows per update (default: 32).")
    private int batch;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "10", description = "Passes over the data (default: 10).")
    private int epochs;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after this many epochs without a lower error or loss on --validation. Default: never.")
    private Integer patience;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Names the first weights and the order of the rows (default: 1).")
    private long seed;

    @Mixin
    private RunOptions run;

    @Override
    public Integer call() {
        // Everything that can be refused without reading the data is, before it is read.
        Sgd sgd = descent.sgd(batch, epochs, patience == null ? Math.max(1, epochs) : patience, seed);
        architecture.check();
        columns.check();
        checkFiles();
        boolean regression = columns.regression();
        if (classes < 0 || classes == 1) {
            throw new Problem("there must be at least 2 classes, not " + classes, "--classes", "leave it out to count them");
        }
        if (regression && classes > 0) {
            throw new Problem("target values are no classes", "--classes", "leave it out with --targets");
        }
        if (patience != null && validation == null) {
            throw new Problem("there is no validation to lose patience with", "--patience",
                    "give --validation, such as 0.1");
        }
        Double fraction = fraction();
        Backend backend = run.backend();
        TargetRule rule = regression ? architecture.targetRule() : TargetRule.ANY;

        TrainingData training = columns.read(data, classes, rule);
        int width = regression ? training.targets() : architecture.outputs(training.labels().size());
        Network network = architecture.network(training.inputs(), width, regression, seed);
        Loss loss = architecture.lossOf(network);
        Samples[] sets = sets(training, fraction, width, rule);
        boolean largeInputs = DataCheck.warn(training, data);
        Network trained = fit(sgd, network, loss, sets, backend);
        try (InferenceSession session = backend.open(trained, run.session())) {
            DataCheck.tellOutcome(session, sets[0], training.labels(), largeInputs);
        }
        Models.write(trained.withNames(names(training)), model);
        System.out.println("saved " + model);
        System.out.println("SHA-256 of the weights: " + trained.fingerprint());
        return 0;
    }

    private Names names(TrainingData training) {
        List<String> inputs = training.columns().inputs();
        if (new HashSet<>(inputs).size() < inputs.size()) {
            System.err.println("samebits: warning: two input columns have the same name, so the model keeps none: " + data
                    + ": rename one, for predict to find the columns by name");
            inputs = List.of();
        }
        return new Names(inputs, columns.regression() ? training.columns().outputs() : List.of(), training.labels());
    }

    private void checkFiles() {
        RunFiles files = new RunFiles();
        columns.files(data).forEach(file -> files.reads("--data", file));
        if (validation != null) {
            columns.files(validation).forEach(file -> files.reads("--validation", file));
        }
        files.writes("stdout", Path.of(Descriptor.STANDARD)).writes("--model", model);
    }

    private Double fraction() {
        if (validation == null || !validation.matches("[0-9.]+")) {
            return null;
        }
        double value = validation.matches("\\d*\\.?\\d+|\\d+\\.") ? Double.parseDouble(validation) : 0;
        if (!(value > 0 && value < 1)) {
            throw new Problem("'" + validation + "' is neither a file nor a part between 0 and 1", "--validation",
                    "give a file, or a number such as 0.1");
        }
        return value;
    }

    // The training set, and the validation set or null.
    private Samples[] sets(TrainingData training, Double fraction, int width, TargetRule rule) {
        if (validation == null) {
            return new Samples[] {DataSamples.of(training, width), null};
        }
        if (fraction == null) {
            TrainingData other = columns.readMore(validation, data, training, rule);
            return new Samples[] {DataSamples.of(training, width), DataSamples.of(other, width)};
        }
        int held = (int) Math.round(fraction * training.size());
        if (held < 1 || held == training.size()) {
            throw new Problem("a part of " + validation + " of " + training.size() + " rows leaves one set empty",
                    "--validation", "give more data, or another part");
        }
        return DataSamples.split(training, width, held, seed);
    }

    private Network fit(Sgd sgd, Network network, Loss loss, Samples[] sets, Backend backend) {
        System.out.printf(Locale.ROOT, "%s, %,d parameters, %s, %,d rows%s, backend %s, threads %d%n", network,
                network.parameters(), method(sgd, loss), sets[0].size(),
                sets[1] == null ? "" : String.format(Locale.ROOT, " and %,d for validation", sets[1].size()), backend.name(),
                run.threads());
        try (Progress progress = new Progress("Training", "rows", (long) epochs * sets[0].size())) {
            TrainingRequest request = TrainingRequest.of(network, loss, sets[0]).withBackend(backend)
                    .withOptions(run.session()).withListener(new BarListener(progress, 0, epochs) {
                        @Override
                        public void epoch(Epoch epoch) {
                            super.epoch(epoch);
                            tell(epoch);
                        }
                    });
            return sgd.fit(sets[1] == null ? request : request.withValidation(sets[1])).network();
        }
    }

    private static String method(Sgd sgd, Loss loss) {
        return loss.label() + (sgd.optimizer().equals(Optimizer.SGD) ? "" : " by " + sgd.optimizer())
                + (sgd.schedule().equals(Schedule.CONSTANT) ? "" : ", rate " + sgd.schedule());
    }

    private void tell(Epoch epoch) {
        String judged = epoch.validationDecisions() > 0
                ? String.format(Locale.ROOT, "  validation error %.2f %%", 100 * epoch.errorRate())
                : String.format(Locale.ROOT, "  validation loss %.6f", epoch.validationLoss());
        System.out.printf(Locale.ROOT, "epoch %d/%d  loss %.6f%s%n", epoch.number(), epochs, epoch.loss(),
                Double.isNaN(epoch.validation()) ? "" : judged);
    }
}
