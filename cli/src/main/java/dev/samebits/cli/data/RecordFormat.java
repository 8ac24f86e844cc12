package dev.samebits.cli.data;

import dev.samebits.cli.console.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** What the header of a file of equal records says: how many there are, how long they are, and what their bytes mean. */
public interface RecordFormat {
    /** The file, for messages. */
    String name();

    long records();

    /** Bytes of a record. */
    int width();

    /** Values of a record. */
    int columns();

    int headerBytes();

    /** Whether a value may be infinite or NaN. */
    boolean floating();

    /**
     * Turns whole records into rows.
     *
     * @param bytes from position 0 on
     * @param into {@code [records × columns]}
     */
    void decode(ByteBuffer bytes, int records, float[] into);

    /**
     * A value as it is in the file, with all its digits, for saying and keeping what is wrong. Only of formats that are
     * {@link #floating}.
     *
     * @param bytes of whole records, from position 0 on
     * @param index of the value among theirs
     */
    default String text(ByteBuffer bytes, int index) {
        throw new UnsupportedOperationException("every value of this format can be used");
    }

    /** Where the record {@code number}, from 0, stands, for messages. */
    default String place(long number) {
        return name() + ", row " + (number + 1);
    }

    /** Checks the size of a whole file before it is read. */
    default void checkSize(long bytes) {
        long whole = (bytes - headerBytes()) / width();
        if (whole < records()) {
            throw truncated(whole);
        }
        if (bytes - headerBytes() > records() * width()) {
            throw goesOn();
        }
    }

    /** After the last record, the file must end. */
    default void checkEnd(InputStream stream) throws IOException {
        if (stream.read() >= 0) {
            throw goesOn();
        }
    }

    /** The file ends after so many records. */
    default Problem truncated(long records) {
        return new Problem("the file ends after " + records + " of the " + records() + " records its header states",
                place(records), "it is truncated: fetch or copy it again");
    }

    private Problem goesOn() {
        return new Problem("the file goes on after the " + records() + " records its header states", name(),
                "the header or the file is damaged: fetch it again");
    }
}
