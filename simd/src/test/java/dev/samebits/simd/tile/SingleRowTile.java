package dev.samebits.simd.tile;

import java.util.ArrayList;
import java.util.List;

/** One row of A, any distance between its elements. */
final class SingleRowTile extends TileSource {
    SingleRowTile(int vectors) {
        super(1, vectors);
    }

    @Override
    String name() {
        return "Tile1x" + vectors;
    }

    @Override
    String about() {
        return """
                The micro-kernel of %s: {@code c[v] = s[v]}, then {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending.

                <p>It stands alone in its method, from loads of s to stores of c: with a call in front or behind, C2 gives up
                inlining and boxes every accumulator.
                """.formatted(size());
    }

    @Override
    String parameters() {
        return "int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, float[] s, int sOffset, "
                + "float[] c, int cOffset";
    }

    @Override
    String aboutParameters() {
        return """
                @param a {@code [depth]}, element k at {@code aOffset + k * aStride}
                @param b a panel {@code [depth × %1$s]}, dense
                @param s what the sums start from, {@code [%1$s]}; may be c
                @param c {@code [%1$s]}
                """.formatted(width());
    }

    @Override
    String start(int r, int v) {
        return "s, sOffset" + plusVectors(v);
    }

    @Override
    List<String> loop() {
        List<String> lines = new ArrayList<>();
        lines.add("for (int k = 0; k < depth; k++) {");
        lines.add("    int bk = bOffset + k * " + acrossB() + ";");
        lines.addAll(indented(4, rowOfB("bk")));
        lines.add("    int step = k * aStride;");
        lines.addAll(indented(4, products(0, "a[aOffset + step]")));
        lines.add("}");
        return lines;
    }

    @Override
    String end(int r, int v) {
        return "c, cOffset" + plusVectors(v);
    }

    @Override
    int a(int r, int k, TileOperands o) {
        return o.aOffset() + k * o.aStride();
    }
}
