package dev.samebits.bench.plan;

import dev.samebits.bench.jmh.Workloads;
import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is wanted, as rows in groups. */
public final class Goals {
    /** The group whose rows are bytes of a call. */
    static final String ALLOCATION = "allocation";

    /** The groups, in the order in which they are measured. */
    public static final List<String> GROUPS =
            List.of("affine", "network", "tabular", "odd", "training", "activations", ALLOCATION, "memory");

    // No object is smaller, so a call that makes one shows it.
    private static final double SMALLEST_OBJECT_BYTES = 16;
    private static final int OUT_OF_CACHE = 1 << 24;
    private static final int IN_CACHE = 1 << 12;

    private final boolean quick;
    private final String backend;
    private final int cores;
    private final Trial peak;

    /**
     * @param quick fewer shapes and functions
     * @param backend what is measured
     * @param cores of the machine
     * @param peakBits of the vectors that the FMA peak is of
     */
    public Goals(boolean quick, String backend, int cores, int peakBits) {
        this.quick = quick;
        this.backend = backend;
        this.cores = cores;
        this.peak = Trial.peak(peakBits, 1);
    }

    /** Every block. */
    public List<Block> blocks() {
        return GROUPS.stream().flatMap(this::group).toList();
    }

    /**
     * Some blocks, with those of their rows that were asked for.
     *
     * @param only groups, or parts of rows' names
     * @param available what can be measured; a row that is compared with something else is left out
     * @throws IllegalArgumentException if one of them names nothing
     */
    public List<Block> blocks(List<String> only, Predicate<Trial> available) {
        List<Block> all = blocks();
        only.stream().filter(word -> all.stream().noneMatch(block -> block.rows().stream().anyMatch(named(block, word))))
                .findFirst().ifPresent(word -> {
                    throw new IllegalArgumentException("no group or row of the goals is called '" + word
                            + "': the groups are " + GROUPS + (quick ? "; --full has more rows" : ""));
                });
        return all.stream()
                .map(block -> new Block(block.group(), block.name(), block.rows().stream()
                        .filter(row -> only.stream().anyMatch(word -> named(block, word).test(row)))
                        .filter(row -> row.yardstick() == null || available.test(row.yardstick())).toList()))
                .filter(block -> !block.rows().isEmpty()).toList();
    }

    private static Predicate<Row> named(Block block, String word) {
        return row -> block.group().equals(word) || !GROUPS.contains(word) && row.name().contains(word);
    }

    private Stream<Block> group(String group) {
        List<Block> blocks = new ArrayList<>();
        switch (group) {
            case "affine" -> affine(blocks);
            case "network" -> network(blocks);
            case "tabular" -> tabular(blocks);
            case "odd" -> odd(blocks);
            case "training" -> training(blocks);
            case "activations" -> {
                inCache(blocks);
                outOfCache(blocks);
            }
            case ALLOCATION -> allocation(blocks);
            case "memory" -> memory(blocks);
            default -> throw new IllegalArgumentException("no group is called '" + group + "'");
        }
        return blocks.stream();
    }

    private void affine(List<Block> blocks) {
        Trial one = affine(1, 4096, 1024, 1024);
        Trial all = affine(cores, 4096, 1024, 1024);
        String shape = "affine 4096×1024×1024, ";
        blocks.add(new Block("affine", "affine, 1 thread", List.of(
                new Row(shape + "1 thread", one, peak, "FMA peak", Unit.GFLOPS, Goal.atLeast(0.92)),
                new Row(shape + "1 thread", one, openBlas(one), "OpenBLAS", Unit.GFLOPS, Goal.atLeast(1.05)))));
        if (cores > 1) {
            blocks.add(new Block("affine", "affine, all cores", List.of(
                    new Row(shape + cores + " threads", all, one, "itself, 1 thread", Unit.GFLOPS,
                            Goal.atLeast(0.95 * cores)),
                    new Row(shape + cores + " threads", all, openBlas(all), "OpenBLAS", Unit.GFLOPS, null))));
        }
    }

    private void network(List<Block> blocks) {
        for (int threads = 1; threads <= 2; threads++) {
            for (int batch : new int[] {1, 8, 32, 256, 4096}) {
                double goal = threads == 1 ? batch == 1 ? 1.4 : batch <= 256 ? 1.0 : 1.2 : batch <= 8 ? 1.2 : 1.3;
                blocks.add(inference("network", "784-512-256-10, " + threads(threads) + ", batch " + batch,
                        Workloads.CLASSIFIER, threads, batch, goal));
            }
        }
    }

    private void tabular(List<Block> blocks) {
        List<String> activations = quick
                ? List.of("relu", "gelu")
                : List.of("relu", "logistic", "tanh", "gelu", "gelu-tanh", "gelu-logistic");
        for (String activation : activations) {
            for (int batch : quick ? new int[] {1, 8, 64, 65_536} : new int[] {1, 8, 64, 1024, 65_536}) {
                double goal = batch == 1 ? 10 : batch == 8 ? 3 : 1.4;
                blocks.add(inference("tabular", "32-64-32-1 " + activation + ", batch " + batch, activation, 1, batch,
                        goal));
            }
        }
    }

    private Block inference(String group, String name, String network, int threads, int batch, double goal) {
        Map<String, String> parameters = inferenceParameters(network, threads, batch);
        return block(group, new Row(name, own("InferenceBenchmark.predict", parameters),
                new Trial("peers.OnnxRuntimePeer.predict", parameters), "ONNX Runtime", Unit.MICROS, Goal.atLeast(goal)));
    }

    // Speed is calls per second, against the shape a caller would have who padded each width and the batch himself.
    private void odd(List<Block> blocks) {
        int[] widths = {33, 100, 257, 1000, 1031};
        int[] batches = {3, 7, 17};
        for (int w = 0; w < widths.length; w++) {
            for (int b = 0; b < batches.length; b++) {
                if (!quick || b == w % batches.length) {
                    int padded = up(widths[w], 16);
                    int rows = up(batches[b], 4);
                    blocks.add(block("odd", new Row("affine " + batches[b] + "×" + widths[w] + "×" + widths[w],
                            affine(1, batches[b], widths[w], widths[w]), affine(1, rows, padded, padded),
                            rows + "×" + padded + "×" + padded, Unit.MICROS, Goal.atLeast(0.8))));
                }
            }
        }
    }

    /** The next multiple. */
    static int up(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    private void training(List<Block> blocks) {
        for (int batch : new int[] {1, 64, 256}) {
            Map<String, String> parameters = inferenceParameters(Workloads.CLASSIFIER, 1, batch);
            Trial step = own("TrainingBenchmark.step", parameters);
            Trial eager = new Trial("peers.PyTorchPeer.step", parameters);
            String name = "training step 784-512-256-10, batch " + batch;
            blocks.add(new Block("training", name, List.of(
                    new Row(name, step, eager, "PyTorch eager", Unit.MICROS, batch == 1 ? Goal.atLeast(3) : null),
                    new Row(name, step, peak, "FMA peak", Unit.GFLOPS, batch == 1 ? null : Goal.atLeast(0.8)))));
        }
    }

    private void inCache(List<Block> blocks) {
        List<String> activations = quick
                ? List.of("logistic", "tanh", "gelu", "softplus", "swish")
                : List.of("logistic", "tanh", "gelu", "gelu-tanh", "gelu-logistic", "softplus", "swish");
        for (String activation : activations) {
            for (String method : List.of("value", "gradient")) {
                blocks.add(block("activations", new Row(activation + " " + method + ", in cache",
                        activation(activation, method, IN_CACHE), null, "", Unit.NANOS_PER_ELEMENT, Goal.atMost(1))));
            }
        }
    }

    // Memory-bound: within a tenth of a loop that moves as much and computes next to nothing.
    private void outOfCache(List<Block> blocks) {
        List<String> activations = quick ? List.of("gelu") : List.of("logistic", "tanh", "gelu", "softplus", "swish");
        Map<String, String> elements = Map.of("elements", String.valueOf(OUT_OF_CACHE));
        for (String activation : activations) {
            for (String method : List.of("value", "gradient")) {
                Trial memory =
                        new Trial(method.equals("value") ? "MemoryBenchmark.scale" : "MemoryBenchmark.multiply", elements);
                blocks.add(block("activations", new Row(activation + " " + method + ", out of cache",
                        activation(activation, method, OUT_OF_CACHE), memory, "memory", Unit.NANOS_PER_ELEMENT,
                        Goal.atLeast(0.9))));
            }
        }
    }

    private void allocation(List<Block> blocks) {
        for (int threads = 1; threads <= 2; threads++) {
            for (int batch : quick ? new int[] {1, 64} : new int[] {1, 8, 64}) {
                Map<String, String> parameters = inferenceParameters(Workloads.CLASSIFIER, threads, batch);
                for (String method : List.of("InferenceBenchmark.predict", "TrainingBenchmark.step")) {
                    String name = (method.startsWith("Inference") ? "inference" : "training step") + ", "
                            + threads(threads) + ", batch " + batch + ", bytes a call";
                    blocks.add(block(ALLOCATION, new Row(name, own(method, parameters), null, "", Unit.BYTES,
                            Goal.atMost(SMALLEST_OBJECT_BYTES - 1))));
                }
            }
        }
    }

    // A network that is small beside a session's buffers, and one that is large.
    private void memory(List<Block> blocks) {
        Map<String, String> networks = new TreeMap<>(Map.of("784-512-256-10", Workloads.CLASSIFIER,
                "2048-4096-4096-1000", "large"));
        networks.forEach((layers, network) -> {
            for (int threads = 1; threads <= 2; threads++) {
                Trial trial = own("SessionMemoryBenchmark.openAndPredict", inferenceParameters(network, threads, 256));
                String name = layers + ", " + threads(threads);
                blocks.add(new Block("memory", "memory, " + name, List.of(
                        new Row(name + ": open session and network", trial, null, "the weights", Unit.MEGABYTES_HELD,
                                Goal.atMost(2.2)),
                        new Row(name + ": peak while opening", trial, null, "the weights", Unit.MEGABYTES_OPENING,
                                Goal.atMost(3.2)))));
            }
        });
    }

    /** Of one row, whose name is the block's. */
    private static Block block(String group, Row row) {
        return new Block(group, row.name(), List.of(row));
    }

    private static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    private static Map<String, String> inferenceParameters(String network, int threads, int batch) {
        return Map.of("network", network, "threads", String.valueOf(threads), "batch", String.valueOf(batch));
    }

    private Trial affine(int threads, int batch, int inputs, int outputs) {
        return own("AffineBenchmark.session", Map.of("threads", String.valueOf(threads), "batch", String.valueOf(batch),
                "inputs", String.valueOf(inputs), "outputs", String.valueOf(outputs)));
    }

    private static Trial openBlas(Trial own) {
        Map<String, String> parameters = new HashMap<>(own.parameters());
        parameters.remove("backend");
        return new Trial("peers.OpenBlasPeer.affine", Map.copyOf(parameters));
    }

    private Trial activation(String activation, String method, int elements) {
        return own("ActivationBenchmark." + method,
                Map.of("activation", activation, "elements", String.valueOf(elements)));
    }

    private Trial own(String benchmark, Map<String, String> parameters) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("backend", backend);
        return new Trial(benchmark, Map.copyOf(all));
    }
}
