package dev.samebits.cli.data;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.Block.BadRow;
import dev.samebits.cli.text.Decimal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Turns records into rows of floats; those of a plain file it reads itself. Not thread-safe. */
final class RecordParser implements Parser {
    private final RecordFormat format;
    private final FileChannel file;
    // Of the block that was parsed last.
    private ByteBuffer records;

    /**
     * For one source.
     *
     * @param file whose records are read where they lie, or null for those that the blocks bring along
     */
    RecordParser(RecordFormat format, FileChannel file) {
        this.format = format;
        this.file = file;
    }

    @Override
    public void parse(Block block, WorkSpace space) {
        if (file == null) {
            records = block.records;
        } else {
            records = room(records, block.recordCount * format.width());
            readAt(block, records);
        }
        space.ensureInputs(block.recordCount, format.columns());
        format.decode(records.rewind(), block.recordCount, space.x);
        block.rows = block.recordCount;
        if (format.floating() && !isFinite(space.x, block.rows * format.columns())) {
            sort(block, space.x);
        }
    }

    // Outside the heap, where a channel would copy to first.
    private static ByteBuffer room(ByteBuffer old, int bytes) {
        return (old == null || old.capacity() < bytes ? ByteBuffer.allocateDirect(bytes) : old).clear().limit(bytes);
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
            throw Problem.reading(format.place(block.firstRecord), e);
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
    private void sort(Block block, float[] x) {
        int columns = format.columns();
        int good = 0;
        for (int n = 0; n < block.recordCount; n++) {
            int bad = firstBad(x, n * columns, columns);
            if (bad < 0) {
                System.arraycopy(x, n * columns, x, good++ * columns, columns);
                continue;
            }
            String value = format.text(records, n * columns + bad);
            block.reject(new BadRow(n, n, bad, "'" + value + (Decimal.isNotFinite(value) ? "' is not a finite number"
                    : Decimal.BEYOND), "mend the value where the file is made"));
        }
        block.rows = good;
    }

    @Override
    public void reject(Block block, int row, String what, String mend) {
        int record = block.recordOf(row);
        block.reject(new BadRow(record, record, -1, what, mend));
    }

    @Override
    public void keepBad(Block block) {
        int columns = format.columns();
        block.badRecords.stream().forEach(n -> {
            for (int j = 0; j < columns; j++) {
                block.rejected.append(format.text(records, n * columns + j));
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
}
