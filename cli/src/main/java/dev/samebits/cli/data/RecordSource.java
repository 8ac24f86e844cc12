package dev.samebits.cli.data;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.Block.BadRow;
import dev.samebits.cli.file.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Rows of a file of equal records. From a plain file each block is read where it is parsed, so by several threads at a time;
 * a stream, packed or not, is read in order.
 */
public final class RecordSource implements Source {
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
    public RecordSource(Input input, RecordFormat format, int batch) {
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
                int length = block.recordCount * format.width();
                if (block.records == null || block.records.capacity() < length) {
                    block.records = ByteBuffer.allocate(length);
                }
                ByteBuffer bytes = block.records.clear().limit(length);
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

    @Override
    public Parser parser() {
        return new RecordParser(format, file);
    }

    @Override
    public Problem problem(Block block, long linesBefore) {
        BadRow bad = block.bad;
        return new Problem(bad.what(), place(block.firstRecord + bad.record())
                + (bad.column() < 0 ? "" : ", column " + (bad.column() + 1)), bad.mend());
    }

    @Override
    public String place(long number) {
        return format.place(number);
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
