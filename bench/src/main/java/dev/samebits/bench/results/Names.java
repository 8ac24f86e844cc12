package dev.samebits.bench.results;

import java.util.Map;

/** What people call a benchmark. */
public final class Names {
    private static final Map<String, String> PEERS = Map.of(
            "OnnxRuntimePeer", "ONNX Runtime",
            "OpenBlasPeer", "OpenBLAS",
            "VectorBlasPeer", "VectorBLAS",
            "VectorBlasKernelPeer", "VectorBLAS",
            "EjmlPeer", "EJML",
            "Nd4jPeer", "ND4J",
            "PyTorchPeer", "PyTorch");

    private Names() {}

    /** Who computes: a peer's name, or ours with the backend. */
    public static String who(Entry entry) {
        if (entry.isPeer()) {
            String type = entry.benchmark().split("\\.")[1];
            return PEERS.getOrDefault(type, type);
        }
        return entry.parameter("backend");
    }

    /** What is computed, without who does it, on how many threads and on which JDK. */
    public static String what(Entry e) {
        String method = e.benchmark().substring(e.benchmark().lastIndexOf('.') + 1);
        String layer = e.parameter("batch") + "×" + e.parameter("inputs") + "×" + e.parameter("outputs");
        String type = e.benchmark().substring(0, e.benchmark().lastIndexOf('.'));
        return switch (type.substring(type.lastIndexOf('.') + 1)) {
            case "AffineBenchmark", "OpenBlasPeer", "VectorBlasPeer", "EjmlPeer", "Nd4jPeer" ->
                    (method.equals("kernel") ? "affine, unpacked, " : "affine ") + layer;
            case "KernelBenchmark", "VectorBlasKernelPeer" -> switch (method) {
                case "matvec" -> "matvec " + e.parameter("inputs") + "×" + e.parameter("outputs");
                case "outerProductGradient" -> "outer-product gradient " + layer;
                case "backpropagate" -> "back-propagation " + layer;
                case "update" -> "update " + e.parameter("inputs") + "×" + e.parameter("outputs");
                default -> method + " " + e.parameter("batch") + "×" + e.parameter("outputs");
            };
            case "ActivationBenchmark" ->
                    e.parameter("activation") + (method.equals("value") ? "" : "′") + ", " + e.parameter("elements");
            case "InferenceBenchmark" -> e.parameter("network") + ", batch " + e.parameter("batch");
            case "OnnxRuntimePeer" -> method.equals("query")
                    ? e.parameter("network") + ", single stream"
                    : e.parameter("network") + ", batch " + e.parameter("batch");
            case "MemoryBenchmark" -> "memory " + method;
            case "SessionMemoryBenchmark" -> e.parameter("network") + ", open a session, predict, close, batch "
                    + e.parameter("batch");
            case "ColdStartBenchmark" ->
                    "first 1,000 rows of a JVM" + (e.parameter("warmUp").equals("yes") ? ", warmed up" : "");
            case "SingleStreamBenchmark" -> e.parameter("network") + ", single stream";
            case "TrainingBenchmark", "PyTorchPeer" -> e.parameter("network") + " training step, batch "
                    + e.parameter("batch");
            case "SessionOpenBenchmark" -> e.parameter("network") + ", open and close a session";
            case "TransferBenchmark" -> "transfer " + method + ", " + e.parameter("batch") + "×1024";
            case "FmaPeak" -> "FMA peak, " + e.parameter("bits") + "-bit vectors";
            case "BandwidthBenchmark" -> e.parameter("level") + " " + method;
            case "HandOverBenchmark" -> "hand-over and back, " + e.parameter("waiting");
            default -> e.benchmark() + " " + e.parameters();
        };
    }

    public static int threads(Entry entry) {
        String threads = entry.parameter("threads");
        return threads.isEmpty() ? entry.callers() : Integer.parseInt(threads);
    }

    /** Whether it ran on an OpenCL device, which has threads of its own and no roof among the processor's. */
    public static boolean isOnDevice(Entry entry) {
        return entry.parameter("backend").equals("opencl");
    }

    /** On how many threads, or that it was a device's. */
    public static String threadsText(Entry entry) {
        return isOnDevice(entry) ? "device" : threadsText(threads(entry));
    }

    public static String threadsText(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    static String of(Entry entry) {
        String who = who(entry);
        return what(entry) + (who.isEmpty() ? "" : ", " + who) + ", " + threadsText(entry)
                + (entry.block().isEmpty() ? "" : " [" + entry.block() + "]");
    }
}
