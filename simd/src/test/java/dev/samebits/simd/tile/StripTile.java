package dev.samebits.simd.tile;

import java.util.List;

/**
 * Rows of A in strips ({@link RowLayout}), and sums in an array of their own. The loop counts along b, so that C2 takes the
 * checks of its indices out of it; those of A lie a constant distance apart and share two. At 8 × 3, 46 instructions for 24
 * fma, where {@link PlainTile} has 58 to 63.
 */
final class StripTile extends TileSource {
    StripTile(int rows, int vectors) {
        super(rows, vectors);
    }

    @Override
    String name() {
        return "Tile" + rows + "x" + vectors + "Strip";
    }

    @Override
    String about() {
        return """
                The micro-kernel of %s for rows of A in strips ({@link RowLayout}):
                {@code sums[r][v] = fma(a[r][k], b[k][v], sums[r][v])} for k ascending.

                <p>The loop counts along b, so that C2 takes the checks of its indices out of it; those of A lie a constant
                distance apart and share two. The sums have an array of their own at constant places, so that C2 has a
                register for every number of the loop: with one more it keeps some in vector registers, and each that it
                fetches takes a turn of an FMA unit.
                """.formatted(size());
    }

    @Override
    String parameters() {
        return "int depth, float[] a, int aOffset, float[] b, int bOffset, float[] sums";
    }

    @Override
    String aboutParameters() {
        return """
                @param a {@code [%1$d × depth]}, element (r, k) at {@code aOffset + r * RowLayout.STRIP_STRIDE + k}
                @param b a panel {@code [depth × %2$s]}, dense
                @param sums {@code [%1$d × %2$s]}, dense, from {@link Panels#START}
                """.formatted(rows, width());
    }

    @Override
    String start(int r, int v) {
        return "sums, Panels.START" + plusVectors(r * vectors + v);
    }

    @Override
    List<String> loop() {
        return alongB(r -> "ak" + plus(r, "RowLayout.STRIP_STRIDE"), "ak++;");
    }

    @Override
    String end(int r, int v) {
        return start(r, v);
    }

    @Override
    int a(int r, int k, TileOperands o) {
        return o.aOffset() + r * RowLayout.STRIP_STRIDE + k;
    }

    @Override
    int s(int r, int column, TileOperands o) {
        return Panels.START + r * o.bStride() + column;
    }

    @Override
    int c(int r, int column, TileOperands o) {
        return s(r, column, o);
    }

    @Override
    boolean inPlace() {
        return true;
    }
}
