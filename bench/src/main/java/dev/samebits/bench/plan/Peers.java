package dev.samebits.bench.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The same work in other libraries. Their classes are in builds with {@code -Ppeers} only. */
public final class Peers {
    private Peers() {}

    /** What a trial of ours is compared with; of these only what the build has. */
    static Stream<Trial> of(Trial own) {
        if (own.backend() == null || own.backend().equals("scalar")) {
            return Stream.of();
        }
        Map<String, String> parameters = new HashMap<>(own.parameters());
        parameters.remove("backend");
        return switch (own.benchmark()) {
            case "InferenceBenchmark.predict" -> trials(List.of("OnnxRuntimePeer.predict"), parameters);
            case "SingleStreamBenchmark.query" -> {
                parameters.put("batch", "1");
                yield trials(List.of("OnnxRuntimePeer.query"), parameters);
            }
            case "TrainingBenchmark.step" -> trials(List.of("PyTorchPeer.step"), parameters);
            // Where weights are packed in every call, others are not asked: they have no such call.
            case "AffineBenchmark.session" -> affine(parameters);
            default -> Stream.of();
        };
    }

    private static Stream<Trial> affine(Map<String, String> parameters) {
        Stream<Trial> everywhere =
                trials(List.of("OpenBlasPeer.affine", "EjmlPeer.affine", "Nd4jPeer.affine"), parameters);
        // One thread is all that it has.
        return parameters.get("threads").equals("1")
                ? Stream.concat(everywhere, trials(List.of("VectorBlasPeer.affine"), parameters))
                : everywhere;
    }

    private static Stream<Trial> trials(List<String> benchmarks, Map<String, String> parameters) {
        return benchmarks.stream()
                .map(benchmark -> new Trial("peers." + benchmark, Map.copyOf(parameters)))
                .filter(Trial::isPresent);
    }

    /** Whether this build has none. */
    public static boolean isMissing() {
        return !new Trial("peers.OnnxRuntimePeer.predict", Map.of()).isPresent();
    }

    /** Whether a peer is native code, which runs the same whichever Java calls it. */
    public static boolean isNative(Trial trial) {
        return trial.isPeer() && !trial.benchmark().contains("VectorBlas") && !trial.benchmark().contains("Ejml");
    }
}
