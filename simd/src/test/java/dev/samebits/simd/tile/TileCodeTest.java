package dev.samebits.simd.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What C2 makes of the tiles that fill the registers of a {@link Processor}: a loop with all of their multiply-adds, no vector
 * that goes to the stack or comes from it, and, in those for which C2 need check few indices, few other instructions. A tile
 * that boxes has no such loop. Needs an x86-64 processor with AVX2, or AArch64, and its objdump, of Debian's packages binutils
 * and binutils-aarch64-linux-gnu. {@code -Dsamebits.tiles.java=PROGRAM -Dsamebits.tiles.processor=aarch64} looks at another
 * JVM, which may be emulated ({@code .ci/any-machine}).
 */
class TileCodeTest {
    private static final String JAVA = System.getProperty("samebits.tiles.java",
            Path.of(System.getProperty("java.home"), "bin", "java").toString());
    private static final String PROCESSOR = System.getProperty("samebits.tiles.processor", System.getProperty("os.arch"));

    @TempDir
    Path folder;

    @Test
    void noTileSpillsOrBoxes() throws Exception {
        Optional<Processor> known = Processor.named(PROCESSOR).findAny();
        Assumptions.assumeTrue(known.isPresent(), "there are no tiles for the registers of " + PROCESSOR);
        Processor processor = known.get();
        Assumptions.assumeTrue(processor.hasObjdump(), "objdump is missing");
        String log = compiled(processor);
        for (TileSource tile : processor.tiles()) {
            MachineLoop loop = MachineLoop.of(processor, codeOf(tile, log), folder);
            int multiplyAdds = tile.rows * tile.vectors;
            assertThat(loop.multiplyAdds()).as("%s: multiply-adds in its loop", tile.name()).isEqualTo(multiplyAdds);
            assertThat(loop.spills()).as("%s: vectors on the stack in %s", tile.name(), loop).isZero();
            int others = loop.instructions().size() - multiplyAdds - processor.spreading * tile.rows
                    - (tile.bfloat16 ? 2 : 1) * tile.vectors;
            if (tile instanceof DirectTile) {
                assertThat(others).as("%s: other instructions in %s", tile.name(), loop)
                        .isLessThanOrEqualTo(processor.mostOthers);
            }
        }
    }

    private String compiled(Processor processor) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(JAVA, "--add-modules", "jdk.incubator.vector", "-Xbatch",
                "-XX:+UnlockDiagnosticVMOptions", "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=print," + TileWriter.class.getPackageName() + ".Tile*::multiply",
                "-cp", System.getProperty("java.class.path")));
        command.addAll(processor.options);
        command.add(TileCalls.class.getName());
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
