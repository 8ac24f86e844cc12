package dev.samebits.simd.tile;

import dev.samebits.simd.tile.DirectTile.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes every tile of the main sources. To add one, add a line to {@link #TILES}; how a form is written stands in its
 * class. Then let the tiles be written:
 *
 * <pre>
 * mvn -pl simd -am test -Dtest=TilesAreWrittenTest -Dsurefire.failIfNoSpecifiedTests=false -Dsamebits.tiles=write
 * </pre>
 */
final class TileWriter {
    static final List<TileSource> TILES = withDirect(
            new PlainTile(8, 3),
            new PlainTile(4, 3),
            new PlainTile(6, 4),
            new PlainTile(5, 4),
            new PlainTile(8, 2),
            new PlainTile(6, 2),
            new PlainTile(8, 1),
            new TransposedTile(8, 3),
            new TransposedTile(4, 3),
            new TransposedTile(6, 4),
            new TransposedTile(8, 2),
            new TransposedTile(8, 1),
            new StripTile(8, 3),
            new StripTile(6, 4),
            new SingleRowTile(4),
            new SingleRowTile(3),
            new SingleRowTile(2),
            new SingleRowTile(1),
            new NeighboursTile(4, 3),
            new NeighboursTile(4, 2),
            new NeighboursTile(2, 4),
            new NeighboursTile(3, 4, true),
            new NeighboursTile(1, 4, true),
            new NeighboursTile(3, 2, true),
            new NeighboursTile(1, 2, true));

    private TileWriter() {}

    // Behind these the tiles of any number of rows, for each place where rows may lie, and where those of inference do: up to
    // 6 × 2, and up to 5 × 4.
    private static List<TileSource> withDirect(TileSource... tiles) {
        List<TileSource> all = new ArrayList<>(List.of(tiles));
        for (Rows place : Rows.values()) {
            direct(place, false, all);
        }
        direct(Rows.STRIPS, true, all);
        direct(Rows.SHORT_STRIPS, true, all);
        return List.copyOf(all);
    }

    private static void direct(Rows place, boolean bfloat16, List<TileSource> all) {
        Stream.of(6, 5, 4, 3, 2).forEach(rows -> all.add(new DirectTile(rows, 2, place, bfloat16)));
        Stream.of(5, 4, 3, 2).forEach(rows -> all.add(new DirectTile(rows, 4, place, bfloat16)));
    }

    static String file(TileSource tile) {
        return tile.name() + ".java";
    }

    /** The files of tiles in a folder: those whose names have a number of rows. */
    static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("Tile\\d.*")).toList();
        }
    }

    /** Writes all tiles, and deletes those that are not in the list any more. */
    static void writeTo(Path folder) throws IOException {
        for (String file : filesIn(folder)) {
            Files.delete(folder.resolve(file));
        }
        for (TileSource tile : TILES) {
            Files.writeString(folder.resolve(file(tile)), tile.text());
        }
    }
}
