package dev.samebits.cli;

import dev.samebits.Matrix;
import java.io.IOException;
import java.io.InputStream;

/** The records of an IDX file as rows: each byte p becomes {@code p / 255f}, correctly rounded. */
final class IdxRows implements Rows {
    private static final float[] SCALED = scaled();

    private final Input input;
    private final InputStream stream;
    private final Idx idx;
    private final byte[] record;
    private int done;

    IdxRows(Input input) {
        this.input = input;
        this.stream = input.stream();
        try {
            this.idx = Idx.header(input.name(), stream);
        } catch (IOException e) {
            throw Problem.reading(input.name(), e);
        }
        this.record = new byte[idx.width()];
    }

    private static float[] scaled() {
        float[] values = new float[256];
        for (int p = 0; p < values.length; p++) {
            values[p] = p / 255f;
        }
        return values;
    }

    /** The bytes as inputs of a network. */
    static void scale(byte[] record, float[] into, int offset) {
        for (int j = 0; j < record.length; j++) {
            into[offset + j] = SCALED[record[j] & 0xff];
        }
    }

    @Override
    public int columns() {
        return idx.width();
    }

    @Override
    public long size() {
        return idx.count();
    }

    @Override
    public int read(Matrix into) {
        try {
            int rows = Math.min(into.rows(), idx.count() - done);
            for (int n = 0; n < rows; n++) {
                idx.read(stream, done++, record);
                scale(record, into.data(), into.rowOffset(n));
            }
            if (rows > 0 && done == idx.count()) {
                idx.checkEnd(stream);
            }
            return rows;
        } catch (IOException e) {
            throw Problem.reading(input.name() + ", row " + (done + 1L), e);
        }
    }

    @Override
    public String place(long number) {
        return input.name() + ", row " + (number + 1);
    }

    @Override
    public String[] names() {
        return null;
    }

    @Override
    public void close() {
        input.close();
    }
}
