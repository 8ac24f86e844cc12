package dev.samebits.simd.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What C2 makes of the tiles for 16 registers: a loop with all of their multiply-adds, no vector that goes to the stack or
 * comes from it, and few other instructions. A tile that boxes has no such loop. Needs an x86-64 processor with AVX2, and
 * objdump, of Debian's package binutils.
 */
class TileCodeTest {
    /** Beside multiply-adds and a load for each row and vector: indices and their checks, the loop, halves made floats. */
    private static final int MOST_OTHERS = 18;
    private static final List<TileSource> TILES = TileWriter.TILES.stream()
            .filter(tile -> tile instanceof DirectTile && (tile.rows == DirectTiles.HEIGHT || tile.rows == 4)
                    || tile instanceof NeighboursTile && tile.bfloat16 && tile.rows > 1 && tile.vectors == 2).toList();

    @TempDir
    Path folder;

    @Test
    void noTileSpillsOrBoxes() throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "this is no x86-64 processor");
        Assumptions.assumeTrue(hasObjdump(), "objdump is missing");
        String log = compiled();
        for (TileSource tile : TILES) {
            MachineLoop loop = MachineLoop.of(codeOf(tile, log), folder);
            int multiplyAdds = tile.rows * tile.vectors;
            assertThat(loop.multiplyAdds()).as("%s: multiply-adds in its loop", tile.name()).isEqualTo(multiplyAdds);
            assertThat(loop.spills()).as("%s: vectors on the stack in %s", tile.name(), loop).isZero();
            assertThat(loop.instructions().size() - multiplyAdds - tile.rows - tile.vectors)
                    .as("%s: other instructions in %s", tile.name(), loop).isLessThanOrEqualTo(MOST_OTHERS);
        }
    }

    private static boolean hasObjdump() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "objdump")));
    }

    // Of a JVM that has 16 registers whatever the machine.
    private String compiled() throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-Dsamebits.simd.bits=256", "-XX:UseAVX=2", "-Xbatch",
                "-XX:+UnlockDiagnosticVMOptions", "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=print," + TileWriter.class.getPackageName() + ".Tile*::multiply",
                "-cp", System.getProperty("java.class.path"), TileCalls.class.getName()));
        TILES.forEach(tile -> command.add(tile.name()));
        Process calls = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertThat(calls.waitFor()).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }

    // The last version that C2 made of the whole method.
    private static String codeOf(TileSource tile, String log) {
        String name = tile.name() + "::multiply (";
        String found = "";
        for (String part : log.split("(?m)^Compiled method ")) {
            String headline = part.lines().findFirst().orElse("");
            if (headline.startsWith("(c2)") && headline.contains(name)) {
                found = part;
            }
        }
        assertThat(found).as("what C2 made of %s", tile.name()).contains("[MachCode]");
        return found;
    }
}
