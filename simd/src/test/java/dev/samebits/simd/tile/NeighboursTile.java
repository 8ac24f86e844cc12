package dev.samebits.simd.tile;

import java.util.ArrayList;
import java.util.List;

/** One row of A and several neighbouring panels: its rows of sums are the panels'. */
final class NeighboursTile extends TileSource {
    NeighboursTile(int panels, int vectors) {
        this(panels, vectors, false);
    }

    NeighboursTile(int panels, int vectors, boolean bfloat16) {
        super(panels, vectors, bfloat16);
    }

    @Override
    String name() {
        return "Tile1x" + rows + "x" + vectors + suffix();
    }

    @Override
    String about() {
        return """
                The micro-kernel of 1 row × %1$s × %2$s: {@code c[v] = s[v]}, then
                {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending.%3$s
                """.formatted(rows == 1 ? "1 panel" : rows + " neighbouring panels", width(), rows == 1 ? "" : """
                 With one row the weights are read once and the loads
                are the limit: %1$d panels at a time keep %1$d streams of them in flight.""".formatted(rows));
    }

    @Override
    String parameters() {
        return "int depth, float[] a, int aOffset, " + parameterB() + ", int bOffset, float[] s, int sOffset, float[] c, "
                + "int cOffset";
    }

    @Override
    String aboutParameters() {
        return """
                @param a {@code [depth]}
                @param b %4$s {@code [depth × %2$s]}, dense%3$s
                @param s what the sums start from, {@code [%1$d × %2$s]}; may be c
                @param c {@code [%1$d × %2$s]}
                """.formatted(rows, width(), (rows == 1 ? "" : ", one behind the other") + aboutB(),
                rows == 1 ? "a panel" : rows + " panels");
    }

    @Override
    List<String> offsets() {
        if (rows == 1) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("int panel = depth * " + acrossB() + ";");
        for (int p = 1; p < rows; p++) {
            lines.add("int bOffset" + p + " = bOffset + " + times(p, "panel") + ";");
        }
        return lines;
    }

    @Override
    String start(int p, int v) {
        return "s, sOffset" + plusVectors(p * vectors + v);
    }

    @Override
    List<String> loop() {
        List<String> lines = new ArrayList<>();
        lines.add("for (int k = 0; k < depth; k++) {");
        lines.add("    int bk = k * " + acrossB() + ";");
        lines.add("    FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + k]);");
        for (int p = 0; p < rows; p++) {
            for (int v = 0; v < vectors; v++) {
                String row = "bOffset" + (p == 0 ? "" : p) + " + bk";
                String pairs = "w" + p + v / 2;
                if (bfloat16 && v % 2 == 0) {
                    lines.add("    " + loadPairs(pairs, row + plusVectors(v / 2)));
                }
                String weights = bfloat16 ? half(pairs, v) : load("b, " + row + plusVectors(v));
                lines.add("    " + sum(p, v) + " = x.fma(" + weights + ", " + sum(p, v) + ");");
            }
        }
        lines.add("}");
        return lines;
    }

    @Override
    String end(int p, int v) {
        return "c, cOffset" + plusVectors(p * vectors + v);
    }

    @Override
    int a(int p, int k, TileOperands o) {
        return o.aOffset() + k;
    }

    @Override
    int b(int p, int k, int column, TileOperands o) {
        return o.bOffset() + (p * o.depth() + k) * bStride(o) + column;
    }

    @Override
    int s(int p, int column, TileOperands o) {
        return o.sOffset() + p * o.bStride() + column;
    }

    @Override
    int c(int p, int column, TileOperands o) {
        return o.cOffset() + p * o.bStride() + column;
    }
}
