package dev.samebits.simd.tile;

import java.util.ArrayList;
import java.util.List;

/**
 * All rows of a {@link PlainTile}, whose sums start from one row: its vectors are loaded once, and only the offsets of A's
 * rows and C's are computed.
 */
final class BiasTile extends PlainTile {
    BiasTile(int rows, int vectors) {
        super(rows, vectors);
    }

    @Override
    String name() {
        return super.name() + "Bias";
    }

    @Override
    String about() {
        return """
                {@link Tile%1$dx%2$d} for %1$d rows whose sums all start from one row, of biases or of zeros: the
                vectors of that row are loaded once.
                """.formatted(rows, vectors);
    }

    @Override
    String parameters() {
        return "int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride, float[] s, "
                + "int sOffset, float[] c, int cOffset, int cStride";
    }

    @Override
    String aboutParameters() {
        return """
                @param a {@code [%1$d × depth]}, element (r, k) at {@code aOffset + r * aStride + k}
                @param b a panel {@code [depth × %2$s]}
                @param s what the sums of every row start from, {@code [%2$s]}
                @param c {@code [%1$d × %2$s]}
                """.formatted(rows, width());
    }

    @Override
    List<String> offsets() {
        List<String> lines = new ArrayList<>();
        for (String of : List.of("a", "c")) {
            for (int r = 1; r < rows; r++) {
                lines.add("int " + offset(of, r) + " = " + of + "Offset + " + times(r, of + "Stride") + ";");
            }
        }
        return lines;
    }

    @Override
    String start(int r, int v) {
        return "s, sOffset" + plusVectors(v);
    }

    @Override
    int s(int r, int column, TileOperands o) {
        return o.sOffset() + column;
    }
}
