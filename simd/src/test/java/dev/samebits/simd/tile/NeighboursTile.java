package dev.samebits.simd.tile;

import java.util.ArrayList;
import java.util.List;

/** One row of A and several neighbouring panels: its rows of sums are the panels'. */
final class NeighboursTile extends TileSource {
    NeighboursTile(int panels, int vectors) {
        super(panels, vectors);
    }

    @Override
    String name() {
        return "Tile1x" + rows + "x" + vectors;
    }

    @Override
    String about() {
        return """
                The micro-kernel of 1 row × %1$d neighbouring panels × %2$s: {@code c[v] = s[v]}, then
                {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending. With one row the weights are read once and the loads
                are the limit: %1$d panels at a time keep %1$d streams of them in flight.
                """.formatted(rows, width());
    }

    @Override
    String parameters() {
        return "int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s, int sOffset, float[] c, "
                + "int cOffset";
    }

    @Override
    String aboutParameters() {
        return """
                @param a {@code [depth]}
                @param b %1$d panels {@code [depth × %2$s]}, dense, one behind the other
                @param s what the sums start from, {@code [%1$d × %2$s]}; may be c
                @param c {@code [%1$d × %2$s]}
                """.formatted(rows, width());
    }

    @Override
    List<String> offsets() {
        List<String> lines = new ArrayList<>();
        lines.add("int panel = depth * " + floatsAcross() + ";");
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
        lines.add("    int bk = k * " + floatsAcross() + ";");
        lines.add("    FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + k]);");
        for (int p = 0; p < rows; p++) {
            for (int v = 0; v < vectors; v++) {
                String row = load("b, bOffset" + (p == 0 ? "" : p) + " + bk" + plusVectors(v));
                lines.add("    " + sum(p, v) + " = x.fma(" + row + ", " + sum(p, v) + ");");
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
        return o.bOffset() + (p * o.depth() + k) * o.bStride() + column;
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
