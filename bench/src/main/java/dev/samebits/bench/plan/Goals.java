package dev.samebits.bench.plan;

import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import dev.samebits.bench.jmh.Flops;
import dev.samebits.bench.jmh.Workloads;
import dev.samebits.bench.run.SessionMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is wanted, as rows of the table. */
public final class Goals {
    /** The groups that {@code --rows} takes; memory is measured without JMH, see {@link SessionMemory}. */
    public static final List<String> GROUPS =
            List.of("affine", "network", "tabular", "odd", "training", "activations", "allocation", "memory");

    // No object is smaller, so a call that makes one shows it.
    private static final double SMALLEST_OBJECT_BYTES = 16;
    private static final int OUT_OF_CACHE = 1 << 24;
    private static final int IN_CACHE = 1 << 12;

    private final boolean quick;

    /** @param quick fewer shapes and functions */
    public Goals(boolean quick) {
        this.quick = quick;
    }

    /** The blocks of a group. */
    public List<Block> blocks(String group) {
        return switch (group) {
            case "affine" -> affine();
            case "network" -> network();
            case "tabular" -> tabular();
            case "odd" -> odd();
            case "training" -> training();
            case "activations" -> Stream.concat(inCache().stream(), outOfCache().stream()).toList();
            case "allocation" -> allocation();
            default -> throw new IllegalArgumentException("no rows are called '" + group + "': known are " + GROUPS);
        };
    }

    private static List<Block> affine() {
        int cores = Runtime.getRuntime().availableProcessors();
        Trial one = affine(1, 4096, 1024, 1024);
        Trial all = affine(cores, 4096, 1024, 1024);
        String shape = "affine 4096×1024×1024, ";
        return List.of(
                new Block("affine", List.of(
                        new Row(shape + "1 thread", one, Trial.peak(), "FMA peak", Unit.GFLOPS, Goal.atLeast(0.92)),
                        new Row(shape + "1 thread", one, openBlas(1), "OpenBLAS", Unit.GFLOPS, Goal.atLeast(1.05)))),
                new Block("affine", List.of(
                        new Row(shape + cores + " threads", all, one, "itself, 1 thread", Unit.GFLOPS,
                                Goal.atLeast(0.95 * cores)),
                        new Row(shape + cores + " threads", all, openBlas(cores), "OpenBLAS", Unit.GFLOPS, null))));
    }

    private static List<Block> network() {
        List<Block> blocks = new ArrayList<>();
        for (int batch : new int[] {1, 8, 32, 256, 4096}) {
            double goal = batch == 1 ? 1.4 : batch <= 256 ? 1.0 : 1.2;
            blocks.add(inference("network", "784-512-256-10, 1 thread, batch " + batch, Workloads.CLASSIFIER, 1, batch,
                    Unit.MICROS, goal));
        }
        for (int batch : new int[] {1, 8, 32, 256, 4096}) {
            blocks.add(inference("network", "784-512-256-10, 2 threads, batch " + batch, Workloads.CLASSIFIER, 2, batch,
                    Unit.MICROS, batch <= 8 ? 1.2 : 1.3));
        }
        return blocks;
    }

    private List<Block> tabular() {
        List<Block> blocks = new ArrayList<>();
        List<String> activations = quick
                ? List.of("relu", "gelu")
                : List.of("relu", "logistic", "tanh", "gelu", "gelu-tanh", "gelu-logistic");
        for (String activation : activations) {
            for (int batch : quick ? new int[] {1, 8, 64, 65_536} : new int[] {1, 8, 64, 1024, 65_536}) {
                double goal = batch == 1 ? 10 : batch == 8 ? 3 : 1.4;
                blocks.add(inference("tabular", "32-64-32-1 " + activation + ", batch " + batch, activation, 1, batch,
                        Unit.MICROS, goal));
            }
        }
        return blocks;
    }

    private static Block inference(
            String group, String name, String network, int threads, int batch, Unit unit, double goal) {
        Map<String, String> parameters = inferenceParameters(network, threads, batch);
        return new Block(group, List.of(new Row(name, own("InferenceBenchmark.predict", parameters, 1),
                new Trial("peers.OnnxRuntimePeer.predict", parameters, 1), "ONNX Runtime", unit, Goal.atLeast(goal))));
    }

    // Speed is calls per second, against the shape a caller would have who padded each width and the batch himself.
    private List<Block> odd() {
        List<Block> blocks = new ArrayList<>();
        int[] widths = {33, 100, 257, 1000, 1031};
        int[] batches = {3, 7, 17};
        for (int w = 0; w < widths.length; w++) {
            for (int b = 0; b < batches.length; b++) {
                if (!quick || b == w % batches.length) {
                    Trial odd = oneCall(affine(1, batches[b], widths[w], widths[w]));
                    int padded = up(widths[w], 16);
                    Trial neighbour = oneCall(affine(1, up(batches[b], 4), padded, padded));
                    String name = "affine " + batches[b] + "×" + widths[w] + "×" + widths[w];
                    String against = up(batches[b], 4) + "×" + padded + "×" + padded;
                    blocks.add(new Block("odd",
                            List.of(new Row(name, odd, neighbour, against, Unit.MICROS, Goal.atLeast(0.8)))));
                }
            }
        }
        return blocks;
    }

    private static Trial oneCall(Trial trial) {
        return new Trial(trial.benchmark(), trial.parameters(), 1);
    }

    /** The next multiple. */
    public static int up(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    private static List<Block> training() {
        List<Block> blocks = new ArrayList<>();
        for (int batch : new int[] {1, 64, 256}) {
            Map<String, String> parameters = Map.of("threads", "1", "batch", String.valueOf(batch),
                    "network", Workloads.CLASSIFIER);
            double flops = Flops.trainingStep(Workloads.network(Workloads.CLASSIFIER), batch);
            Trial step = own("TrainingBenchmark.step", parameters, flops);
            Trial eager = new Trial("peers.PyTorchPeer.step", parameters, flops);
            String name = "training step 784-512-256-10, batch " + batch;
            Row against = new Row(name, step, eager, "PyTorch eager", Unit.MICROS, batch == 1 ? Goal.atLeast(3) : null);
            Row peak = new Row(name, step, Trial.peak(), "FMA peak", Unit.GFLOPS, batch == 1 ? null : Goal.atLeast(0.8));
            blocks.add(new Block("training", List.of(against, peak)));
        }
        return blocks;
    }

    private List<Block> inCache() {
        List<Block> blocks = new ArrayList<>();
        List<String> activations = quick
                ? List.of("logistic", "tanh", "gelu", "softplus", "swish")
                : List.of("logistic", "tanh", "gelu", "gelu-tanh", "gelu-logistic", "softplus", "swish");
        for (String activation : activations) {
            for (String method : List.of("value", "gradient")) {
                blocks.add(new Block("activations", List.of(new Row(activation + " " + method + ", in cache",
                        activation(activation, method, IN_CACHE), null, "", Unit.NANOS_PER_ELEMENT, Goal.atMost(1)))));
            }
        }
        return blocks;
    }

    // Memory-bound: within a tenth of a loop that moves as much and computes next to nothing.
    private List<Block> outOfCache() {
        List<Block> blocks = new ArrayList<>();
        List<String> activations = quick ? List.of("gelu") : List.of("logistic", "tanh", "gelu", "softplus", "swish");
        Map<String, String> elements = Map.of("elements", String.valueOf(OUT_OF_CACHE));
        for (String activation : activations) {
            for (String method : List.of("value", "gradient")) {
                Trial memory = new Trial(method.equals("value") ? "MemoryBenchmark.scale" : "MemoryBenchmark.multiply",
                        elements, OUT_OF_CACHE);
                blocks.add(new Block("activations", List.of(new Row(activation + " " + method + ", out of cache",
                        activation(activation, method, OUT_OF_CACHE), memory, "memory", Unit.NANOS_PER_ELEMENT,
                        Goal.atLeast(0.9)))));
            }
        }
        return blocks;
    }

    private List<Block> allocation() {
        List<Block> blocks = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            for (int batch : quick ? new int[] {1, 64} : new int[] {1, 8, 64}) {
                Trial predict =
                        own("InferenceBenchmark.predict", inferenceParameters(Workloads.CLASSIFIER, threads, batch), 1);
                blocks.add(allocation("inference, " + threads + " threads, batch " + batch, predict));
                Trial step = own("TrainingBenchmark.step",
                        Map.of("threads", String.valueOf(threads), "batch", String.valueOf(batch),
                                "network", Workloads.CLASSIFIER), 1);
                blocks.add(allocation("training step, " + threads + " threads, batch " + batch, step));
            }
        }
        return blocks;
    }

    private static Block allocation(String name, Trial trial) {
        return new Block("allocation", List.of(
                new Row(name + ", bytes a call", trial, null, "", Unit.BYTES, Goal.atMost(SMALLEST_OBJECT_BYTES - 1))));
    }

    private static Map<String, String> inferenceParameters(String network, int threads, int batch) {
        return Map.of("network", network, "threads", String.valueOf(threads), "batch", String.valueOf(batch));
    }

    private static Trial affine(int threads, int batch, int inputs, int outputs) {
        Map<String, String> parameters = Map.of("threads", String.valueOf(threads), "batch", String.valueOf(batch),
                "inputs", String.valueOf(inputs), "outputs", String.valueOf(outputs));
        return own("AffineBenchmark.session", parameters, Flops.affine(batch, inputs, outputs));
    }

    private static Trial openBlas(int threads) {
        Trial own = affine(threads, 4096, 1024, 1024);
        Map<String, String> parameters = new HashMap<>(own.parameters());
        parameters.remove("backend");
        return new Trial("peers.OpenBlasPeer.affine", Map.copyOf(parameters), own.work());
    }

    private static Trial activation(String activation, String method, int elements) {
        return own("ActivationBenchmark." + method,
                Map.of("activation", activation, "elements", String.valueOf(elements)), elements);
    }

    private static Trial own(String benchmark, Map<String, String> parameters, double work) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("backend", "simd");
        return new Trial(benchmark, Map.copyOf(all), work);
    }
}
