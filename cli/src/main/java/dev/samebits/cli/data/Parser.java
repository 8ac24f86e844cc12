package dev.samebits.cli.data;

/** What turns the bytes of a {@link Source}'s blocks into rows, in one thread. Not thread-safe. */
public interface Parser {
    /** Turns what was taken into rows of floats; the rows that are none are {@link Block#bad}. */
    void parse(Block block, WorkSpace space);

    /** Takes a row of the block parsed last, from 0, for a bad one after all. Rows after it must have been taken before. */
    void reject(Block block, int row, String what, String mend);

    /** Puts the bad rows of the block parsed last, as they were, into {@link Block#rejected}. */
    void keepBad(Block block);
}
