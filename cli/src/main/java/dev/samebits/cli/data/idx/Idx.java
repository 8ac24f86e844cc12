package dev.samebits.cli.data.idx;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.RecordFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * The header of an IDX file of bytes, and reading the records behind it: two zero bytes, the type 0x08, the number of
 * dimensions, then each dimension as a big-endian int. The first dimension counts the records.
 *
 * @param name the file, for messages
 * @param count records
 * @param width bytes of a record: the product of the other dimensions, 1 for labels
 * @param dimensions their number
 */
public record Idx(String name, int count, int width, int dimensions) implements RecordFormat {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int MAX_DIMENSIONS = 8;
    private static final int MAX_WIDTH = 1 << 28;
    private static final float[] SCALED = scaled();

    private static float[] scaled() {
        float[] values = new float[256];
        for (int p = 0; p < values.length; p++) {
            values[p] = p / 255f;
        }
        return values;
    }

    /** Reads the header, leaving the stream at the first record. */
    public static Idx header(String name, InputStream stream) throws IOException {
        byte[] magic = stream.readNBytes(4);
        if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
            throw new Problem("this is no IDX file: it should start with the bytes 00 00, not " + hex(magic), name,
                    "give an IDX or CSV file, or fetch it again");
        }
        if (magic[2] != UNSIGNED_BYTE) {
            throw new Problem("the IDX type is 0x" + String.format("%02x", magic[2])
                    + ", and only 0x08 (unsigned byte) is read",
                    name + ", byte 3", "convert the file to unsigned bytes, or to CSV");
        }
        if (magic[3] < 1 || magic[3] > MAX_DIMENSIONS) {
            throw new Problem("the IDX header states " + (magic[3] & 0xff) + " dimensions, and 1 to " + MAX_DIMENSIONS
                    + " are read", name + ", byte 4", "the file is damaged: fetch it again");
        }
        byte[] sizes = stream.readNBytes(4 * magic[3]);
        if (sizes.length < 4 * magic[3]) {
            throw new Problem("the IDX header ends too early", name, "the file is truncated: fetch or copy it again");
        }
        int[] dimensions = new int[magic[3]];
        long width = 1;
        for (int d = 0; d < dimensions.length; d++) {
            dimensions[d] = ByteBuffer.wrap(sizes).getInt(4 * d);
            width = d == 0 ? 1 : Math.min(width * Math.max(dimensions[d], 0), Integer.MAX_VALUE);
        }
        String shape = Arrays.stream(dimensions).mapToObj(String::valueOf).collect(Collectors.joining(" × "));
        if (dimensions[0] < 1 || width < 1 || width > MAX_WIDTH) {
            throw new Problem("the IDX header states the impossible shape " + shape, name,
                    "the file is damaged: fetch it again");
        }
        return new Idx(name, dimensions[0], (int) width, dimensions.length);
    }

    private static String hex(byte[] bytes) {
        return bytes.length == 0 ? "nothing" : HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    /** Reads record {@code record}, counting from 0, which must be next. */
    public void read(InputStream stream, int record, byte[] into) throws IOException {
        int got = stream.readNBytes(into, 0, width);
        if (got < width) {
            throw truncated(record);
        }
    }

    @Override
    public long records() {
        return count;
    }

    @Override
    public int columns() {
        return width;
    }

    @Override
    public int headerBytes() {
        return 4 + 4 * dimensions;
    }

    @Override
    public boolean floating() {
        return false;
    }

    @Override
    public void decode(ByteBuffer bytes, int records, float[] into) {
        for (int j = 0; j < records * width; j++) {
            into[j] = SCALED[bytes.get(j) & 0xff];
        }
    }

    /** The bytes of a record as inputs of a network: each byte p becomes {@code p / 255f}, correctly rounded. */
    public static void scale(byte[] record, float[] into, int offset) {
        for (int j = 0; j < record.length; j++) {
            into[offset + j] = SCALED[record[j] & 0xff];
        }
    }
}
