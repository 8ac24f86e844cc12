package dev.samebits.bench.plan;

import dev.samebits.bench.jmh.Cost;
import dev.samebits.bench.jmh.GraphNetworks;
import dev.samebits.bench.jmh.Shapes;
import dev.samebits.bench.jmh.Vectors;
import dev.samebits.bench.jmh.Workloads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the report measures, in groups that {@code --only} names. */
public final class Suite {
    /** The groups, in the order in which they are measured. */
    public static final List<String> GROUPS =
            List.of("limits", "layers", "activations", "inference", "graphs", "streams", "offline", "training",
            "sessions", "transfer");

    // Slower calls would take the whole run: the scalar backend is there to be read.
    private static final double SCALAR_FLOPS = 1e8;
    private static final int IN_CACHE = 4096;
    private static final Map<String, Integer> OFFLINE_BATCH =
            Map.of("tabular", 65_536, "policy", 4096, "mnist", 4096, "recommender", 1024, "wide", 512);

    private final boolean quick;
    private final List<String> backends;
    private final boolean peers;
    private final int cores;
    private final Caches caches;
    private final Vectors vectors;

    /**
     * @param quick fewer shapes and functions
     * @param backends by name, the first being the one that everything is measured on
     * @param peers whether to measure other libraries too
     */
    public Suite(boolean quick, List<String> backends, boolean peers, int cores, Caches caches, Vectors vectors) {
        this.quick = quick;
        this.backends = backends;
        this.peers = peers;
        this.cores = cores;
        this.caches = caches;
        this.vectors = vectors;
    }

    /** The trials of these groups, each once. */
    public List<Trial> trials(List<String> groups) {
        return groups.stream().flatMap(this::group).distinct().filter(this::isBearable).toList();
    }

    private Stream<Trial> group(String group) {
        Stream<Trial> own = switch (group) {
            case "limits" -> limits();
            case "layers" -> layers();
            case "activations" -> activations();
            case "inference" -> inference();
            case "graphs" -> graphs();
            case "streams" -> shapes().map(shape -> own("SingleStreamBenchmark.query", "network", shape, "threads", "1"));
            case "offline" -> (quick ? Stream.of(Workloads.CLASSIFIER) : Shapes.NAMES.stream())
                    .map(shape -> inference(shape, cores, OFFLINE_BATCH.get(shape)));
            case "training" -> training();
            case "sessions" -> (quick ? Stream.<String>of() : Stream.of("mnist", "recommender"))
                    .map(shape -> own("SessionOpenBenchmark.openAndClose", "network", shape, "threads", "1"));
            case "transfer" -> backends.stream().filter(name -> !name.equals("scalar") && !quick)
                    .flatMap(name -> Stream.of("in", "out").map(method -> on(name, "TransferBenchmark." + method, "batch",
                    "4096")));
            default -> throw new IllegalArgumentException("no group is called '" + group + "': known are " + GROUPS);
        };
        return peers ? own.flatMap(trial -> Stream.concat(Stream.of(trial), Peers.of(trial, vectors))) : own;
    }

    private boolean isBearable(Trial trial) {
        return !"scalar".equals(trial.backend())
                || Cost.of(trial.benchmark(), trial.parameters()).flops() <= SCALAR_FLOPS;
    }

    private Stream<Trial> limits() {
        List<Trial> trials = new ArrayList<>();
        int preferred = vectors.bits();
        IntStream.of(128, 256, 512, 1024, 2048)
                .filter(bits -> bits == preferred || bits < preferred && !quick)
                .forEach(bits -> trials.add(Trial.peak(bits, 1)));
        if (cores > 1) {
            trials.add(Trial.peak(preferred, cores));
        }
        caches.workingSets().forEach((level, kibibytes) -> {
            // Two caches and memory will do for a look.
            if (quick && level.equals("L3")) {
                return;
            }
            for (String loop : quick ? List.of("read") : List.of("read", "copy", "triad")) {
                trials.add(bandwidth(loop, level, kibibytes, 1));
            }
            if (level.equals("memory") && cores > 1 && !quick) {
                trials.add(bandwidth("triad", level, kibibytes, cores));
            }
        });
        for (String waiting : quick ? List.of("spin") : List.of("spin", "park")) {
            trials.add(new Trial("HandOverBenchmark.roundTrip", Map.of("waiting", waiting)));
        }
        return trials.stream();
    }

    private static Trial bandwidth(String loop, String level, int kibibytes, int callers) {
        return new Trial("BandwidthBenchmark." + loop,
                Map.of("level", level, "kibibytes", String.valueOf(kibibytes / callers)), callers);
    }

    private Stream<Trial> layers() {
        List<Trial> trials = new ArrayList<>();
        threads().forEach(threads -> trials.add(affine("session", threads, 1024, 1024, 1024)));
        if (!quick) {
            trials.add(affine("kernel", 1, 64, 784, 512));
        }
        for (String method : quick
                ? List.of("matvec")
                : List.of("matvec", "backpropagate", "outerProductGradient", "update")) {
            trials.add(own("KernelBenchmark." + method, "batch", "64", "inputs", "784", "outputs", "512"));
        }
        if (!quick) {
            trials.add(own("KernelBenchmark.softmax", "batch", "1024", "inputs", "1", "outputs", "10"));
        }
        return trials.stream();
    }

    /** 1, 2, 4 … and all cores. */
    private Stream<Integer> threads() {
        return Stream.concat(Stream.iterate(1, n -> n < cores, n -> 2 * n), Stream.of(cores)).distinct();
    }

    private Trial affine(String method, int threads, int batch, int inputs, int outputs) {
        return own("AffineBenchmark." + method, "threads", String.valueOf(threads), "batch", String.valueOf(batch),
                "inputs", String.valueOf(inputs), "outputs", String.valueOf(outputs));
    }

    private Stream<Trial> activations() {
        Stream<String> values = quick
                ? Stream.of("logistic")
                : Stream.of("relu", "logistic", "tanh", "softplus", "swish", "gelu");
        Stream<String> gradients = quick ? Stream.of() : Stream.of("logistic", "gelu");
        return Stream.concat(
                values.map(name -> activation("value", name)), gradients.map(name -> activation("gradient", name)));
    }

    private Trial activation(String method, String name) {
        return own("ActivationBenchmark." + method, "activation", name, "elements", String.valueOf(IN_CACHE));
    }

    private Stream<Trial> inference() {
        List<Trial> trials = new ArrayList<>();
        for (String backend : backends) {
            boolean first = backend.equals(backends.get(0));
            for (int batch : quick && !first ? new int[] {1, 4096} : new int[] {1, 256, 4096}) {
                trials.add(inference(backend, Workloads.CLASSIFIER, 1, batch));
            }
            // The scalar backend is the measure of bits, not of speed: one network shows how far it is behind.
            if (!quick && !backend.equals("scalar")) {
                for (int batch : new int[] {1, 64, 4096}) {
                    trials.add(inference(backend, "tabular", 1, batch));
                }
                for (int batch : new int[] {1, 32, 512}) {
                    trials.add(inference(backend, "wide", 1, batch));
                }
            }
        }
        if (!quick) {
            threads().filter(threads -> threads > 1).forEach(threads -> {
                for (int batch : new int[] {256, 4096}) {
                    trials.add(inference(Workloads.CLASSIFIER, threads, batch));
                }
            });
        }
        return trials.stream();
    }

    private Stream<Trial> graphs() {
        return quick ? Stream.of() : GraphNetworks.NAMES.stream()
                .flatMap(kind -> Stream.of(1, 64).map(batch -> inference(kind, 1, batch)));
    }

    private Stream<String> shapes() {
        return quick ? Stream.of(Workloads.CLASSIFIER) : Shapes.NAMES.stream();
    }

    private Stream<Trial> training() {
        Stream<Trial> first = (quick ? Stream.of(64) : Stream.of(1, 256))
                .map(batch -> training(Workloads.CLASSIFIER, 1, batch));
        return quick ? first : Stream.concat(first,
                threads().filter(threads -> threads > 1).map(threads -> training(Workloads.CLASSIFIER, threads, 256)));
    }

    private Trial training(String network, int threads, int batch) {
        return own("TrainingBenchmark.step", "network", network, "threads", String.valueOf(threads),
                "batch", String.valueOf(batch));
    }

    private Trial inference(String network, int threads, int batch) {
        return inference(backends.get(0), network, threads, batch);
    }

    private static Trial inference(String backend, String network, int threads, int batch) {
        return on(backend, "InferenceBenchmark.predict", "network", network, "threads", String.valueOf(threads),
                "batch", String.valueOf(batch));
    }

    private Trial own(String benchmark, String... parameters) {
        return on(backends.get(0), benchmark, parameters);
    }

    private static Trial on(String backend, String benchmark, String... parameters) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("backend", backend);
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return new Trial(benchmark, Map.copyOf(all));
    }
}
