package dev.samebits.simd.tile;

import java.util.List;

/** A program that calls tiles until C2 has compiled them, for {@link TileCodeTest} to see what it made of them. */
final class TileCalls {
    private static final int CALLS = 20_000;

    private TileCalls() {}

    /** Calls the tiles of these names. */
    public static void main(String[] names) throws ReflectiveOperationException {
        for (TileSource tile : TileWriter.TILES) {
            if (List.of(names).contains(tile.name())) {
                TileChecker.repeat(tile, Class.forName(TileWriter.class.getPackageName() + "." + tile.name()), CALLS);
            }
        }
    }
}
