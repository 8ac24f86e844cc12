package dev.samebits.gpu;

import java.util.Arrays;

/** The passes of a call, written down one by one, and the device memory they work in. */
final class Plan {
    private int[] records = new int[DeviceFloats.RECORD];
    private int passes;
    private int floats;
    private int columns;

    /** Room for this many rows of this many columns in the work array. Returns its place. */
    int place(int rows, int columns) {
        int place = floats;
        floats = Math.addExact(floats, Math.multiplyExact(rows, columns));
        this.columns = Math.max(this.columns, columns);
        return place;
    }

    /** Adds a pass; what the numbers mean says the method of the program that runs it. */
    void add(int... record) {
        records = Arrays.copyOf(records, (passes + 1) * DeviceFloats.RECORD);
        System.arraycopy(record, 0, records, passes * DeviceFloats.RECORD, record.length);
        passes++;
    }

    int[] records() {
        return records;
    }

    int passes() {
        return passes;
    }

    /** Floats of the work array. */
    int floats() {
        return Math.max(1, floats);
    }

    /** Floats that the widest pass makes of this many rows. */
    long widest(int rows) {
        return (long) rows * columns;
    }
}
