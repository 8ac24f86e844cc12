package dev.samebits.bench.jmh;

import dev.samebits.Network;
import dev.samebits.Operation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one call of a benchmark has to do at least, from its name and parameters alone, so that it is also known of results
 * that were read from a file.
 *
 * @param flops floating-point operations, see {@link Flops}; 0 where they are not counted
 * @param bytes of operands and results, each counted once however often it is moved, and twice what is read and written; 0
 *     where that says nothing
 * @param held bytes of the same where they lie, each counted once: what a cache must hold
 */
public record Cost(double flops, double bytes, double held) {
    private static final Cost UNKNOWN = new Cost(0, 0);
    private static final Map<String, Network> NETWORKS = new ConcurrentHashMap<>();

    /** Where nothing is both read and written. */
    public Cost(double flops, double bytes) {
        this(flops, bytes, bytes);
    }

    /**
     * The cost of a call.
     *
     * @param benchmark class and method, such as {@code InferenceBenchmark.predict}; of any package
     * @param parameters by name
     */
    public static Cost of(String benchmark, Map<String, String> parameters) {
        String[] parts = benchmark.split("\\.");
        String method = parts[parts.length - 1];
        Parameters p = new Parameters(parameters);
        return switch (parts[parts.length - 2]) {
            case "AffineBenchmark", "OpenBlasPeer", "VectorBlasPeer", "EjmlPeer", "Nd4jPeer" ->
                    affine(p.number("batch"), p.number("inputs"), p.number("outputs"));
            case "KernelBenchmark", "VectorBlasKernelPeer" ->
                    kernel(method, p.number("batch"), p.number("inputs"), p.number("outputs"));
            case "ActivationBenchmark" -> moves((method.equals("value") ? 2 : 3)
                    + (parameters.get("activation").equals("prelu") ? 1 : 0), p.number("elements"));
            case "MemoryBenchmark" -> moves(method.equals("scale") ? 2 : 3, p.number("elements"));
            case "BandwidthBenchmark" -> new Cost(0, 1024.0 * p.number("kibibytes"));
            case "TransferBenchmark" -> new Cost(0, TransferBenchmark.bytes(p.number("batch")));
            case "InferenceBenchmark", "OnnxRuntimePeer", "PyTorchInferencePeer" ->
                    inference(network(parameters.get("network")), method.equals("query") ? 1 : p.number("batch"));
            case "SingleStreamBenchmark" -> inference(network(parameters.get("network")), 1);
            case "TrainingBenchmark", "PyTorchPeer" ->
                    training(network(parameters.getOrDefault("network", Workloads.CLASSIFIER)), p.number("batch"));
            case "SessionOpenBenchmark", "SessionMemoryBenchmark" ->
                    new Cost(0, 8.0 * network(parameters.get("network")).parameters());
            case "FmaPeak" -> new Cost(
                    p.number("bits") == 0 ? FmaPeak.flops() : FmaPeak.flops((int) p.number("bits")), 0);
            default -> UNKNOWN;
        };
    }

    private record Parameters(Map<String, String> values) {
        long number(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("no parameter '" + name + "' among " + values);
            }
            return Long.parseLong(value);
        }
    }

    private static Network network(String name) {
        return NETWORKS.computeIfAbsent(name, Workloads::network);
    }

    private static Cost moves(int arrays, long elements) {
        return new Cost(0, 4.0 * arrays * elements);
    }

    private static Cost affine(long batch, long inputs, long outputs) {
        return new Cost(Flops.affine(batch, inputs, outputs),
                4.0 * (batch * inputs + inputs * outputs + outputs + batch * outputs));
    }

    private static Cost kernel(String method, long batch, long inputs, long outputs) {
        long product = Flops.affine(batch, inputs, outputs);
        long weights = inputs * outputs;
        return switch (method) {
            case "matvec" -> affine(1, inputs, outputs);
            case "backpropagate" -> new Cost(product, 4.0 * (batch * outputs + weights + batch * inputs));
            case "outerProductGradient" -> new Cost(product, 4.0 * (batch * outputs + batch * inputs + 2 * weights),
                    4.0 * (batch * outputs + batch * inputs + weights));
            case "update" -> new Cost(5.0 * weights, 4.0 * 3 * weights, 4.0 * 2 * weights);
            case "softmax" -> moves(2, batch * outputs);
            default -> UNKNOWN;
        };
    }

    private static Cost inference(Network network, long batch) {
        return new Cost(Flops.inference(network, batch),
                4.0 * (network.parameters() - unread(network, batch) + batch * (network.inputs() + network.outputs())));
    }

    // Numbers of tables that a call does not look up, at least.
    private static long unread(Network network, long batch) {
        return network.steps().stream().filter(step -> step.operation() instanceof Operation.Embed)
                .mapToLong(step -> Math.max(0, step.operation().parameters() - batch * step.width())).sum();
    }

    // The weights are read and written.
    private static Cost training(Network network, long batch) {
        double samples = 4.0 * batch * (network.inputs() + network.outputs());
        return new Cost(Flops.trainingStep(network, batch), 8.0 * network.parameters() + samples,
                4.0 * network.parameters() + samples);
    }

    /** Operations for each byte, the horizontal axis of a roofline; infinite without bytes. */
    public double intensity() {
        return flops / bytes;
    }
}
