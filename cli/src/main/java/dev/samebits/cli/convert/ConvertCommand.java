package dev.samebits.cli.convert;

import dev.samebits.Network;
import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Table;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.cli.model.MadeUpRows;
import dev.samebits.cli.model.Models;
import dev.samebits.cli.model.OutputOption;
import dev.samebits.onnx.GoldenRows;
import dev.samebits.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samebits convert}: a model with weights of fewer bits. */
@Command(
        name = "convert",
        description = {
            "Write a model whose weights are rounded to bfloat16 numbers, the nearest, so that two bytes hold each of them.",
            "It is another model, which predicts a little otherwise: predict rows that you know with both, and compare.",
            "Or write the same model with golden rows: made-up rows and their outputs, which 'samebits verify --golden' "
                    + "computes anew."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class ConvertCommand implements Callable<Integer> {
    private static final String ENDING = ".onnx";

    /** What the weights become. */
    enum Weights {
        /** Bfloat16. */
        BF16
    }

    @Option(names = "--weights", paramLabel = "bf16", description = "What the weights become. Default: they stay.")
    private Weights weights;

    @Option(
            names = "--golden",
            paramLabel = "N",
            description = "Keep N rows and the outputs that the new model gives them in its file.")
    private Integer golden;

    @Mixin
    private OutputOption outputName;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model, an ONNX file.")
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            arity = "0..1",
            description = "Where the new one is saved; no file may be there. Default: beside the model, with '-bf16' or "
                    + "'-golden' behind its name.")
    private Path out;

    @Override
    public Integer call() {
        if (weights == null && golden == null) {
            throw new Problem("nothing is to be changed", "convert", "give --weights bf16, --golden N, or both");
        }
        if (golden != null && golden < 1) {
            throw new Problem("there must be at least 1 golden row, not " + golden, "--golden", "give a number such as 16");
        }
        Path target = out == null ? besideTheModel() : out;
        new RunFiles().reads("MODEL", model).writes("stdout", Path.of(Descriptor.STANDARD)).writes("OUT", target);
        if (Files.isRegularFile(target)) {
            throw new Problem("there is a file already", target.toString(), "remove it, or name another one as OUT");
        }
        OnnxModel read = Models.readModel(model, outputName);
        Network network = read.network();
        if (weights == null) {
            write(read, network, target);
            System.out.println(model + ": " + network);
            System.out.println("saved    " + target);
            System.out.println("SHA-256 of the weights: " + network.fingerprint());
            return 0;
        }
        if (network.layers().isEmpty()) {
            throw new Problem("it has no layers, whose weights could be rounded: " + network, model.toString(),
                    "use the model as it is");
        }
        Network rounded = rounded(network);
        List<WeightChanges> changes = WeightChanges.of(network, rounded);
        write(read, rounded, target);
        System.out.println(model + ": " + network);
        System.out.println();
        table(network, changes).print(System.out);
        System.out.println();
        tell(WeightChanges.together(changes));
        System.out.println("biases   as they were" + (hasSlopes(network) ? ", and so the slopes of PReLU" : ""));
        tellBytes(network, target);
        System.out.println("saved    " + target);
        System.out.println("compare  predict rows that you know with both models: docs/bf16.md");
        System.out.println("SHA-256 of the weights: " + rounded.fingerprint());
        return 0;
    }

    private void write(OnnxModel read, Network network, Path target) {
        if (golden == null) {
            Models.write(read.preparation(), network, target);
            return;
        }
        long numbers = golden * ((long) network.inputs() + network.outputs());
        if (numbers > GoldenRows.MOST_NUMBERS) {
            throw new Problem(golden + " golden rows of this model are " + numbers + " numbers, and a file keeps at most "
                    + GoldenRows.MOST_NUMBERS, "--golden", "take fewer");
        }
        Models.write(read.preparation(), network, GoldenRows.of(network, MadeUpRows.of(golden, network, 1)), target);
        System.out.println("golden   " + golden + (golden == 1 ? " row" : " rows") + " with their outputs: 'samebits verify "
                + "--golden' compares them");
    }

    private Path besideTheModel() {
        String name = model.getFileName() == null ? "" : model.getFileName().toString();
        String stem = name.toLowerCase(Locale.ROOT).endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length())
                : name;
        String what = weights == null ? "golden" : weights.name().toLowerCase(Locale.ROOT);
        return model.resolveSibling(stem + "-" + what + ENDING);
    }

    private Network rounded(Network network) {
        try {
            return network.withBfloat16Weights();
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), model.toString(), "use the model as it is");
        }
    }

    private static Table table(Network network, List<WeightChanges> changes) {
        Table table = new Table("layer", "weights", "changed", "largest change");
        for (int l = 0; l < changes.size(); l++) {
            WeightChanges layer = changes.get(l);
            table.row(String.valueOf(l + 1), network.layers().get(l).rows() + " × " + network.layers().get(l).inputs(),
                    String.format(Locale.ROOT, "%,d", layer.changed()), percent(layer.largest()));
        }
        return table;
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.3f %%", 100 * part);
    }

    private static void tell(WeightChanges all) {
        System.out.printf(Locale.ROOT, "weights  %s%n", all.changed() == 0
                ? String.format(Locale.ROOT, "all %,d were bfloat16 numbers already", all.weights())
                : String.format(Locale.ROOT, "%,d of %,d changed, by at most %s", all.changed(), all.weights(),
                        percent(all.largest())));
    }

    private static boolean hasSlopes(Network network) {
        return network.layers().stream().anyMatch(layer -> layer.spec().isPrelu());
    }

    private void tellBytes(Network network, Path target) {
        try {
            long before = Files.size(model);
            long weightsAlone = network.layers().stream().mapToLong(layer -> (long) layer.rows() * layer.inputs()).sum();
            System.out.printf(Locale.ROOT, "file     %,d bytes, before %,d%s%n", Files.size(target), before,
                    // Fewer than two for each: they are not in it.
                    before < 2 * weightsAlone ? " and its external data" : "");
        } catch (IOException e) {
            throw Problem.reading(model + " or " + target, e);
        }
    }
}
