package dev.samebits.bench.jmh;

import com.sun.management.ThreadMXBean;
import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The memory of a session and of the network that it was opened from. Counted in bytes before anything is timed: the figures
 * {@link #HELD}, {@link #OPENING} and {@link #WEIGHTS} are what this is for.
 */
@State(Scope.Thread)
public class SessionMemoryBenchmark extends Timed {
    /** Heap that an open session holds after it has worked, and its network: the mean of several pairs. */
    public static final String HELD = "held";
    /**
     * The network, and every byte allocated while the session is opened, as if none of them could be collected meanwhile:
     * the true peak is this or less, whatever the collector does.
     */
    public static final String OPENING = "opening";
    /** Bytes of the network's parameters. */
    public static final String WEIGHTS = "weights";

    private static final int SESSIONS = 4;

    @Param("simd")
    public String backend;

    /** See {@link Workloads#network}: one that is small beside a session's buffers, or one that is large. */
    @Param("mnist")
    public String network;

    @Param("1")
    public int threads;

    @Param("256")
    public int batch;

    private Backend opener;
    private Network model;
    private SessionOptions options;
    private Matrix x;
    private Matrix y;

    @Setup
    public void setup() {
        opener = ForkLine.backend(backend);
        model = Workloads.network(network);
        options = SessionOptions.ofThreads(threads);
        x = Workloads.uniform(batch, model.inputs(), 3);
        y = Matrix.zeros(batch, model.outputs());
        // Once in vain, so that classes and compiled code are not counted.
        openAndPredict();
        double weights = 4.0 * model.parameters();
        ForkLine.figure(WEIGHTS, weights, "B");
        ForkLine.figure(HELD, held(), "B");
        ForkLine.figure(OPENING, weights + opening(), "B");
    }

    /** A session for one batch alone. */
    @Benchmark
    public Matrix openAndPredict() {
        try (InferenceSession session = opener.open(model, options)) {
            ForkLine.check(session.backend(), backend);
            session.predict(x, y);
        }
        return y;
    }

    private double held() {
        List<InferenceSession> sessions = new ArrayList<>();
        long before = usedHeap();
        for (int i = 0; i < SESSIONS; i++) {
            Network own = Network.of(model.layers().stream().map(SessionMemoryBenchmark::copy).toList(), model.output());
            InferenceSession session = opener.open(own, options);
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

    private double opening() {
        long before = allocated();
        InferenceSession session = opener.open(model, options);
        long after = allocated();
        session.close();
        return after - before;
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
