package dev.samebits.gpu;

import dev.samebits.Network;
import dev.samebits.TrainingOptions;

/** How much of a device a session may take, and what fits into it. */
record DeviceMemory(long session, long array) {
    /** System property: MiB that a session's buffers may take on the device. */
    static final String PROPERTY = "samebits.opencl.memory";

    private static final long MIB = 1 << 20;
    // Beyond this, larger batches make nothing faster.
    private static final long USUAL = 256 * MIB;
    // Java's arrays end a little below 2³¹ elements.
    private static final long LONGEST = 1L << 30;

    static DeviceMemory of(ChosenDevice device) {
        long array = Math.min(device.device.getMaxMemAllocSize(), LONGEST * Float.BYTES);
        Long asked = Long.getLong(PROPERTY);
        long session = asked == null ? Math.min(USUAL, array) : asked * MIB;
        return new DeviceMemory(Math.min(session, LONGEST * Float.BYTES), array);
    }

    /** Checks that the parameters fit, before memory is taken. */
    void check(Network network, TrainingOptions training) {
        long bytes = network.parameters() * Float.BYTES * Params.copies(training);
        if (bytes > array) {
            throw new OpenClException("the network " + network + " has " + bytes / MIB + " MiB of parameters"
                    + (Params.copies(training) > 1 ? ", their gradients and moments" : "") + ", but the device"
                    + " allows arrays of " + array / MIB + " MiB: choose another device or backend");
        }
    }

    /** Rows that are predicted at a time. */
    int mostRows(Params params) {
        long rows = session / Float.BYTES / ForwardPlan.floatsPerRow(params);
        return (int) Math.max(DeviceProducts.PANEL, rows / DeviceProducts.PANEL * DeviceProducts.PANEL);
    }

    /** Checks that a step on this many rows fits, before memory is taken. */
    void checkStep(Params params, int rows) {
        long bytes = TrainingPlan.floats(params, rows) * Float.BYTES;
        if (bytes > array) {
            throw new OpenClException("a step on " + rows + " rows needs " + bytes / MIB + " MiB on the device, which allows"
                    + " arrays of " + array / MIB + " MiB: take smaller batches. Nothing has changed");
        }
    }
}
