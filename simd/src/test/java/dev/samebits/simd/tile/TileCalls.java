package dev.samebits.simd.tile;

/** A program that calls tiles until C2 has compiled them, for {@link TileCodeTest} to see what it made of them. */
final class TileCalls {
    private static final int CALLS = 20_000;

    private TileCalls() {}

    /** Calls the tiles that are made for the registers of this JVM's processor. */
    public static void main(String[] none) throws ReflectiveOperationException {
        for (TileSource tile : Processor.named(System.getProperty("os.arch")).findAny().orElseThrow().tiles()) {
            TileChecker.repeat(tile, Class.forName(TileWriter.class.getPackageName() + "." + tile.name()), CALLS);
        }
    }
}
