package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import java.util.List;

/**
 * Rows of A a constant distance apart, and sums that go straight from S to C: for machines where a tile is so small, and a
 * layer of a small network so short, that a copy of the sums shows. With 16 registers, at 5 × 2, 13 vectors live at a time; 15
 * are too many for JDK 25's C2, which then fetches some from the stack in every turn, and not for JDK 17's. With AArch64's 32
 * and all elements of A loaded first, 29 live at 5 × 4.
 */
final class DirectTile extends TileSource {
    /** Where the rows of A lie, and with it how far apart. */
    enum Rows {
        STRIPS("Direct", "in strips ({@link RowLayout})"),
        SHORT_STRIPS("DirectShort", "in short strips ({@link RowLayout})"),
        PANEL("DirectPanel", "in a panel as wide as the tile"),
        TRANSPOSED("DirectTransposed", "side by side, as the columns of a matrix that is read transposed");

        private final String suffix;
        private final String where;

        Rows(String suffix, String where) {
            this.suffix = suffix;
            this.where = where;
        }
    }

    private final Rows place;

    DirectTile(int rows, int vectors, Rows place) {
        this(rows, vectors, place, false);
    }

    DirectTile(int rows, int vectors, Rows place, boolean bfloat16) {
        super(rows, vectors, bfloat16);
        this.place = place;
    }

    @Override
    String name() {
        return "Tile" + rows + "x" + vectors + place.suffix + suffix();
    }

    private String distance() {
        return switch (place) {
            case STRIPS -> "RowLayout.STRIP_STRIDE";
            case SHORT_STRIPS -> "RowLayout.SHORT_STRIDE";
            case PANEL -> acrossB();
            case TRANSPOSED -> "1";
        };
    }

    private int stride() {
        return switch (place) {
            case STRIPS -> RowLayout.STRIP_STRIDE;
            case SHORT_STRIPS -> RowLayout.SHORT_STRIDE;
            case PANEL -> vectors * Lanes.N;
            case TRANSPOSED -> 1;
        };
    }

    private String from(String offset, int r) {
        return place == Rows.TRANSPOSED ? offset + (r == 0 ? "" : " + " + r) : offset + plus(r, distance());
    }

    @Override
    String about() {
        return """
                The micro-kernel of %s for rows of A %s:
                {@code c[r][v] = s[r][v]}, then {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])} for k ascending; its epilogue
                puts 0 where {@code c[r][v]} is below a threshold.

                <p>The loop counts along b, so that C2 takes the checks of its indices out of it; those of A lie a constant
                distance apart and share two.
                """.formatted(size(), place.where);
    }

    @Override
    String parameters() {
        return "int depth, float[] a, int aOffset, " + (place == Rows.TRANSPOSED ? "int aStride, " : "")
                + parameterB() + ", int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride, "
                + "float threshold";
    }

    @Override
    String aboutParameters() {
        return """
                @param a {@code [%1$d × depth]}, element (r, k) at
                    {@code aOffset + r * %3$s + k%4$s}
                @param b a panel {@code [depth × %2$s]}, dense%5$s
                @param s what the sums start from, {@code [%1$d × %2$s]}; may be c
                @param c {@code [%1$d × %2$s]}
                @param threshold 0 for ReLU, minus infinity for the sums as they are
                """.formatted(rows, width(), distance(), place == Rows.TRANSPOSED ? " * aStride" : "", aboutB());
    }

    @Override
    String start(int r, int v) {
        return "s, sOffset" + plus(r, "sStride") + plusVectors(v);
    }

    @Override
    List<String> loop() {
        return alongB(r -> from("ak", r), place == Rows.TRANSPOSED ? "ak += aStride;" : "ak++;");
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
        return o.aOffset() + r * stride() + k * (place == Rows.TRANSPOSED ? o.aStride() : 1);
    }

    @Override
    float result(float sum, TileOperands o) {
        return sum < o.threshold() ? 0 : sum;
    }
}
