package dev.samebits.simd.tile;

import dev.samebits.simd.tile.DirectTile.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes every tile of the main sources, and what chooses among those of any number of rows. To add one, add a line to
 * {@link #TILES}; how a form is written stands in its class. Then let the tiles be written:
 *
 * <pre>
 * mvn -pl simd -am test -Dtest=TilesAreWrittenTest -Dsurefire.failIfNoSpecifiedTests=false -Dsamebits.tiles=write
 * </pre>
 */
final class TileWriter {
    /** Where rows of inference lie. */
    static final List<Rows> INFERENCE = List.of(Rows.STRIPS, Rows.SHORT_STRIPS);
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
            new NeighboursTile(2, 4, true),
            new NeighboursTile(1, 4, true),
            new NeighboursTile(3, 2, true),
            new NeighboursTile(1, 2, true));

    /** What chooses among the direct ones. */
    static final List<DirectChoice> CHOICES = List.of(new DirectChoice(2, false), new DirectChoice(4, false),
            new DirectChoice(2, true), new DirectChoice(4, true));

    private TileWriter() {}

    /** Rows of the direct tiles of so many vectors. */
    static List<Integer> heights(int vectors) {
        return vectors == 2 ? List.of(6, 5, 4, 3, 2) : List.of(5, 4, 3, 2);
    }

    // Behind these the tiles of any number of rows, for each place where rows may lie, and where those of inference do.
    private static List<TileSource> withDirect(TileSource... tiles) {
        List<TileSource> all = new ArrayList<>(List.of(tiles));
        for (Rows place : Rows.values()) {
            direct(place, false, all);
        }
        INFERENCE.forEach(place -> direct(place, true, all));
        return List.copyOf(all);
    }

    private static void direct(Rows place, boolean bfloat16, List<TileSource> all) {
        for (int vectors : new int[] {2, 4}) {
            heights(vectors).forEach(rows -> all.add(new DirectTile(rows, vectors, place, bfloat16)));
        }
    }

    static String file(TileSource tile) {
        return tile.name() + ".java";
    }

    /** Every file, by its name. */
    static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        TILES.forEach(tile -> files.put(file(tile), tile.text()));
        CHOICES.forEach(choice -> files.put(choice.name() + ".java", choice.text()));
        return files;
    }

    /** The files in a folder that are written here: those whose names have a number of rows, or of vectors. */
    static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("Tile\\d.*|.*Vector.*Tiles.*"))
                    .toList();
        }
    }

    /** Writes all files, and deletes those that are not in the lists any more. */
    static void writeTo(Path folder) throws IOException {
        for (String file : filesIn(folder)) {
            Files.delete(folder.resolve(file));
        }
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
