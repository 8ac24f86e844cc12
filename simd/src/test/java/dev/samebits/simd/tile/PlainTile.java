package dev.samebits.simd.tile;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of A any distance apart, and as many of them as there are. The step along a row of A is one, so that C2 takes the
 * checks of A's indices out of the loop; that along b is a variable, or C2 would make a multiplication of it: at 8 × 3, 64
 * instructions for 24 fma, 73 with a variable step along A.
 */
final class PlainTile extends TileSource {
    PlainTile(int rows, int vectors) {
        super(rows, vectors);
    }

    @Override
    String name() {
        return "Tile" + rows + "x" + vectors;
    }

    @Override
    String about() {
        return """
                The micro-kernel of %s: {@code c[r][v] = s[r][v]}, then {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])}
                for k ascending.

                <p>It stands alone in its method, from loads of s to stores of c: with a call in front or behind, C2 gives up
                inlining and boxes every accumulator. The step along a row of A is one, so that C2 takes the checks of A's
                indices out of the loop; that along b is a variable, or C2 would make a multiplication of it.
                """.formatted(size());
    }

    @Override
    String parameters() {
        return "int rows, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride, "
                + "float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride";
    }

    @Override
    String aboutParameters() {
        return """
                @param rows rows of c to compute, 1 to %1$d; missing ones repeat the last, which stores the same bits again
                @param a {@code [%1$d × depth]}, element (r, k) at {@code aOffset + r * aStride + k}
                @param b a panel {@code [depth × %2$s]}
                @param s what the sums start from, {@code [%1$d × %2$s]}; may be c
                @param c {@code [%1$d × %2$s]}
                """.formatted(rows, width());
    }

    @Override
    List<String> offsets() {
        List<String> lines = new ArrayList<>();
        lines.add("int last = rows - 1;");
        for (String of : List.of("a", "s", "c")) {
            for (int r = 1; r < rows; r++) {
                lines.add("int " + offset(of, r) + " = " + of + "Offset + Math.min(" + r + ", last) * " + of + "Stride;");
            }
        }
        return lines;
    }

    @Override
    String start(int r, int v) {
        return "s, " + offset("s", r) + plusVectors(v);
    }

    @Override
    List<String> loop() {
        List<String> lines = new ArrayList<>();
        lines.add("int bk = bOffset - bStride;");
        lines.add("for (int k = 0; k < depth; k++) {");
        lines.add("    bk += bStride;");
        lines.addAll(indented(4, rowOfB("bk")));
        for (int r = 0; r < rows; r++) {
            lines.addAll(indented(4, products(r, "a[" + offset("a", r) + " + k]")));
        }
        lines.add("}");
        return lines;
    }

    @Override
    String end(int r, int v) {
        return "c, " + offset("c", r) + plusVectors(v);
    }

    private static String offset(String of, int r) {
        return of + "Offset" + (r == 0 ? "" : r);
    }

    @Override
    int a(int r, int k, TileOperands o) {
        return o.aOffset() + r * o.aStride() + k;
    }
}
