package dev.samebits.gpu;

import com.aparapi.Range;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.internal.kernel.KernelManager;
import dev.samebits.Optimizer;
import dev.samebits.arithmetic.CounterHash;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One program on the device with its arrays: uploads, runs, downloads, and proof that they happened. Not thread-safe, but
 * for {@link #transfers}.
 *
 * <p>Aparapi says little of what goes wrong: a download that fails is silent, and a run that fails may go on in Java. So
 * each run writes a number that the host compares; and a program may run on its device alone.
 */
final class ProgramRunner implements AutoCloseable {
    // Numbers up to here are exact as floats, and so are those of steps.
    static final int NUMBERS = 1 << 22;
    // Aparapi runs one program at a time, whatever the thread. What it remembers of failed devices belongs to a class of
    // programs: under this lock nobody meets a list that another's failure has emptied.
    private static final Object ONE_AT_A_TIME = new Object();

    final DeviceProgram program;
    private final ChosenDevice device;
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong recreations = new AtomicLong();
    // What the device has had so far.
    private float @Nullable [] params;
    private float @Nullable [] work;
    private float @Nullable [] out;
    private float @Nullable [] in;
    private int @Nullable [] plan;
    private @Nullable OpenClException failure;
    private boolean closed;

    /** @throws OpenClException if the program cannot be built for the device */
    ProgramRunner(ChosenDevice device) {
        this.device = device;
        program = device.newProgram();
        program.setExplicit(true);
        program.mask = 0xFFFFFFFFL;
        program.weyl = CounterHash.WEYL & program.mask;
        program.firstFactor = CounterHash.FIRST;
        program.secondFactor = CounterHash.SECOND;
        synchronized (ONE_AT_A_TIME) {
            allowOnlyThisDevice();
            try {
                program.compile(device.device);
            } catch (CompileFailedException | RuntimeException | LinkageError e) {
                throw new OpenClException("the OpenCL program cannot be built for " + device.description() + ": "
                        + rootMessage(e), e);
            }
        }
    }

    /** Has the program move parameters by this method. */
    void set(Optimizer method) {
        program.optimizer = method.kind().ordinal();
        program.momentum = method.momentum();
        program.beta1 = method.beta1();
        program.rest1 = 1 - method.beta1();
        program.beta2 = method.beta2();
        program.rest2 = 1 - method.beta2();
        program.epsilon = method.epsilon();
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private void allowOnlyThisDevice() {
        KernelManager.instance().setPreferredDevices(program, new LinkedHashSet<>(List.of(device.device)));
    }

    /** @throws OpenClException if an earlier call has failed */
    void checkUsable() {
        if (failure != null) {
            throw new OpenClException("this session is unusable since a call failed (" + failure.getMessage()
                    + "): close it and open another one", failure);
        }
    }

    /**
     * Runs the passes and reads {@code program.out}. Arrays that are new to the device are uploaded, {@code program.in}
     * always.
     *
     * @param floats of the widest pass
     * @throws OpenClException if the device did not do it; the runner is then unusable
     */
    void run(int passes, long floats) {
        checkUsable();
        long moving = newBytes();
        program.stamp = program.stamp % NUMBERS + 1;
        Range range = Range.create(device.device, device.items(floats), device.group());
        try {
            synchronized (ONE_AT_A_TIME) {
                if (program.in == in) {
                    program.put(program.in);
                }
                program.execute(range, passes);
            }
            if (!program.isRunningCL()) {
                throw fail("Aparapi did not run the program on the device", null);
            }
            get(program.out);
        } catch (AssertionError | RuntimeException e) {
            throw failure != null ? failure : fail("the run failed", e);
        }
        if (program.out[0] != program.stamp) {
            throw fail("its result did not arrive", null);
        }
        params = program.params;
        work = program.work;
        in = program.in;
        out = program.out;
        plan = program.plan;
        up.addAndGet(moving);
        calls.incrementAndGet();
    }

    private long newBytes() {
        long floats = program.in.length;
        floats += program.params == params ? 0 : program.params.length;
        floats += program.work == work ? 0 : program.work.length;
        floats += program.out == out ? 0 : program.out.length;
        floats += program.plan == plan ? 0 : program.plan.length;
        return floats * Float.BYTES;
    }

    /** Reads an array of the last run's. Whether it arrived, the caller must see from what is in it. */
    void get(float[] array) {
        program.get(array);
        down.addAndGet((long) array.length * Float.BYTES);
    }

    /** Has the host's parameters go up with the next run, whatever the device has. */
    void replaceParameters() {
        if (program.params == params) {
            program.put(program.params);
            params = null;
        }
    }

    /** The device had lost its parameters and was given the host's. */
    void noteRecreation() {
        recreations.incrementAndGet();
        up.addAndGet((long) program.params.length * Float.BYTES);
    }

    /** Makes this runner unusable. */
    OpenClException fail(String what, @Nullable Throwable cause) {
        failure = new OpenClException("the OpenCL device " + device.description() + " failed: " + what
                + (cause == null ? "" : " (" + rootMessage(cause) + ")")
                + ": is its memory exhausted, or has its driver been reset? Nothing was written", cause);
        synchronized (ONE_AT_A_TIME) {
            allowOnlyThisDevice();
        }
        return failure;
    }

    Transfers transfers() {
        return new Transfers(up.get(), down.get(), calls.get(), recreations.get());
    }

    // Aparapi must have run a program to be able to dispose of it: only then it knows what there is.
    private boolean runsNothing() {
        program.params = new float[DeviceFloats.HEADER];
        program.plan = new int[DeviceFloats.RECORD];
        program.rows = 0;
        try {
            program.execute(Range.create(device.device, device.group(), device.group()), 1);
            return program.isRunningCL();
        } catch (AssertionError | RuntimeException e) {
            return false;
        }
    }

    /** Frees the device's memory. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            synchronized (ONE_AT_A_TIME) {
                if (calls.get() > 0 || runsNothing()) {
                    program.dispose();
                }
            }
            failure = new OpenClException("the session is closed");
        }
    }
}
