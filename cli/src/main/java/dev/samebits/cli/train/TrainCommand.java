package dev.samebits.cli.train;

import dev.samebits.Backend;
import dev.samebits.Loss;
import dev.samebits.Network;
import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Progress;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.cli.model.Models;
import dev.samebits.cli.model.RunOptions;
import dev.samebits.cli.samples.DataOptions;
import dev.samebits.cli.samples.DataSamples;
import dev.samebits.cli.samples.TableData;
import dev.samebits.cli.samples.TargetRule;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.table.Preparation;
import dev.samebits.train.Samples;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import dev.samebits.train.TrainingResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code samebits train}: mini-batch gradient descent on a file of any size. */
@Command(
        name = "train",
        description = {
            "Train a network on a CSV file, .npy rows, IDX images or a folder of official IDX files, and save it as "
                    + "ONNX.",
            "All but --data and --model may be left out: what is taken is printed, and the option that changes it.",
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
            description = "CSV file ('-' for stdin), .npy rows, IDX images, or a folder with train-images-idx3-ubyte[.gz] "
                    + "and labels.")
    private String data;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The ONNX file to write.")
    private Path file;

    @Mixin
    private Start start;

    @Mixin
    private DataOptions columns;

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Number of classes. Default: as many as the data has.")
    private int classes;

    @Mixin
    private Scaling scaling;

    @Mixin
    private Architecture architecture;

    @Mixin
    private Holdout holdout;

    @Mixin
    private Descent descent;

    @Mixin
    private Regularizing regularizing;

    @Mixin
    private Weights weights;

    @Mixin
    private Course course;

    @Mixin
    private Continuing continuing;

    @Mixin
    private Refit refit;

    @Mixin
    private ReportOption report;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Names the first weights, the rows held out and the order of the others (default: 1).")
    private long seed;

    @Mixin
    private RunOptions run;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        continuing.read();
        start.read(architecture);
        Backend backend = run.backend();
        TargetRule rule = start.isGiven() ? TargetRule.of(start.loss())
                : columns.regression() ? architecture.targetRule() : TargetRule.ANY;
        columns.raw().scaleBy(scaling.ofColumns());
        TrainingData read = start.isGiven() ? columns.readFor(data, start.columns(columns.regression()), rule)
                : columns.read(data, classes, rule, architecture.takesQuantities(), architecture::targetRule);
        boolean regression = read.targets() > 0;
        int width = start.isGiven() ? start.network().outputs()
                : regression ? read.targets() : architecture.outputs(read.labels().size());
        Samples[] held = holdout.sets(read, data, columns, width, rule, seed);
        ((DataSamples) held[0]).fit();
        Samples[] sets = weights.of(held, read);
        Sgd sgd = regularizing.of(course.sgd(descent, sets[0].size(), sets[1] != null, seed), seed);
        DataCheck.warn(read, data);
        InputCheck inputs = check(read, sets[0], regression);
        LeakCheck.warn(read, sets[0], data);
        architecture.choose(sets[0].size());
        Network network = begun(read, width);
        regularizing.check(network);
        Loss loss = start.isGiven() ? start.loss() : architecture.lossOf(network);
        boolean again = refit.isWanted(holdout, read.size(), sets[1] != null);
        Map<String, String> plan = new Choices(read, network, loss, sgd, architecture, course, descent).tell(
                holdout.why(sets) + weights.why(), start.isGiven() ? start.why() : scaling.why(),
                again ? Refit.plan(read.size()) : "", backend.name(), run.threads());
        TrainingResult result = fit("Training", sgd, network, loss, sets, backend);
        Network model = around(result.network(), read);
        model = start.isGiven() ? model : model.withNames(ModelNames.of(read, data));
        Outcome outcome = Outcome.of(model, read, sets, backend, run.session(), seed);
        outcome.tell(result, inputs.areLarge());
        TrainingData last = again ? read.anew() : read;
        if (again) {
            model = refitted(last, width, loss, sgd, result, backend).withNames(model.names());
            System.out.println(Refit.done(last.size(), sets[0].size()));
            System.out.println();
        }
        Optional<Preparation> preparation = start.isGiven() ? start.preparation()
                : last instanceof TableData raw ? Optional.of(raw.preparation()) : Optional.empty();
        Models.write(preparation, model, file);
        if (report.file() != null) {
            report.write(new Report(model, read, outcome, result, plan).html(String.valueOf(file.getFileName()), sets,
                    command()));
        }
        System.out.println("saved " + file);
        System.out.println("SHA-256 of the weights: " + model.fingerprint());
        preparation.ifPresent(raw -> System.out.println("SHA-256 of the preparation: " + raw.fingerprint()));
        return 0;
    }

    private InputCheck check(TrainingData read, Samples training, boolean regression) {
        if (!start.isGiven()) {
            scaling.fit(read, training, regression && architecture.scalesTargets());
        }
        InputCheck inputs = new InputCheck(read, training, scaling.inputs(), data);
        if (!start.isGiven() || !start.scales()) {
            inputs.warn();
        }
        return inputs;
    }

    // As it was given, for a shell.
    private String command() {
        return spec.commandLine().getParent().getParseResult().originalArgs().stream()
                .map(word -> word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\\\''") + "'")
                .collect(Collectors.joining(" ", "samebits ", ""));
    }

    // Everything that can be refused without reading the data is, before it is read.
    private void check() {
        descent.check();
        regularizing.check();
        weights.check(columns.regression());
        columns.check();
        if (columns.areSeveralLabels()) {
            architecture.takeSeveralLabels();
        }
        architecture.check();
        scaling.check();
        holdout.check();
        refit.check(holdout);
        course.check(holdout.isPossible());
        RunFiles files = new RunFiles();
        columns.files(data).forEach(each -> files.reads("--data", each));
        if (holdout.file() != null) {
            columns.files(holdout.file()).forEach(each -> files.reads("--validation", each));
        }
        start.check(spec.commandLine().getParseResult(), files);
        continuing.files(files);
        files.writes("stdout", Path.of(Descriptor.STANDARD)).writes("--model", file);
        if (report.file() != null) {
            files.writes("--report", report.file());
        }
        if (classes < 0 || classes == 1) {
            throw new Problem("there must be at least 2 classes, not " + classes, "--classes", "leave it out to count them");
        }
        if (columns.regression() && classes > 0) {
            throw new Problem("target values are no classes", "--classes", "leave it out with --targets");
        }
    }

    private Network begun(TrainingData read, int width) {
        return start.isGiven() ? start.network()
                : architecture.network(read.inputs(), width, read.labels().size(), seed);
    }

    private Network around(Network learned, TrainingData read) {
        return start.isGiven() ? start.around(learned, read) : scaling.around(learned);
    }

    // From the same start, of all rows.
    private Network refitted(TrainingData all, int width, Loss loss, Sgd sgd, TrainingResult first, Backend backend) {
        DataSamples rows = DataSamples.of(all, width);
        rows.fit();
        Samples[] sets = weights.of(new Samples[] {rows, null}, all);
        if (!start.isGiven()) {
            scaling.fit(all, sets[0], all.targets() > 0 && architecture.scalesTargets());
        }
        Network network = begun(all, width);
        return around(fit("Training on all rows", Refit.like(sgd, first), network, loss, sets, backend).network(), all);
    }

    private TrainingResult fit(String what, Sgd sgd, Network network, Loss loss, Samples[] sets, Backend backend) {
        Samples rows = learned(sets[0]);
        try (Progress progress = new Progress(what, "rows", (long) sgd.epochs() * rows.size())) {
            TrainingRequest request = TrainingRequest.of(network, loss, rows).withBackend(backend)
                    .withOptions(run.session()).withMeasure(course.measure())
                    .withListener(new EpochLines(progress, sgd, continuing.done()));
            return continuing.fit(sgd, sets[1] == null ? request : request.withValidation(learned(sets[1])), progress);
        } catch (IllegalArgumentException e) {
            // Of a network that was given: steps without a gradient, ids that it does not know.
            throw start.isGiven() ? new Problem("the model of --from cannot learn from this", String.valueOf(e.getMessage()))
                    : e;
        }
    }

    private Samples learned(Samples samples) {
        return start.isGiven() ? start.of(samples) : scaling.of(samples);
    }
}
