package dev.samebits.cli.train;

import dev.samebits.Backend;
import dev.samebits.Network;
import dev.samebits.cli.console.BarListener;
import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Progress;
import dev.samebits.cli.console.Table;
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
import dev.samebits.train.Folds;
import dev.samebits.train.Measure;
import dev.samebits.train.Samples;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samebits search}: many trainings judged by cross-validation, and a model by the best of them. */
@Command(
        name = "search",
        description = {
            "Try layers, learning rates, weight decays and dropout, each judged on rows that it did not learn from, and "
                    + "save a model by the best of them, learned from all rows.",
            "Trials run side by side, one on a core, and give the same in any order. The rows are kept in memory."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class SearchCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "FILE|DIR",
            required = true,
            description = "As for train: a CSV file ('-' for stdin), IDX images, or a folder of them.")
    private String data;

    @Option(names = "--model", paramLabel = "FILE", description = "The ONNX file to write. Default: none, the table alone.")
    private Path file;

    @Mixin
    private DataOptions columns;

    @Mixin
    private SearchSpace space;

    @Option(
            names = "--folds",
            paramLabel = "K",
            defaultValue = "5",
            description = "Parts of the rows, of which each is held out once, with as large a part of each class "
                    + "(default: 5).")
    private int folds;

    @Mixin
    private Scaling scaling;

    @Mixin
    private Weights weights;

    @Mixin
    private Course course;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Names the trials, the folds, the first weights and the order of the rows (default: 1).")
    private long seed;

    @Mixin
    private RunOptions run;

    @Override
    public Integer call() {
        check();
        Backend backend = run.backend();
        Architecture usual = architecture("none");
        columns.raw().scaleBy(scaling.ofColumns());
        TrainingData read = columns.read(data, 0, columns.regression() ? usual.targetRule() : TargetRule.ANY,
                true, usual::targetRule);
        boolean values = read.targets() > 0;
        int width = values ? read.targets() : usual.outputs(read.labels().size());
        Folds parts = parts(read, width);
        List<Trial> trials = space.trials(seed);
        Choices.line("learns", Choices.learned(read, columns.areSeveralLabels()));
        Choices.line("rows", String.format(Locale.ROOT, "%,d rows in %d folds%s", read.size(), folds,
                values ? "" : ", each with the same part of each class"));
        Choices.line("tries", space.why(trials.size()));
        Choices.line("runs on", "backend " + backend.name() + ", threads " + run.threads());
        Search search = new Search(trials, folds, backend, run.threads(), course.measure());
        AtomicLong done = new AtomicLong();
        try (Progress progress = new Progress("Searching", "trials", (long) trials.size() * folds)) {
            for (int fold = 0; fold < folds; fold++) {
                TrainingData rows = read.anew();
                Samples[] sets = prepared(rows, DataSamples.some(rows, width, parts.training(fold)),
                        DataSamples.some(rows, width, parts.held(fold)));
                search.run(fold, sets[0], sets[1], network -> usual.lossOf(network), plan(rows, width, sets[0].size()),
                        progress, done);
            }
        }
        List<Integer> ranking = search.ranking();
        tell(search, ranking);
        int best = ranking.get(0);
        if (!Double.isFinite(search.score(best).loss())) {
            throw new Problem("every trial diverged", "--learning-rates", "give lower ones");
        }
        System.out.println("as options of train: " + search.trial(best).options() + " --epochs "
                + search.score(best).epochs() + " --validation none");
        if (file != null) {
            save(read.anew(), width, search.trial(best), search.score(best).epochs(), backend);
        }
        return 0;
    }

    private Architecture architecture(String layers) {
        Architecture architecture = new Architecture(layers);
        if (columns.areSeveralLabels()) {
            architecture.takeSeveralLabels();
        }
        return architecture;
    }

    // Everything that can be refused without reading the data is, before it is read.
    private void check() {
        space.check();
        columns.check();
        weights.check(columns.regression());
        scaling.check();
        course.check(true);
        RunFiles files = new RunFiles();
        columns.files(data).forEach(each -> files.reads("--data", each));
        files.writes("stdout", Path.of(Descriptor.STANDARD));
        if (file != null) {
            files.writes("--model", file);
        }
    }

    private Folds parts(TrainingData read, int width) {
        try {
            return read.targets() > 0 ? Folds.of(read.size(), folds, seed)
                    : Folds.stratified(DataSamples.of(read, width).classes(), folds, seed);
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--folds", "give such a number");
        }
    }

    // What the rows to learn from say of how all are prepared.
    private Samples[] prepared(TrainingData rows, DataSamples training, DataSamples held) {
        training.fit();
        Samples[] sets = weights.of(new Samples[] {training, held}, rows);
        scaling.fit(rows, sets[0], rows.targets() > 0 && architecture("none").scalesTargets());
        return new Samples[] {scaling.of(sets[0]), sets[1] == null ? null : scaling.of(sets[1])};
    }

    private Search.Plan plan(TrainingData rows, int width, int size) {
        return new Search.Plan() {
            @Override
            public Network network(Trial trial) {
                return architecture(trial.layers()).network(rows.inputs(), width, rows.labels().size(), seed);
            }

            @Override
            public Sgd sgd(Trial trial) {
                Sgd sgd = course.sgd(new Descent(trial.rate(), trial.decay()), size, true, seed);
                return Search.dropping(sgd, trial, seed);
            }
        };
    }

    private void tell(Search search, List<Integer> ranking) {
        Table table = new Table("", "layers", "rate", "decay", "dropout",
                course.measure() == Measure.LOSS ? "validation loss" : "measure", "error", "epochs");
        for (int place = 0; place < ranking.size(); place++) {
            int number = ranking.get(place);
            table.row(search.trial(number).row(place + 1, search.score(number)));
        }
        System.out.println();
        table.print(System.out);
        System.out.println();
    }

    // From all rows, as train does with these options.
    private void save(TrainingData rows, int width, Trial trial, int epochs, Backend backend) {
        Samples all = prepared(rows, DataSamples.of(rows, width), null)[0];
        Search.Plan plan = plan(rows, width, all.size());
        Network network = plan.network(trial);
        Sgd sgd = plan.sgd(trial);
        Sgd last = new Sgd(sgd.learningRate(), sgd.weightDecay(), sgd.batch(), epochs, epochs, seed, sgd.optimizer(),
                sgd.schedule(), sgd.clipNorm(), sgd.dropout(),
                sgd.batchNorm());
        Network learned;
        try (Progress progress = new Progress("Training", "rows", (long) epochs * all.size())) {
            learned = last.fit(TrainingRequest.of(network, architecture("none").lossOf(network), all).withBackend(backend)
                    .withOptions(run.session()).withListener(new BarListener(progress, 0, epochs))).network();
        }
        Network model = scaling.around(learned).withNames(ModelNames.of(rows, data));
        Optional<Preparation> preparation = rows instanceof TableData raw ? Optional.of(raw.preparation())
                : Optional.empty();
        Models.write(preparation, model, file);
        System.out.println("saved " + file + ", learned from all rows");
        System.out.println("SHA-256 of the weights: " + model.fingerprint());
        preparation.ifPresent(raw -> System.out.println("SHA-256 of the preparation: " + raw.fingerprint()));
    }
}
