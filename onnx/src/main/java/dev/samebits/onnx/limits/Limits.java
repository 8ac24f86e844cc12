package dev.samebits.onnx.limits;

/** What a file may hold. Checked before memory is taken for it, so that no file costs much more than its own length. */
public final class Limits {
    public static final int NODES = 10_000;
    public static final int NAME_BYTES = 1_024;
    public static final int RANK = 8;
    private static final int FIELDS = 1_000_000;
    /**
     * What a field can cost at most besides its own bytes: an empty message, or an unknown field with its place in a map.
     */
    private static final int FIELD_BYTES = 256;
    private static final int LIST_BYTES = 1 << 20;
    /** What a byte of a packed list of integers can cost: a long, in a list that has grown once too often. */
    private static final int LIST_BYTE_BYTES = 24;
    /** Elements of one tensor: those of the longest Java array. */
    public static final int ELEMENTS = Integer.MAX_VALUE - 8;
    /** Columns of a value inside of a network: as many as a network has at most. */
    public static final int COLUMNS = 1 << 24;
    /** Parts of a row that an operator may work on one by one. */
    public static final int GROUPS = 256;
    public static final int OLDEST_IR = 3;
    public static final int NEWEST_IR = 13;
    /** The first in which Reshape has its shape as an input and Cast its type as a number. */
    public static final int OLDEST_OPSET = 6;
    /** The last of which the changes to the operators that are read were looked at. */
    public static final int NEWEST_OPSET = 27;
    /** Columns of a layer that is put in because an operator stands where a file has none: it takes their square. */
    public static final int INSERTED_COLUMNS = 2_048;

    private Limits() {}

    /**
     * Bytes of a file with its external data, and of the parameters of the network it gives: 2 GiB, or a quarter of the heap
     * where that is less, for the file, what was read of it and the network are in memory together.
     */
    public static long modelBytes() {
        return Math.min(Integer.MAX_VALUE - 8L, Runtime.getRuntime().maxMemory() / 4);
    }

    /** Protobuf fields of all messages together: bounds what a file of many tiny messages costs. */
    static int fields() {
        return (int) Math.min(FIELDS, Runtime.getRuntime().maxMemory() / 3 / FIELD_BYTES);
    }

    /** Bytes of all packed lists of integers together. Weights are no integers, and shapes are short. */
    static int listBytes() {
        return (int) Math.min(LIST_BYTES, Runtime.getRuntime().maxMemory() / 3 / LIST_BYTE_BYTES);
    }

    /** What to do about a model beyond {@link #modelBytes()}. */
    public static String tooLarge(String subject, long bytes) {
        return tooLarge(subject, bytes, modelBytes());
    }

    /** What to do about a model beyond some limit that grows with the heap. */
    static String tooLarge(String subject, long bytes, long limit) {
        return subject + " " + bytes + " bytes, and at most " + limit
                + " are read here (2 GiB, or a part of the heap): give Java more memory with -Xmx, or use a smaller model";
    }
}
