package dev.samebits.cli.demo;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Loss;
import dev.samebits.Network;
import dev.samebits.cli.console.BarListener;
import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Failures;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Progress;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.file.Destination;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.cli.model.Models;
import dev.samebits.cli.model.RunOptions;
import dev.samebits.cli.samples.DataOptions;
import dev.samebits.cli.samples.DataSamples;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.Names;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samebits demo}: the main job from end to end, on images that come with the program. */
@Command(
        name = "demo",
        description = {
            "Train a network on Fashion-MNIST, save it, and classify the 10,000 test images on every backend here.",
            "Prints a table of the backends, whether all outputs are bit-identical, and the SHA-256 of the trained weights,"
                    + " which is the same on every machine."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class DemoCommand implements Callable<Integer> {
    private static final int BATCH = 32;
    // A high rate to get there, then a fifth of it to settle: worth one to two points of accuracy.
    private static final float FIRST_RATE = 0.1f;
    private static final float LAST_RATE = 0.02f;

    @Mixin
    private RunOptions run;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four official IDX files, to train on all 60,000 images. Default: the "
                    + "12,000 within.")
    private Path data;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "20",
            description = "Passes over the training images (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Names the first weights and the order of the images (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            defaultValue = "samebits-demo.onnx",
            description = "Where the trained model is saved (default: ${DEFAULT-VALUE}).")
    private Path model;

    @Override
    public Integer call() {
        if (epochs < 1) {
            throw new Problem("epochs must be at least 1, not " + epochs, "--epochs", "leave it out for 20");
        }
        checkFiles();
        Backend backend = run.backend();
        if (data != null && !Files.isDirectory(data)) {
            throw new Problem("no such folder", data.toString(), "give the folder with the four official IDX files");
        }
        TrainingData training = FashionMnist.read(data, "train");
        TrainingData test = FashionMnist.read(data, "t10k");
        Network start = Network.builder(FashionMnist.PIXELS)
                .dense(128, Activation.RELU)
                .dense(64, Activation.RELU)
                .dense(FashionMnist.CLASSES, Activation.IDENTITY)
                .softmax()
                .build(seed);
        System.out.printf(Locale.ROOT, "Training %s, %,d parameters, on %,d Fashion-MNIST images, %d epochs, backend %s, "
                + "threads %d%n", start, start.parameters(), training.size(), epochs, backend.name(), run.threads());
        long began = System.nanoTime();
        Network trained = train(start, DataSamples.of(training, FashionMnist.CLASSES), backend);
        System.out.printf(Locale.ROOT, "Trained in %.1f s; saved to %s%n%n", (System.nanoTime() - began) / 1e9, model);
        Models.write(trained.withNames(Names.NONE.withLabels(FashionMnist.LABELS)), model);
        // What is judged is the model that a user would load.
        Network loaded = Models.read(model);
        DemoReport report = new DemoReport(loaded, test, run.threads());
        report.print(System.out);
        System.out.println();
        System.out.println("SHA-256 of the trained weights: " + trained.fingerprint());
        boolean fileKept = loaded.fingerprint().equals(trained.fingerprint());
        if (!fileKept) {
            System.out.println("DIFFERENT after saving and loading: " + loaded.fingerprint());
        }
        return report.identical() && fileKept ? 0 : Failures.DIFFERENT;
    }

    private void checkFiles() {
        RunFiles files = new RunFiles();
        if (data != null) {
            DataOptions.files(data).forEach(file -> files.reads("--data", file));
        }
        files.writes("stdout", Path.of(Descriptor.STANDARD)).writes("--model", model);
        if (Destination.isStream(model)) {
            throw new Problem("the demo reads its model back, and this is a device or pipe", model.toString(),
                    "name a file");
        }
    }

    private Network train(Network start, DataSamples samples, Backend backend) {
        int last = epochs / 4;
        int first = epochs - last;
        try (Progress progress = new Progress("Training", "images", (long) epochs * samples.size())) {
            Network network = Sgd.of(FIRST_RATE, first)
                    .withBatch(BATCH)
                    .withSeed(seed)
                    .fit(request(start, samples, backend, new BarListener(progress, 0, epochs)))
                    .network();
            return last == 0 ? network : Sgd.of(LAST_RATE, last)
                    .withBatch(BATCH)
                    .withSeed(seed + 1)
                    .fit(request(network, samples, backend, new BarListener(progress, first, epochs)))
                    .network();
        }
    }

    private TrainingRequest request(Network network, DataSamples samples, Backend backend, BarListener listener) {
        return TrainingRequest.of(network, Loss.CROSS_ENTROPY, samples).withBackend(backend).withOptions(run.session())
                .withListener(listener);
    }
}
