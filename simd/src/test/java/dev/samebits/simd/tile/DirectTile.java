package dev.samebits.simd.tile;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of A in strips, as {@link StripTile} has them, and sums that go straight from S to C: for 16 registers, where a tile
 * is so small, and a layer of a small network so short, that a copy of the sums shows. At 5 × 2, 13 vectors live at a time;
 * 15 are too many for C2, which then fetches some from the stack in every turn.
 */
final class DirectTile extends TileSource {
    /** How far apart the rows of A are. */
    enum Strip {
        LONG("", "STRIP_STRIDE", RowLayout.STRIP_STRIDE),
        SHORT("Short", "SHORT_STRIDE", RowLayout.SHORT_STRIDE);

        private final String suffix;
        private final String constant;
        private final int stride;

        Strip(String suffix, String constant, int stride) {
            this.suffix = suffix;
            this.constant = constant;
            this.stride = stride;
        }
    }

    private final Strip strip;

    DirectTile(int rows, int vectors, Strip strip) {
        super(rows, vectors);
        this.strip = strip;
    }

    @Override
    String name() {
        return "Tile" + rows + "x" + vectors + "Direct" + strip.suffix;
    }

    @Override
    String about() {
        return """
                The micro-kernel of %s for rows of A in strips ({@link RowLayout}), with an epilogue:
                {@code c[r][v] = s[r][v]}, then {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])} for k ascending, then 0 where
                {@code c[r][v]} is below a threshold.

                <p>The loop counts along b, so that C2 takes the checks of its indices out of it; those of A lie a constant
                distance apart and share two.
                """.formatted(size());
    }

    @Override
    String parameters() {
        return "int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s, int sOffset, int sStride, float[] c, "
                + "int cOffset, int cStride, float threshold";
    }

    @Override
    String aboutParameters() {
        return """
                @param a {@code [%1$d × depth]}, element (r, k) at {@code aOffset + r * RowLayout.%3$s + k}
                @param b a panel {@code [depth × %2$s]}, dense
                @param s what the sums start from, {@code [%1$d × %2$s]}; may be c
                @param c {@code [%1$d × %2$s]}
                @param threshold 0 for ReLU, minus infinity for the sums as they are
                """.formatted(rows, width(), strip.constant);
    }

    @Override
    String start(int r, int v) {
        return "s, sOffset" + plus(r, "sStride") + plusVectors(v);
    }

    @Override
    List<String> loop() {
        List<String> lines = new ArrayList<>();
        lines.add("int end = bOffset + depth * " + floatsAcross() + ";");
        lines.add("int ak = aOffset;");
        lines.add("for (int bk = bOffset; bk < end; bk += " + times(vectors, "Lanes.N") + ") {");
        lines.addAll(indented(4, rowOfB("bk")));
        for (int r = 0; r < rows; r++) {
            lines.addAll(indented(4, products(r, "a[ak" + plus(r, "RowLayout." + strip.constant) + "]")));
        }
        lines.add("    ak++;");
        lines.add("}");
        return lines;
    }

    @Override
    String result(int r, int v) {
        return sum(r, v) + ".blend(0f, " + sum(r, v) + ".compare(VectorOperators.LT, threshold))";
    }

    @Override
    String end(int r, int v) {
        return "c, cOffset" + plus(r, "cStride") + plusVectors(v);
    }

    @Override
    int a(int r, int k, TileOperands o) {
        return o.aOffset() + r * strip.stride + k;
    }

    @Override
    float result(float sum, TileOperands o) {
        return sum < o.threshold() ? 0 : sum;
    }
}
