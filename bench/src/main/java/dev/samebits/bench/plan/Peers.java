package dev.samebits.bench.plan;

import dev.samebits.bench.jmh.Vectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The same work in other libraries. Their classes are in builds with {@code -Ppeers} only. */
public final class Peers {
    private Peers() {}

    /** What a trial of ours is compared with; of these only what the build has and what uses the same instructions. */
    static Stream<Trial> of(Trial own, Vectors vectors) {
        return of(own).filter(trial -> isFair(trial, vectors));
    }

    /**
     * Whether a peer uses the same instructions as the measured JVMs. Native code chooses them itself, the widest that the
     * processor has; OpenBLAS alone can be told.
     */
    public static boolean isFair(Trial peer, Vectors vectors) {
        return !vectors.isNarrowed() || !isNative(peer) || peer.benchmark().contains("OpenBlas") && vectors.hasOpenBlas();
    }

    private static Stream<Trial> of(Trial own) {
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
        return trial.isPeer() && !isOfVectors(trial) && !trial.benchmark().contains("Ejml");
    }

    /** Whether a peer is made of the Vector API, and as slow as we are until it is compiled. */
    static boolean isOfVectors(Trial trial) {
        return trial.benchmark().startsWith("peers.VectorBlas");
    }
}
