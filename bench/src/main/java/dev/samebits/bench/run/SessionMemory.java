package dev.samebits.bench.run;

import com.sun.management.ThreadMXBean;
import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.jmh.Workloads;
import dev.samebits.bench.plan.Result;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The memory of a session, with the network it was opened from, as a multiple of the weights. Counted in bytes, not timed,
 * so it needs no JMH and no quiet machine.
 */
public final class SessionMemory {
    private static final int SESSIONS = 8;
    private static final int BATCH = 256;

    private SessionMemory() {}

    /** Rows of the table for a network that is small beside a session's buffers and for one that is large. */
    public static List<Result> measure(Backend backend) {
        Map<String, Network> networks = new TreeMap<>();
        networks.put("784-512-256-10", Workloads.network(Workloads.CLASSIFIER));
        networks.put("2048-4096-4096-1000", Network.builder(2048)
                .dense(4096, Activation.RELU)
                .dense(4096, Activation.RELU)
                .dense(1000, Activation.IDENTITY)
                .build(1));
        List<Result> results = new ArrayList<>();
        networks.forEach((name, network) -> {
            for (int threads = 1; threads <= 2; threads++) {
                String row = name + ", " + threads + " threads";
                results.add(result(row + ": open session and network", held(backend, network, threads), network, 2.2));
                results.add(result(row + ": peak while opening", peak(backend, network, threads), network, 3.2));
            }
        });
        return results;
    }

    private static Result result(String name, double bytes, Network network, double goal) {
        double multiple = bytes / weights(network);
        return new Result("memory", name, "the weights", megabytes(bytes), megabytes(weights(network)), multiple, multiple,
                multiple, true, Goal.atMost(goal), null);
    }

    /** Bytes of a network's parameters. */
    public static double weights(Network network) {
        return 4.0 * network.parameters();
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }

    /** Heap that an open session holds after it has worked, and its network: the mean of several pairs. */
    public static double held(Backend backend, Network network, int threads) {
        Matrix x = Workloads.uniform(BATCH, network.inputs(), 3);
        Matrix y = Matrix.zeros(BATCH, network.outputs());
        // Once in vain, so that classes and compiled code are not counted.
        backend.open(network, SessionOptions.ofThreads(threads)).close();
        List<InferenceSession> sessions = new ArrayList<>();
        long before = usedHeap();
        for (int i = 0; i < SESSIONS; i++) {
            Network own = Network.of(network.layers().stream().map(SessionMemory::copy).toList(), network.output());
            InferenceSession session = backend.open(own, SessionOptions.ofThreads(threads));
            session.predict(x, y);
            sessions.add(session);
        }
        long after = usedHeap();
        sessions.forEach(InferenceSession::close);
        return (after - before) / (double) SESSIONS;
    }

    private static Layer copy(Layer layer) {
        return Layer.dense(layer.weights(), layer.bias(), layer.activation());
    }

    /**
     * The network, and every byte allocated while the session is opened, as if none of them could be collected meanwhile:
     * the true peak is this or less, whatever the collector does.
     */
    public static double peak(Backend backend, Network network, int threads) {
        backend.open(network, SessionOptions.ofThreads(threads)).close();
        long before = allocated();
        InferenceSession session = backend.open(network, SessionOptions.ofThreads(threads));
        long after = allocated();
        session.close();
        return weights(network) + after - before;
    }

    private static long usedHeap() {
        long used = Long.MAX_VALUE;
        // The collector may need more than one round to free what others refer to weakly.
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }

    // Of this thread, which is the one that opens.
    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }
}
