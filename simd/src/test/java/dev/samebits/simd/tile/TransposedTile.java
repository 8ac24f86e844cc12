package dev.samebits.simd.tile;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of A that lie side by side, as the columns of a matrix that is read transposed. At constant distances from one
 * another, the indices of a step share their checks: at 8 × 3, 54 instructions for 24 fma.
 */
final class TransposedTile extends TileSource {
    TransposedTile(int rows, int vectors) {
        super(rows, vectors);
    }

    @Override
    String name() {
        return "Tile" + rows + "x" + vectors + "Transposed";
    }

    @Override
    String about() {
        return """
                {@link Tile%1$dx%2$d} for a transposed A: %1$d rows that lie side by side. At constant distances from one
                another, the indices of a step share their checks.
                """.formatted(rows, vectors);
    }

    @Override
    String parameters() {
        return "int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride, float[] s, "
                + "int sOffset, int sStride, float[] c, int cOffset, int cStride";
    }

    @Override
    String aboutParameters() {
        return """
                @param a {@code [depth × %1$d]}, element (r, k) at {@code aOffset + r + k * aStride}
                @param b a panel {@code [depth × %2$s]}
                @param s what the sums start from, {@code [%1$d × %2$s]}; may be c
                @param c {@code [%1$d × %2$s]}
                """.formatted(rows, width());
    }

    @Override
    List<String> offsets() {
        List<String> lines = new ArrayList<>();
        for (int r = 1; r < rows; r++) {
            lines.add("int sOffset" + r + " = sOffset + " + times(r, "sStride") + ";");
        }
        return lines;
    }

    @Override
    String start(int r, int v) {
        return "s, sOffset" + (r == 0 ? "" : r) + plusVectors(v);
    }

    @Override
    List<String> loop() {
        List<String> lines = new ArrayList<>();
        lines.add("int bk = bOffset - bStride;");
        lines.add("int ak = aOffset - aStride;");
        lines.add("for (int k = 0; k < depth; k++) {");
        lines.add("    bk += bStride;");
        lines.add("    ak += aStride;");
        lines.addAll(indented(4, rowOfB("bk")));
        for (int r = 0; r < rows; r++) {
            lines.addAll(indented(4, products(r, "a[ak" + (r == 0 ? "" : " + " + r) + "]")));
        }
        lines.add("}");
        return lines;
    }

    @Override
    String end(int r, int v) {
        return "c, cOffset" + plus(r, "cStride") + plusVectors(v);
    }

    @Override
    int a(int r, int k, TileOperands o) {
        return o.aOffset() + r + k * o.aStride();
    }
}
