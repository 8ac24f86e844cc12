package dev.samebits.cli.data;

import dev.samebits.cli.console.Problem;

/**
 * Rows of numbers from a file or stream, block by block in constant memory. {@link #take} is called by one thread at a time,
 * in the order of the blocks; any number of threads turn them into rows, each with a {@link Parser} and a block of its own.
 */
public interface Source extends AutoCloseable {
    /** Width of a row. */
    int columns();

    /** Number of rows, or −1 if only reading tells. */
    long size();

    /** Names of the columns that are passed through to the output, before the predictions; empty if there are none. */
    String[] idNames();

    /** Whether the input has a header. */
    boolean hasHeader();

    /** Takes the bytes of the next rows into a block, or only their place; false at the end. */
    boolean take(Block block);

    /** What turns what was taken into rows: a new one for each thread. */
    Parser parser();

    /**
     * The first bad row of a block as a problem. Called in the order of the blocks.
     *
     * @param linesBefore lines of all blocks before
     */
    Problem problem(Block block, long linesBefore);

    /**
     * The first category of a block that is not known, with its place. Called in the order of the blocks that have one.
     *
     * @param linesBefore lines of all blocks before
     */
    default String firstUnknown(Block block, long linesBefore) {
        throw new UnsupportedOperationException("rows of numbers have no categories");
    }

    /** Where the row {@code number}, from 0, stands, for messages. */
    String place(long number);

    /** How much of the input has been taken, 0 to 1, or −1 if that is not known. */
    double fraction();

    /** The first line of a file of bad rows, or null. */
    String badHeader();

    @Override
    void close();
}
