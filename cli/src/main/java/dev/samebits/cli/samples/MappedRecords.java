package dev.samebits.cli.samples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * Records of one width in a file, read in any order without being held in memory: the file is mapped, in pieces of whole
 * records, since one mapping ends at 2 GiB. Stays readable when the channel is closed. Thread-safe.
 */
final class MappedRecords {
    private static final int PIECE = 1 << 30;

    private final int width;
    private final int count;
    private final int perPiece;
    private final ByteBuffer[] pieces;
    private final FloatBuffer[] floats;

    /**
     * Maps a part of a file.
     *
     * @param start where the first record starts
     * @param width bytes of a record
     */
    MappedRecords(FileChannel channel, long start, int width, int count) throws IOException {
        this.width = width;
        this.count = count;
        this.perPiece = Math.max(1, PIECE / width);
        this.pieces = new ByteBuffer[(int) ((count + (perPiece - 1L)) / perPiece)];
        this.floats = new FloatBuffer[pieces.length];
        for (int p = 0; p < pieces.length; p++) {
            long from = (long) p * perPiece;
            long bytes = Math.min(perPiece, count - from) * width;
            pieces[p] = channel.map(MapMode.READ_ONLY, start + from * width, bytes).order(ByteOrder.LITTLE_ENDIAN);
            floats[p] = pieces[p].asFloatBuffer();
        }
    }

    int count() {
        return count;
    }

    /** Bytes of a record. */
    int width() {
        return width;
    }

    /** Copies a record. */
    void bytes(int index, byte[] into) {
        pieces[index / perPiece].get(index % perPiece * width, into, 0, width);
    }

    /** The first byte of a record, 0 to 255. */
    int first(int index) {
        return pieces[index / perPiece].get(index % perPiece * width) & 0xff;
    }

    /** Copies a part of a record of little-endian floats. */
    void floats(int index, int from, float[] into, int offset, int length) {
        floats[index / perPiece].get(index % perPiece * (width / Float.BYTES) + from, into, offset, length);
    }
}
