package dev.samebits.cli;

import dev.samebits.cli.Block.BadRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Rows of a file of equal records. From a plain file each block is read where it is parsed, so by several threads at a time;
 * a stream, packed or not, is read in order.
 */
final class RecordSource implements Source {
    private static final int BLOCK_BYTES = 1 << 18;

    private final Input input;
    private final RecordFormat format;
    // The plain file, or null.
    private final FileChannel file;
    private final int blockRecords;
    private long taken;

    /**
     * The records behind the header, which the input's stream has passed.
     *
     * @param batch most rows of a block
     */
    RecordSource(Input input, RecordFormat format, int batch) {
        this.input = input;
        this.format = format;
        this.blockRecords = Math.max(1, Math.min(batch, BLOCK_BYTES / format.width()));
        try {
            this.file = input.plainFile() == null ? null : FileChannel.open(input.plainFile());
            if (file != null) {
                format.checkSize(file.size());
            }
        } catch (IOException e) {
            throw Problem.reading(input.name(), e);
        }
    }

    @Override
    public int columns() {
        return format.columns();
    }

    @Override
    public long size() {
        return format.records();
    }

    @Override
    public String[] idNames() {
        return new String[0];
    }

    @Override
    public boolean hasHeader() {
        return false;
    }

    @Override
    public boolean take(Block block) {
        block.firstRecord = taken;
        block.recordCount = (int) Math.min(blockRecords, format.records() - taken);
        taken += block.recordCount;
        try {
            if (file == null && block.recordCount > 0) {
                block.records = room(block.records, block.recordCount * format.width(), false);
                ByteBuffer bytes = block.records;
                int read = input.stream().readNBytes(bytes.array(), 0, bytes.limit());
                if (read < bytes.limit()) {
                    throw format.truncated(block.firstRecord + read / format.width());
                }
            }
            if (file == null && taken == format.records()) {
                format.checkEnd(input.stream());
            }
        } catch (IOException e) {
            throw Problem.reading(place(block.firstRecord), e);
        }
        return block.recordCount > 0;
    }

    private static ByteBuffer room(ByteBuffer old, int bytes, boolean direct) {
        ByteBuffer buffer = old;
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
        }
        return buffer.clear().limit(bytes);
    }

    @Override
    public void parse(Block block, WorkSpace space) {
        ByteBuffer bytes = block.records;
        if (file != null) {
            space.records = room(space.records, block.recordCount * format.width(), true);
            bytes = space.records;
            readAt(block, bytes);
        }
        space.ensureInputs(block.recordCount, format.columns());
        format.decode(bytes.rewind(), block.recordCount, space.x);
        block.rows = block.recordCount;
        if (format.floating() && !isFinite(space.x, block.rows * format.columns())) {
            sort(block, space.x, bytes);
        }
    }

    private void readAt(Block block, ByteBuffer bytes) {
        long start = format.headerBytes() + block.firstRecord * format.width();
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, start + bytes.position()) < 0) {
                    throw format.truncated(block.firstRecord + bytes.position() / format.width());
                }
            }
        } catch (IOException e) {
            throw Problem.reading(place(block.firstRecord), e);
        }
    }

    // Finite values times 0 are 0, the others NaN. Eight sums, since each waits for its own last one.
    private static boolean isFinite(float[] x, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            s0 = Math.fma(x[i], 0f, s0);
            s1 = Math.fma(x[i + 1], 0f, s1);
            s2 = Math.fma(x[i + 2], 0f, s2);
            s3 = Math.fma(x[i + 3], 0f, s3);
            s4 = Math.fma(x[i + 4], 0f, s4);
            s5 = Math.fma(x[i + 5], 0f, s5);
            s6 = Math.fma(x[i + 6], 0f, s6);
            s7 = Math.fma(x[i + 7], 0f, s7);
        }
        for (; i < count; i++) {
            s0 = Math.fma(x[i], 0f, s0);
        }
        return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 == 0;
    }

    // Moves the good rows together.
    private void sort(Block block, float[] x, ByteBuffer bytes) {
        int columns = format.columns();
        int good = 0;
        for (int n = 0; n < block.recordCount; n++) {
            int bad = firstBad(x, n * columns, columns);
            if (bad < 0) {
                System.arraycopy(x, n * columns, x, good++ * columns, columns);
                continue;
            }
            String value = format.text(bytes, n * columns + bad);
            block.reject(new BadRow(n, n, bad, "'" + value + (Decimal.isNotFinite(value) ? "' is not a finite number"
                    : CsvTable.BEYOND), "mend the value where the file is made"));
        }
        block.rows = good;
    }

    @Override
    public void reject(Block block, WorkSpace space, int row, String what, String mend) {
        int record = block.recordOf(row);
        block.reject(new BadRow(record, record, -1, what, mend));
    }

    @Override
    public void keepBad(Block block, WorkSpace space) {
        ByteBuffer bytes = file == null ? block.records : space.records;
        int columns = format.columns();
        block.badRecords.stream().forEach(n -> {
            for (int j = 0; j < columns; j++) {
                block.rejected.append(format.text(bytes, n * columns + j));
                block.rejected.append(j + 1 < columns ? ',' : '\n');
            }
        });
    }

    private static int firstBad(float[] x, int from, int count) {
        for (int j = 0; j < count; j++) {
            if (!(Math.abs(x[from + j]) <= Float.MAX_VALUE)) {
                return j;
            }
        }
        return -1;
    }

    @Override
    public Problem problem(Block block, long linesBefore) {
        BadRow bad = block.bad;
        return new Problem(bad.what(), place(block.firstRecord + bad.record())
                + (bad.column() < 0 ? "" : ", column " + (bad.column() + 1)), bad.mend());
    }

    @Override
    public String place(long number) {
        return format.name() + ", row " + (number + 1);
    }

    @Override
    public double fraction() {
        return format.records() == 0 ? 1 : (double) taken / format.records();
    }

    @Override
    public String badHeader() {
        return null;
    }

    @Override
    public void close() {
        input.close();
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw Problem.reading(input.name(), e);
        }
    }
}
